/**
 * The tables of standards.md §8.2: their columns, by what names these go in files, and what values they take.
 *
 * A column's first name is the contract's own; the others are headers that registries use. Names are compared without
 * case, spaces, punctuation and bracketed units. `marks` are the columns that tell a contract from the others: a file
 * follows it when at least `needed` of them are there and so is every required column.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { TableContract } from '../model.ts';

type ColumnType = 'id' | 'text' | 'number' | 'count' | 'year' | 'flag' | 'date' | 'enum' | 'lon' | 'lat' | 'geometry' | 'crs';

export interface ContractColumn {
  readonly name: string;
  readonly also: readonly string[];
  readonly type: ColumnType;
  readonly label: Bilingual;
  readonly required: boolean;
  /** Bounds of numbers, both included. */
  readonly min?: number;
  readonly max?: number;
  /** Enumerations: what files write → what is stored. Text outside them is noted and kept as missing. */
  readonly values?: Readonly<Record<string, string>>;
  /** The unit of areas as stored; headers that name another (`用地面积(亩)`) are converted. */
  readonly unit?: 'm2' | 'ha';
}

export interface Contract {
  readonly contract: TableContract;
  readonly label: Bilingual;
  readonly columns: readonly ContractColumn[];
  readonly marks: readonly string[];
  readonly needed: number;
  /** Where the marks are too common to tell: what the values of the first mark must look like. */
  readonly markValues?: RegExp;
  /** The column whose values are unique; tables without one have no key. */
  readonly key: string | undefined;
}

interface ColumnOptions {
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly values?: Readonly<Record<string, string>>;
  readonly unit?: 'm2' | 'ha';
}

function column(name: string, type: ColumnType, zh: string, also: string, options: ColumnOptions = {}): ContractColumn {
  const synonyms = also === '' ? [] : also.split(' ');
  return { name, type, label: { zh, en: name.replaceAll('_', ' ') }, also: [zh, ...synonyms], required: false, ...options };
}

const LON = column('lon', 'lon', '经度', 'lng long longitude x x坐标 东经 经度坐标 coordx pointx xcoord');
const LAT = column('lat', 'lat', '纬度', 'latitude y y坐标 北纬 纬度坐标 coordy pointy ycoord');
const CRS = column('crs', 'crs', '坐标系', '坐标系统 坐标类型 srs datum');
const GEOM = column('geom', 'geometry', '几何', 'wkt geometry the_geom 图形 边界 空间范围 wkb');
const NAME = column('name', 'text', '名称', '名字 全称');

const SCALE_VALUES: Readonly<Record<string, string>> = {
  住房: 'building', 楼栋: 'building', building: 'building',
  小区: 'community', 社区: 'community', '小区(社区)': 'community', 小区社区: 'community', community: 'community',
  街区: 'block', 街道: 'block', block: 'block', subdistrict: 'block',
  城区: 'district', 区: 'district', 县: 'district', 区县: 'district', district: 'district',
  城市: 'city', 市: 'city', 全市: 'city', city: 'city',
  产业功能区: 'zone', 园区: 'zone', zone: 'zone',
  网格: 'cell', 单元网格: 'cell', cell: 'cell', grid: 'cell',
};

const units: Contract = {
  contract: 'units',
  label: { zh: '空间单元', en: 'units' },
  key: 'unit_id',
  marks: ['unit_id', 'scale', 'parent', 'geom', 'population', 'households', 'built_after_2018'],
  needed: 2,
  columns: [
    column('unit_id', 'id', '单元编号', '单元编码 空间单元编号 单元id unitid', { required: true }),
    column('scale', 'enum', '尺度', '层级 单元级别 单元类型 级别 level', { required: true, values: SCALE_VALUES }),
    { ...NAME, also: [...NAME.also, '单元名称'] },
    column('name_en', 'text', '英文名称', '英文名'),
    column('parent', 'text', '上级单元', '上级单元编号 上级编号 所属单元 父级 parent_id'),
    { ...GEOM, also: [...GEOM.also, 'wkt'] },
    LON, LAT, CRS,
    column('population', 'number', '人口', '常住人口 人口数 常住人口数 总人口', { min: 0, max: 1e9 }),
    column('households', 'number', '户数', '总户数 家庭户数 常住户数', { min: 0, max: 1e9 }),
    column('built_after_2018', 'flag', '2018年后建成', '是否2018年后建成 新建小区 是否新建小区'),
  ],
};

const buildings: Contract = {
  contract: 'buildings',
  label: { zh: '房屋建筑', en: 'buildings' },
  key: 'bldg_id',
  marks: ['year_built', 'storeys', 'structure', 'complete_set', 'lift', 'gas_riser_year', 'hazard_struct', 'hazard_gas', 'hazard_stair', 'hazard_env', 'energy_retrofit', 'floor_area'],
  needed: 2,
  columns: [
    column('bldg_id', 'id', '楼栋编号', '建筑编号 房屋编号 楼栋编码 房屋编码 建筑id 楼栋id building_id bldgid 幢号', { required: true }),
    column('community_id', 'text', '小区编号', '社区编号 所属小区 所属社区 小区编码 社区编码'),
    { ...NAME, also: [...NAME.also, '楼栋名称', '建筑名称', '房屋名称'] },
    column('year_built', 'year', '建成年份', '建造年代 建成年代 竣工年份 建筑年代 建设年代 built_year construction_year', { min: 1000, max: 2100 }),
    column('storeys', 'count', '层数', '楼层数 地上层数 总层数 建筑层数 floors levels stories', { min: 1, max: 200 }),
    column('height_m', 'number', '建筑高度', '高度 楼高 height', { min: 0, max: 1000 }),
    column('structure', 'text', '结构类型', '建筑结构 结构 结构形式'),
    column('floor_area', 'number', '建筑面积', '总建筑面积 floor_area_m2 gfa', { min: 0, max: 1e7, unit: 'm2' }),
    column('units', 'count', '套数', '住宅套数 总套数 户数 dwellings', { min: 0, max: 100_000 }),
    column('complete_set', 'flag', '是否成套', '成套住宅 成套'),
    column('lift', 'flag', '电梯', '有无电梯 是否有电梯 加装电梯 elevator'),
    column('gas_riser_year', 'year', '燃气立管年份', '燃气立管安装年份 燃气管道年份 立管年份', { min: 1900, max: 2100 }),
    column('hazard_struct', 'flag', '结构安全隐患', '存在结构安全隐患 是否存在结构安全隐患'),
    column('hazard_gas', 'flag', '燃气安全隐患', '存在燃气安全隐患 是否存在燃气安全隐患'),
    column('hazard_stair', 'flag', '楼道安全隐患', '存在楼道安全隐患 是否存在楼道安全隐患'),
    column('hazard_env', 'flag', '围护安全隐患', '存在围护安全隐患 是否存在围护安全隐患'),
    column('fire_iot', 'flag', '消防物联网', '智慧消防 消防联网'),
    column('energy_retrofit', 'flag', '节能改造', '是否节能改造 已节能改造'),
    GEOM, LON, LAT, CRS,
  ],
};

const facilities: Contract = {
  contract: 'facilities',
  label: { zh: '设施', en: 'facilities' },
  key: 'fac_id',
  marks: ['class', 'floor_m2', 'land_m2', 'capacity', 'classes', 'open_hours', 'public', 'in_use'],
  needed: 2,
  columns: [
    column('fac_id', 'id', '设施编号', '设施编码 设施id facility_id facid 编号', { required: true }),
    column('class', 'text', '设施类型', '设施类别 设施种类 设施小类 kind facility_type', { required: true }),
    { ...NAME, also: [...NAME.also, '设施名称'] },
    LON, LAT, CRS, GEOM,
    column('floor_m2', 'number', '建筑面积', '建筑面积m2 floor_area', { min: 0, max: 1e8, unit: 'm2' }),
    column('land_m2', 'number', '用地面积', '占地面积 用地面积m2 land_area', { min: 0, max: 1e9, unit: 'm2' }),
    column('capacity', 'number', '容量', '床位数 学位数 座位数 规模 设计容量', { min: 0, max: 1e7 }),
    column('classes', 'count', '班级数', '班数', { min: 0, max: 500 }),
    column('open_hours', 'text', '开放时间', '营业时间 opening_hours'),
    column('public', 'flag', '是否公办', '公办 公共 是否公共 是否开放'),
    column('in_use', 'flag', '是否在用', '在用 是否使用 使用状态'),
  ],
};

const communityServices: Contract = {
  contract: 'community_services',
  label: { zh: '小区服务', en: 'community services' },
  key: 'community_id',
  marks: ['parking', 'ev_private', 'ev_public', 'ebike_slots', 'property_mgmt', 'waste_sort', 'smart'],
  needed: 2,
  columns: [
    column('community_id', 'id', '小区编号', '社区编号 小区编码 社区编码', { required: true }),
    { ...NAME, also: [...NAME.also, '小区名称', '社区名称'] },
    column('parking', 'count', '停车位', '停车位数 停车泊位 停车泊位数 机动车停车位', { min: 0, max: 1e6 }),
    column('households', 'count', '户数', '总户数', { min: 0, max: 1e6 }),
    column('ev_private', 'count', '私人充电桩', '自用充电桩 私人充电桩数', { min: 0, max: 1e6 }),
    column('ev_public', 'count', '公共充电桩', '公用充电桩 公共充电桩数', { min: 0, max: 1e6 }),
    column('ebike_slots', 'count', '电动自行车充电位', '电动自行车停放充电位 电动车充电位', { min: 0, max: 1e6 }),
    column('property_mgmt', 'flag', '物业管理', '有无物业 是否有物业 专业化物业'),
    column('waste_sort', 'flag', '垃圾分类', '生活垃圾分类 是否垃圾分类'),
    column('smart', 'flag', '智慧化', '智慧化改造 智慧小区 数字化'),
    column('demand_parking', 'count', '停车需求', '停车泊位需求 停车需求数', { min: 0, max: 1e6 }),
    column('demand_ev', 'count', '充电桩需求', '新能源汽车充电桩需求 充电桩需求数', { min: 0, max: 1e6 }),
    column('demand_ebike', 'count', '电动自行车充电需求', '电动自行车充电位需求 电动自行车需求', { min: 0, max: 1e6 }),
  ],
};

const shelters: Contract = {
  contract: 'shelters',
  label: { zh: '应急避难场所', en: 'emergency shelters' },
  key: 'id',
  marks: ['effective_m2'],
  needed: 1,
  columns: [
    column('id', 'id', '编号', '场所编号 避难场所编号 shelter_id', { required: true }),
    column('class', 'text', '类别', '场所类别 类型 等级 避难场所类型'),
    { ...NAME, also: [...NAME.also, '场所名称', '避难场所名称'] },
    column('effective_m2', 'number', '有效避难面积', '有效面积 避难面积 有效避险面积', { min: 0, max: 1e8, unit: 'm2' }),
    column('capacity', 'number', '容纳人数', '可容纳人数 避难人数 容量', { min: 0, max: 1e7 }),
    GEOM, LON, LAT, CRS,
  ],
};

const stations: Contract = {
  contract: 'stations',
  label: { zh: '消防站与轨道出入口', en: 'fire stations and rail entrances' },
  key: 'id',
  marks: ['station_class'],
  needed: 1,
  markValues: /消防|特勤|普通站|一级|二级|小型站|微型站|fire|entrance|出入口|轨道|地铁|subway|metro|rail/i,
  columns: [
    column('id', 'id', '编号', 'station_id 站点编号 消防站编号', { required: true }),
    column('kind', 'text', '种类', 'type'),
    column('station_class', 'text', '消防站等级', 'class fire_class 站级 消防站类别 消防站级别 fire_station_class entrance_class'),
    { ...NAME, also: [...NAME.also, '站名', '站点名称', '消防站名称'] },
    column('line', 'text', '线路', '轨道线路 所属线路'),
    column('entrance', 'text', '出入口', '出入口编号 entrance_no exit'),
    GEOM, LON, LAT, CRS,
  ],
};

const indicators: Contract = {
  contract: 'indicators_dept',
  label: { zh: '部门指标', en: 'department indicators' },
  key: undefined,
  marks: ['indicator_id', 'unit_id', 'year', 'value'],
  needed: 3,
  columns: [
    column('indicator_id', 'text', '指标编号', '指标编码 指标代码 指标id indicator', { required: true }),
    column('unit_id', 'text', '单元编号', '空间单元编号 单元编码', { required: true }),
    column('year', 'year', '年份', '年度 统计年份', { required: true, min: 1949, max: 2100 }),
    column('value', 'number', '指标值', '数值 值 取值'),
    column('numerator', 'number', '分子', ''),
    column('denominator', 'number', '分母', ''),
    column('source', 'text', '数据来源', '来源 提供部门 来源部门'),
  ],
};

const cases: Contract = {
  contract: 'cases',
  label: { zh: '案件', en: 'cases' },
  key: 'code',
  marks: ['big_code', 'small_code', 'standard_id', 'grid', 'resp_grid', 'report_time', 'accept_time', 'dispatch_time', 'close_time', 'limit_type', 'limit_value'],
  needed: 3,
  columns: [
    column('code', 'id', '案件编号', 'code19 案卷编号 案件号 任务号 case_id caseid 案件编码', { required: true }),
    column('type', 'text', '案件类型', '问题类型 部件事件'),
    column('big_code', 'text', '大类代码', '大类 大类编码 big'),
    column('small_code', 'text', '小类代码', '小类 小类编码 small'),
    column('standard_id', 'text', '立案标准', '立案标准编号 立案条件'),
    column('source', 'text', '案件来源', '问题来源 来源'),
    LON, LAT, CRS, GEOM,
    column('grid', 'text', '单元网格', 'grid16 网格 单元网格编码 网格编码'),
    column('resp_grid', 'text', '责任网格', '责任网格编码'),
    column('status', 'text', '案件状态', '状态 办理状态'),
    column('node', 'text', '当前环节', '环节 阶段 stage'),
    column('handler', 'text', '处置人', '处理人 办理人'),
    column('dept', 'text', '处置部门', '专业部门 责任部门 主办部门 处理部门 department'),
    column('limit_type', 'text', '时限类型', '处置时限类型'),
    column('limit_value', 'number', '时限', '处置时限 时限值', { min: 0, max: 1e6 }),
    column('deadline', 'date', '截止时间', '办结期限 处置截止时间'),
    column('report_time', 'date', '上报时间', '上报日期 发现时间 report'),
    column('accept_time', 'date', '立案时间', '受理时间 accept'),
    column('dispatch_time', 'date', '派遣时间', '派单时间 dispatch'),
    column('receive_time', 'date', '接收时间', '签收时间 receive'),
    column('finish_time', 'date', '处置完成时间', '处理完成时间 完成时间 finish'),
    column('check_time', 'date', '核查时间', 'check'),
    column('close_time', 'date', '结案时间', '办结时间 close'),
    column('description', 'text', '问题描述', '描述 案件描述 address'),
  ],
};

const hotline: Contract = {
  contract: 'hotline',
  label: { zh: '热线工单', en: 'hotline tickets' },
  key: 'id',
  marks: ['channel', 'caller', 'urgency', 'response_time', 'solved', 'satisfied', 'callback_time', 'category1'],
  needed: 3,
  columns: [
    column('id', 'id', '工单编号', '工单号 工单id ticket_id 编号', { required: true }),
    column('time', 'date', '来电时间', '受理时间 诉求时间 创建时间 提交时间 created'),
    column('channel', 'text', '来源渠道', '渠道 受理渠道 诉求渠道'),
    column('caller', 'text', '诉求人', '来电人 来电号码 caller_masked'),
    LON, LAT, CRS, GEOM,
    column('location', 'text', '地址', '诉求地址 事发地址 事发地点 address'),
    column('unit_id', 'text', '单元编号', '社区编号 所属社区 community_id 所属街道'),
    column('category1', 'text', '一级分类', '一级类别 诉求大类 category category_1'),
    column('category2', 'text', '二级分类', '二级类别 category_2'),
    column('category3', 'text', '三级分类', '三级类别 category_3'),
    column('kind', 'text', '诉求类型', '诉求性质 工单类型 type'),
    column('urgency', 'text', '紧急程度', '紧急等级'),
    column('dept', 'text', '承办单位', '主办单位 承办部门 办理单位 department'),
    column('deadline', 'date', '办理期限', '办结期限 截止时间'),
    column('response_time', 'date', '响应时间', '首次联系时间 联系时间'),
    column('result', 'text', '办理结果', '处理结果 答复内容'),
    column('solved', 'flag', '是否解决', '解决 解决情况'),
    column('satisfied', 'flag', '是否满意', '满意 满意度 满意情况'),
    column('callback_time', 'date', '回访时间', 'call_back_time'),
    column('duplicates', 'text', '重复工单', '重复诉求 duplicate_of'),
    column('text', 'text', '诉求内容', '内容 工单内容 content description'),
  ],
};

const sensors: Contract = {
  contract: 'sensors',
  label: { zh: '监测设备', en: 'sensors' },
  key: 'sensor_id',
  marks: ['object', 'type', 'unit', 'limit_red', 'limit_orange', 'limit_yellow', 'limit_blue'],
  needed: 3,
  columns: [
    column('sensor_id', 'id', '设备编号', '传感器编号 设备编码 监测点编号 测点编号 id sensor'),
    column('object', 'text', '监测对象', '对象 被监测对象'),
    column('type', 'text', '监测类型', '监测项 监测指标 指标类型 设备类型 quantity'),
    column('unit', 'text', '计量单位', '单位'),
    NAME, LON, LAT, CRS, GEOM,
    column('limit_red', 'number', '红色阈值', '一级阈值 红色预警值 limit1 limit_1'),
    column('limit_orange', 'number', '橙色阈值', '二级阈值 橙色预警值 limit2 limit_2'),
    column('limit_yellow', 'number', '黄色阈值', '三级阈值 黄色预警值 limit3 limit_3'),
    column('limit_blue', 'number', '蓝色阈值', '四级阈值 蓝色预警值 limit4 limit_4'),
  ],
};

const readings: Contract = {
  contract: 'readings',
  label: { zh: '监测读数', en: 'readings' },
  key: undefined,
  marks: ['sensor_id', 'ts', 'value'],
  needed: 3,
  columns: [
    column('sensor_id', 'text', '设备编号', '传感器编号 设备编码 监测点编号 测点编号 sensor object id 监测对象', { required: true }),
    column('ts', 'date', '时间', '监测时间 采集时间 读数时间 timestamp time datetime', { required: true }),
    column('value', 'number', '读数', '监测值 数值 值', { required: true }),
  ],
};

const tasks: Contract = {
  contract: 'tasks',
  label: { zh: '督办任务', en: 'tasks' },
  key: 'task_id',
  marks: ['title', 'dept', 'deadline', 'class', 'status', 'evidence', 'extensions'],
  needed: 4,
  columns: [
    column('task_id', 'id', '任务编号', '事项编号 督办编号', { required: true }),
    column('source', 'text', '任务来源', '来源 督办来源'),
    column('title', 'text', '任务名称', '任务标题 事项名称 督办事项 任务内容', { required: true }),
    column('dept', 'text', '责任部门', '责任单位 牵头单位 牵头部门 主办单位 department'),
    column('deadline', 'date', '完成时限', '截止日期 完成期限 办结时限 due'),
    column('class', 'enum', '任务类别', '类别', { values: { 限时: 'timed', timed: 'timed', 限时整治: 'timed', 尽力: 'best-effort', 'best-effort': 'best-effort', besteffort: 'best-effort', 尽力而为: 'best-effort' } }),
    column('status', 'text', '状态', '办理状态 进展 完成情况'),
    column('evidence', 'text', '佐证材料', '佐证 附件'),
    column('extensions', 'count', '延期次数', '延期', { min: 0, max: 100 }),
    column('unit_id', 'text', '单元编号', '空间单元编号'),
    column('district', 'text', '所属区县', '区县 行政区'),
    column('support', 'text', '配合单位', '协办单位 配合部门 参与单位'),
    column('start_date', 'date', '下达日期', '交办日期 立项日期 开始日期 下达时间'),
    column('first_deadline', 'date', '原定时限', '原时限 原完成时限'),
    column('extended_on', 'date', '延期批准日期', '延期日期 批准延期日期'),
    column('extension_reason', 'text', '延期原因', '延期理由'),
    column('finish_date', 'date', '办结日期', '完成日期 完成时间 办结时间 finish_time'),
    column('percent', 'number', '完成进度', '进度 完成比例 进度百分比', { min: 0, max: 100 }),
    column('progress', 'text', '进展情况', '最近进展 工作进展'),
    column('progress_date', 'date', '填报日期', '进展日期 更新日期'),
    column('milestones', 'text', '节点计划', '阶段目标 阶段节点 里程碑'),
    column('order_no', 'text', '督办单号', '督办单编号 督办单'),
    column('order_text', 'text', '督办要求', '督办意见 督办内容'),
    column('order_date', 'date', '督办日期', '发单日期'),
    column('answer_by', 'date', '答复期限', '反馈期限 回复期限'),
    column('answer_date', 'date', '答复日期', '反馈日期 回复日期'),
    column('answer', 'text', '答复情况', '反馈情况 回复情况'),
  ],
};

const parks: Contract = {
  contract: 'parks',
  label: { zh: '产业园区', en: 'industrial parks' },
  key: 'park_id',
  marks: ['land_ha', 'floor', 'vacant_floor', 'invest', 'tax', 'output', 'jobs', 'resident_workers'],
  needed: 3,
  columns: [
    column('park_id', 'id', '园区编号', '园区编码 园区id', { required: true }),
    { ...NAME, also: [...NAME.also, '园区名称'] },
    column('land_ha', 'number', '用地面积', '用地面积ha 占地面积 land', { min: 0, max: 1e7, unit: 'ha' }),
    column('floor', 'number', '建筑面积', '总建筑面积 厂房面积', { min: 0, max: 1e9, unit: 'm2' }),
    column('vacant_floor', 'number', '空置面积', '空置建筑面积 闲置面积', { min: 0, max: 1e9, unit: 'm2' }),
    column('invest', 'number', '投资额', '固定资产投资 总投资 投资'),
    column('tax', 'number', '税收', '纳税额 年税收'),
    column('output', 'number', '产值', '工业总产值 总产值 年产值'),
    column('jobs', 'count', '就业人数', '就业岗位 从业人员 岗位数', { min: 0, max: 1e8 }),
    column('resident_workers', 'count', '就地居住职工', '园区居住职工 居住职工数', { min: 0, max: 1e8 }),
    column('approved_date', 'date', '批准日期', '批准时间 设立日期'),
    GEOM, LON, LAT, CRS,
  ],
};

/** One row a questionnaire. Answers stand in columns named after the survey's topics (checkup/survey/topics.ts), which stay under their own names. */
const survey: Contract = {
  contract: 'survey',
  label: { zh: '居民问卷', en: 'residents’ survey' },
  key: 'respondent_id',
  marks: ['age', 'gender', 'residence_months', 'occupation'],
  needed: 2,
  columns: [
    column('respondent_id', 'id', '问卷编号', '答卷编号 受访者编号 答卷id 序号 respondent questionnaire_id', { required: true }),
    column('unit_id', 'text', '社区编号', '小区编号 单元编号 所在社区 所在小区 community_id'),
    column('age', 'count', '年龄', '受访者年龄', { min: 0, max: 120 }),
    column('gender', 'enum', '性别', 'sex', { values: { 男: 'm', m: 'm', male: 'm', 女: 'f', f: 'f', female: 'f' } }),
    column('residence_months', 'count', '居住月数', '居住时长月 本地居住月数 居住时间月', { min: 0, max: 1440 }),
    column('occupation', 'text', '职业', '工作类型 职业类型'),
    column('year', 'year', '年份', '年度 调查年份', { min: 1949, max: 2100 }),
    GEOM, LON, LAT, CRS,
  ],
};

/** Values of other cities to be compared with. */
const peers: Contract = {
  contract: 'peers',
  label: { zh: '对标城市', en: 'peer cities' },
  key: undefined,
  marks: ['peer', 'indicator_id', 'year', 'value'],
  needed: 4,
  columns: [
    column('peer', 'text', '对标城市', '城市名称 城市 peer_city city', { required: true }),
    column('indicator_id', 'text', '指标编号', '指标编码 指标代码 指标id indicator', { required: true }),
    column('year', 'year', '年份', '年度 统计年份', { required: true, min: 1949, max: 2100 }),
    column('value', 'number', '指标值', '数值 值 取值', { required: true }),
    column('source', 'text', '数据来源', '来源'),
  ],
};

export const CONTRACTS: readonly Contract[] = [
  units, buildings, facilities, communityServices, shelters, stations, indicators, cases, hotline, sensors, readings, tasks, parks, survey, peers,
];

export function getContract(contract: TableContract): Contract {
  const found = CONTRACTS.find((candidate) => candidate.contract === contract);
  if (found === undefined) throw new RangeError(`no contract ${contract}`);
  return found;
}
