/**
 * What a clause may be about, the words that say so, and the indicators that measure it. A table to be read and edited: one concept per
 * entry, words parted by blanks, indicators with a weight (how directly the figure answers the clause; 1 = it is the very thing).
 * Words before `|` name the concept by themselves; words behind it only support (two of them are as good as one of the others).
 * Indicator ids are those of src/checkup/catalogue; `test/policy/concepts.test.ts` checks that each exists.
 */
export interface Concept {
  readonly id: string;
  readonly zh: string;
  readonly words: string;
  readonly indicators: Readonly<Record<string, number>>;
}

export const CONCEPTS: readonly Concept[] = [
  // Homes
  { id: 'old-communities', zh: '老旧小区改造', words: '老旧小区 老旧小区改造 城镇老旧小区 建成小区改造 老旧住宅小区 旧住宅区 老旧院落 |旧改 小区改造', indicators: { 'old-community-renewal': 1, 'smart-retrofit-communities': 0.55, 'property-management-lacking': 0.5, 'homes-age-friendly-retrofit': 0.5 } },
  { id: 'dangerous-homes', zh: '危旧房与房屋安全', words: '危旧房 危房 危旧房改造 房屋安全 房屋体检 房屋安全体检 房屋养老金 房屋安全管理资金 预制板房屋 房屋设施加固 自建房 房屋安全隐患 |房屋 结构安全 隐患', indicators: { 'homes-structural-hazard': 1, 'homes-envelope-hazard': 0.7, 'homes-stairwell-hazard': 0.6, 'homes-gas-hazard': 0.5 } },
  { id: 'urban-villages', zh: '城中村改造', words: '城中村 城中村改造 城边村 棚户区 棚户区改造', indicators: { 'urban-village-renewal': 1 } },
  { id: 'affordable-housing', zh: '保障性住房', words: '保障性住房 保障性租赁住房 公租房 公共租赁住房 配售型保障房 保障房 住房保障 双轨制住房 |住房体系 青年公寓 住房困难', indicators: { 'affordable-housing-share': 1 } },
  { id: 'good-homes', zh: '好房子', words: '好房子 住房品质 住房设计 改善性住房 原拆原建 自主更新 成套化改造 非成套住房 |住房 居住品质', indicators: { 'homes-not-self-contained': 0.7, 'homes-structural-hazard': 0.5, 'homes-digital-retrofit': 0.45, 'homes-energy-retrofit': 0.45 } },
  { id: 'lifts', zh: '加装电梯', words: '加装电梯 既有住宅加装电梯 电梯加装 |电梯', indicators: { 'homes-age-friendly-retrofit': 0.85 } },
  { id: 'age-friendly', zh: '适老化改造', words: '适老化 适老化改造 适儿化 无障碍 无障碍设施 无障碍环境', indicators: { 'homes-age-friendly-retrofit': 0.9 } },
  { id: 'vacancy', zh: '住房空置', words: '住房空置 空置率 空心化 城市空心化 住宅空置 |入住率 空置', indicators: { vacancy: 0.9 } },
  { id: 'super-high-rise', zh: '超高层建筑', words: '超高层建筑 超高层 高层建筑消防 高空消防', indicators: { 'homes-over-80m': 0.8, 'high-rise-fire-warning': 0.75 } },
  { id: 'property-management', zh: '物业管理', words: '物业管理 物业服务 物业服务企业 物业公司 业委会 红色物业 物业费 |物业', indicators: { 'property-management-lacking': 1 } },

  // Community
  { id: 'complete-communities', zh: '完整社区', words: '完整社区 完整居住社区 社区嵌入式服务 嵌入式服务设施 社区服务设施 邻里中心 社区综合服务 |社区建设', indicators: { 'complete-community-share': 1, 'complete-community-items': 0.9, 'living-circle-5': 0.6 } },
  { id: 'living-circle', zh: '生活圈', words: '生活圈 便民生活圈 15分钟生活圈 十五分钟生活圈 15分钟生活圈服务圈 一刻钟便民生活圈 一刻钟生活圈 5分钟生活圈 10分钟生活圈 社区生活圈 服务圈 就近就便', indicators: { 'living-circle-15': 1, 'living-circle-15-complete': 0.9, 'living-circle-10': 0.75, 'living-circle-5': 0.75, 'living-circle-15-walk': 0.7 } },
  { id: 'elderly-care', zh: '养老服务', words: '养老 养老服务 养老服务设施 普惠养老 居家养老 社区养老 养老机构 一老一小 医养结合 养老床位 老龄 老年人 银发经济 |康养 护理 助老', indicators: { 'elderly-care-lacking': 1, 'renewal-elderly-care-coverage': 0.85, 'walk-elderly-15': 0.8, 'elderly-share': 0.45 } },
  { id: 'elderly-canteens', zh: '老年助餐', words: '助餐 社区助餐 老年助餐 老年食堂 老人食堂 社区食堂 供餐', indicators: { 'elderly-canteen-coverage': 1 } },
  { id: 'child-care', zh: '托育', words: '托育 托幼 托位 托幼一体 育幼 普惠托育 育幼服务 婴幼儿照护 一老一小', indicators: { 'infant-care-lacking': 1, 'nursery-places-per-1000': 0.95 } },
  { id: 'kindergartens', zh: '幼儿园', words: '幼儿园 学前教育 普惠性幼儿园 托幼一体 |育幼', indicators: { 'kindergarten-lacking': 1, 'affordable-kindergarten-share': 0.85, 'distance-kindergarten': 0.75, 'renewal-kindergarten-access': 0.75 } },
  { id: 'schools', zh: '中小学', words: '中小学 学位 新增学位 小学 中学 基础教育 义务教育 基础教育扩优提质 教育资源 优质均衡 |教育 学校', indicators: { 'primary-places-gap': 1, 'junior-secondary-coverage': 0.85, 'walk-primary-10': 0.65, 'primary-places-2sfca': 0.6 } },
  { id: 'health-care', zh: '医疗卫生', words: '医疗卫生 社区医疗 医院 卫生服务中心 社区卫生服务 医疗资源 优质医疗 医联体 紧密型医联体 医疗卫生强基工程 床位 |医疗 公共卫生 救治', indicators: { 'renewal-health-access': 1, 'walk-health-15': 0.85, 'second-hospital-minutes': 0.65, 'health-availability': 0.6 } },
  { id: 'healthy-communities', zh: '健康社区', words: '健康社区 健康城市 |全生命周期医疗 健康行动', indicators: { 'healthy-community-share': 0.9 } },
  { id: 'sport', zh: '体育健身', words: '体育设施 健身设施 全民健身 运动场地 健身步道 体育场馆 体育公园 |健身 体育', indicators: { 'multi-sport-grounds-lacking': 1, 'walk-sport-15': 0.85, 'activity-space-lacking': 0.65 } },
  { id: 'football', zh: '足球场地', words: '足球场 足球场地 社会足球场', indicators: { 'football-pitches-per-10k': 1, 'football-pitch-coverage': 0.95 } },
  { id: 'culture-facilities', zh: '公共文化设施', words: '公共文化设施 文化设施 公共文化空间 新型公共文化空间 图书馆 文化活动中心 文化场馆 文化体育场馆 文化馆 博物馆 文化服务中心 |公共文化', indicators: { 'culture-floor-per-person': 1, 'culture-centres-lacking': 0.9, 'walk-culture-15': 0.75, 'renewal-culture-access': 0.7 } },
  { id: 'markets', zh: '菜市场与便民商业', words: '菜市场 农贸市场 生鲜超市 菜篮子 便民商业 社区商业 便利店 商业网点 米袋子', indicators: { 'market-800m': 0.95, 'walk-market-10': 0.85, 'renewal-market-coverage': 0.8, 'ghsci-fresh-food': 0.5 } },
  { id: 'public-services', zh: '公共服务均等', words: '公共服务设施 基本公共服务 公共服务均等化 公共服务 公共服务布局 公共服务供给 公共服务标准化 公共服务补短板 公共服务资源 服务设施 |民生短板 普惠 均等化', indicators: { 'living-circle-15': 0.6, 'complete-community-items': 0.55, 'complete-community-share': 0.5 } },

  // Parking, charging, waste
  { id: 'parking', zh: '停车', words: '停车位 停车泊位 停车难 停车设施 停车场 智慧停车 乱停乱放 |停车', indicators: { 'parking-gap': 1, 'disorderly-parking-roads': 0.7, 'smart-parking-coverage': 0.6 } },
  { id: 'charging', zh: '充电设施', words: '充电桩 充电设施 新能源汽车充电 充换电 |新能源汽车', indicators: { 'ev-charger-gap': 1, 'renewal-charger-access': 0.8 } },
  { id: 'ebike', zh: '电动自行车', words: '电动自行车 飞线充电 电动自行车充电 |电动车', indicators: { 'ebike-charging-lacking': 1 } },
  { id: 'waste-sorting', zh: '垃圾分类', words: '垃圾分类 生活垃圾 生活垃圾分类 分类网点 再生资源回收 光盘行动 无废城市 |垃圾', indicators: { 'waste-sorting-lacking': 1, 'waste-recycling-rate': 0.85 } },
  { id: 'construction-waste', zh: '建筑垃圾', words: '建筑垃圾 建筑垃圾资源化 固废', indicators: { 'waste-recycling-rate': 0.5 } },
  { id: 'toilets', zh: '公共厕所', words: '公共厕所 公厕 厕所革命', indicators: { 'public-toilet-density': 1, 'renewal-toilet-density': 0.9 } },
  { id: 'lighting', zh: '道路照明', words: '道路照明 路灯 亮灯 有路无灯', indicators: { 'street-light-fitted': 1, 'street-light-intact': 0.8, 'street-light-lit': 0.8 } },
  { id: 'back-streets', zh: '背街小巷', words: '背街小巷 小街小巷 房前屋后 小微公共空间', indicators: { 'old-living-blocks': 0.7, 'walkway-substandard': 0.55 } },

  // Blocks
  { id: 'old-blocks', zh: '老旧街区更新', words: '老旧街区 街区更新 城市更新 片区更新 旧城改造 旧城区 |更新改造 街区', indicators: { 'old-living-blocks': 0.85, 'old-commercial-blocks': 0.75, 'old-factory-areas': 0.65, 'old-community-renewal': 0.6, 'rectification-rate': 0.4 } },
  { id: 'commercial-blocks', zh: '商业街区', words: '商业街区 特色街区 特色商业街区 步行街 商圈 老旧商业街区 消费场景 消费街区 文旅商业 消费载体 |消费 夜经济', indicators: { 'old-commercial-blocks': 0.85 } },
  { id: 'old-factories', zh: '老旧厂房厂区', words: '老旧厂房 老旧厂区 低效楼宇 工业遗产 闲置厂房 闲置商业 传统商业设施 存量房屋 存量用地 低效用地 低效闲置', indicators: { 'old-factory-areas': 0.95, 'park-floor-vacancy': 0.6 } },
  { id: 'city-check', zh: '城市体检', words: '城市体检 体检评估 城市体检和城市更新 发展评价体系 城市发展评价体系 城市更新专项规划 问题整治 |体检', indicators: { 'rectification-rate': 1, 'rectification-rate-timed': 0.85, 'rectification-rate-best-effort': 0.8 } },

  // Green, water
  { id: 'parks', zh: '公园绿地', words: '公园绿地 口袋公园 城市公园 社区公园 综合公园 绿地开放共享 公园绿化 绿地 推窗见绿 |公园 绿化', indicators: { 'park-coverage': 1, 'comprehensive-parks-5ha': 0.7, 'walk-park-5': 0.75, 'renewal-park-access': 0.7, 'distance-park': 0.5 } },
  { id: 'greenways', zh: '绿道', words: '绿道 绿道网络 城市绿道 林荫路 生态廊道', indicators: { 'greenway-coverage': 1, 'greenway-connected-share': 0.85, 'tree-lined-share': 0.6 } },
  { id: 'sewage', zh: '污水收集处理', words: '污水管网 生活污水 污水收集 污水处理 污水管网全覆盖 污水处理厂 雨污分流 |排水管网', indicators: { 'sewage-collection-rate': 1 } },
  { id: 'black-water', zh: '黑臭水体', words: '黑臭水体 黑臭水体治理 幸福河湖 美丽河湖 水环境 河湖治理 |河湖 水体', indicators: { 'black-water-bodies': 1, 'accessible-waterfront': 0.5 } },
  { id: 'waterfront', zh: '亲水空间', words: '亲水 滨水空间 滨水 亲水岸线 一江两岸', indicators: { 'accessible-waterfront': 1 } },
  { id: 'green-building', zh: '绿色建筑', words: '绿色建筑 超低能耗建筑 低碳建筑 近零能耗 绿色建材 建筑节能 |绿色低碳', indicators: { 'green-building-share': 1 } },
  { id: 'energy-retrofit', zh: '既有建筑节能', words: '既有建筑节能 节能改造 建筑节能改造 既有建筑改造', indicators: { 'homes-energy-retrofit': 1 } },

  // Heritage
  { id: 'heritage', zh: '历史文化保护', words: '历史文化保护 历史文化街区 历史文化名城 历史建筑 文物 文化遗产 历史街区 历史文脉 历史文化保护传承体系 不可移动文物 古城 老城 历史地段 非物质文化遗产 |文脉', indicators: { 'heritage-filed-rate': 1, 'heritage-damage-incidents': 0.8, 'historic-building-vacancy': 0.7, 'illegal-heritage-demolition': 0.7, 'new-protected-objects': 0.65 } },
  { id: 'heritage-survey', zh: '文化遗产普查', words: '遗产普查 文化遗产普查 专项调查 普查认定 挂牌建档', indicators: { 'heritage-filed-rate': 0.9, 'new-protected-objects': 0.85 } },

  // Traffic
  { id: 'road-network', zh: '道路网', words: '路网 道路网 支路 断头路 微循环 城市路网 干线公路 窄马路密路网 |道路 公路', indicators: { 'road-density': 1, 'dead-ends': 0.8, 'peak-speed': 0.5 } },
  { id: 'congestion', zh: '交通拥堵', words: '拥堵 交通拥堵 治堵 缓堵 高峰期', indicators: { 'peak-speed': 1 } },
  { id: 'commuting', zh: '通勤', words: '通勤 职住平衡 通勤效率 通勤便捷 职住 产城融合 幸福通勤 同城化', indicators: { 'jobs-housing-ratio': 0.85, 'commute-5km-share': 0.8, 'commute-45-share': 0.8, 'commute-minutes': 0.7, 'jobs-housing-separation': 0.65 } },
  { id: 'rail', zh: '轨道交通', words: '轨道交通 城市轨道 轨道站点 TOD TOD模式 市域铁路 地铁 轨道上的 |轨道', indicators: { 'rail-commute-share': 1, 'rail-800m-population': 0.85, 'rail-800m-jobs': 0.7, 'rail-bus-link-share': 0.6 } },
  { id: 'public-transport', zh: '公共交通', words: '公共交通 公交 公交优先 绿色出行 绿色低碳出行 公交站 公交线路 交通运输体系 综合交通 交通枢纽', indicators: { 'bus-stop-coverage-500m': 1, 'transit-45-share': 0.75, 'frequent-transit-residents': 0.65, 'sdg-11-2-1': 0.6, 'renewal-bus-access': 0.6 } },
  { id: 'slow-traffic', zh: '慢行系统', words: '慢行系统 步行道 自行车道 慢行 人行道 骑行 步道', indicators: { 'walkway-substandard': 0.9, 'cycleway-density': 0.85 } },

  // Safety
  { id: 'drainage', zh: '排水防涝', words: '排水防涝 防涝 内涝 易涝 积水点 洪涝 防洪排涝 联排联调 海绵城市 城市内涝', indicators: { 'severe-ponding-points': 1, 'drainage-capacity': 0.95 } },
  { id: 'lifelines', zh: '生命线与管网', words: '生命线 生命线工程 生命线安全工程 地下管线 地下管网 管线管网 综合管廊 管网改造 市政管网 基础设施生命线 |管网 管线', indicators: { 'pipe-monitoring-rate': 1, 'old-gas-main-renewal': 0.6, 'homes-pipe-damage': 0.45 } },
  { id: 'gas', zh: '燃气安全', words: '燃气 城镇燃气 燃气管网 燃气管道 燃气安全 老旧燃气管道 瓶装液化气', indicators: { 'old-gas-main-renewal': 1, 'homes-gas-hazard': 0.85, 'gas-smart-monitoring': 0.75, 'gas-pipe-coverage': 0.6 } },
  { id: 'water-supply', zh: '供水保障', words: '供水 供水保障 应急供水 水资源配置 城市供水 水资源保障 二次供水 |水源 节水', indicators: { 'emergency-water-rate': 0.9 } },
  { id: 'dual-use', zh: '平急两用', words: '平急两用 平急两用公共基础设施', indicators: { 'dual-use-facilities': 1 } },
  { id: 'bridges', zh: '桥梁', words: '桥梁 危桥 危旧桥梁', indicators: { 'dangerous-bridges': 1 } },
  { id: 'fire', zh: '消防', words: '消防 消防站 消防救援 消防安全 消防通道 |火灾', indicators: { 'fire-station-coverage': 1, 'fire-five-minutes': 0.85, 'high-rise-fire-warning': 0.65 } },
  { id: 'shelters', zh: '应急避难', words: '避难场所 应急避难 应急避难场所 隔离疏散通道 防灾救灾 防灾减灾 |应急管理 抗灾', indicators: { 'shelter-area-per-person': 1 } },
  { id: 'construction-safety', zh: '施工安全', words: '建筑施工 施工安全 安全生产 生产安全 安全生产隐患 隐患排查 |危险化学品', indicators: { 'construction-fatality-rate': 0.9, 'risky-works-monitoring-rate': 0.8 } },
  { id: 'risk-monitoring', zh: '风险监测预警', words: '监测预警 风险监测 风险监测预警 风险隐患监测 风险防控 安全风险谱系 |预警', indicators: { 'pipe-monitoring-rate': 0.6, 'operations-intelligence': 0.55, 'high-rise-fire-warning': 0.45 } },
  { id: 'emergency-health', zh: '紧急医学救援', words: '紧急医学救援 传染病 公共卫生防控 应急医疗 公共卫生中心', indicators: { 'second-hospital-minutes': 0.5 } },

  // Running the city
  { id: 'operations', zh: '一网统管与智慧治理', words: '一网统管 城市运行管理 城市大脑 智慧城市 数字底座 城市数字底座 数字化转型 全域数字化转型 智慧化 新型城市基础设施 智能基础设施 一网通办 一键回应 智慧化精细化 数字化管理 |智能化 数字化', indicators: { 'operations-intelligence': 1 } },
  { id: 'cim', zh: '城市信息模型', words: '城市信息模型 信息模型平台 CIM 数字孪生 实景三维', indicators: { 'cim-coverage': 1 } },
  { id: 'requests', zh: '诉求办理', words: '市民服务热线 诉求响应 群众诉求 接诉即办 12345 诉求办理 网格化治理 网格化 市民诉求', indicators: { 'operations-intelligence': 0.65, 'rectification-rate': 0.5 } },

  // Land, industry, jobs and homes
  { id: 'industry-city', zh: '产城融合', words: '产城融合 产城融合发展 产业社区 园镇一体化 职住平衡 园区城镇化 生活配套 配套设施 产业功能区 |产业园区 园区 共建共享', indicators: { 'service-sharing': 1, 'jobs-housing-ratio': 0.85, 'park-resident-workers': 0.85, 'jobs-walk-30': 0.5 } },
  { id: 'park-efficiency', zh: '园区效益', words: '亩均 投资强度 税收贡献 土地价格 地均 集约用地 节约集约用地 标准厂房 专业楼宇 集约发展 |园区', indicators: { 'park-investment-per-ha': 0.95, 'park-tax-per-ha': 0.9, 'park-output-per-ha': 0.9, 'construction-land-per-person': 0.5, 'park-floor-vacancy': 0.45 } },
  { id: 'land-use', zh: '国土空间与用地', words: '建设用地 国土空间规划 空间布局 土地利用 精明增长 存量提质 混合利用 城镇空间 |用地 布局', indicators: { 'construction-land-per-person': 0.8, 'land-mix': 0.6, 'sdg-11-3-1': 0.6, 'built-up-density': 0.5 } },
  { id: 'population', zh: '人口集聚', words: '人口集聚 常住人口 人口承载 人口密度 人口分布 超大城市规模 |人口', indicators: { 'population-density': 0.8, 'built-up-density': 0.75 } },
];

/** Names in which a concept's word stands for something else. */
export const NOT_A_CONCEPT: readonly string[] = ['公园城市', '中国公园', '公共交通为导向', '高新技术产业园区', '教育部', '教育局', '体育局', '教育引导', '学习教育', '教育活动', '公共服务部门', '人口普查', '消防救援局', '养老保险', '警示教育', '主题教育', '供水、供电'];
