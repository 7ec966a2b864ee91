/**
 * What a clause may be about, the words that say so, and the indicators that measure it. A table to be read and edited: one concept per
 * entry, words parted by blanks, indicators with a weight (how directly the figure answers the clause; 1 = it is the very thing, the first
 * is proposed before the second of another concept).
 * Words before `|` name the concept by themselves; words behind it only support (two of them are as good as one of the others).
 * Indicator ids are those of src/checkup/catalogue; `test/policy/concepts.test.ts` checks that each exists, `test/policy/links.test.ts` what the table is worth.
 */
export interface Concept {
  readonly id: string;
  readonly zh: string;
  readonly words: string;
  readonly indicators: Readonly<Record<string, number>>;
}

export const CONCEPTS: readonly Concept[] = [
  // Homes
  { id: 'old-communities', zh: '老旧小区改造', words: '老旧小区 老旧小区改造 城镇老旧小区 建成小区改造 老旧住宅小区 旧住宅区 老旧院落 老小区 |旧改 小区改造', indicators: { 'old-community-renewal': 1, 'property-management-lacking': 0.55, 'smart-retrofit-communities': 0.55, 'homes-age-friendly-retrofit': 0.5 } },
  { id: 'dangerous-homes', zh: '危旧房与房屋安全', words: '危旧房 危房 危旧房改造 危险房屋 房屋安全 房屋体检 房屋安全体检 房屋养老金 房屋安全管理资金 预制板房屋 房屋设施加固 自建房 房屋安全隐患 结构安全 承重结构 承重墙 抗震加固 老旧房屋 房屋鉴定 房屋安全鉴定 房屋安全隐患排查 经营性自建房 倾斜房屋 |房屋 隐患 D级 C级', indicators: { 'homes-structural-hazard': 1, 'homes-envelope-hazard': 0.7, 'homes-stairwell-hazard': 0.6 } },
  { id: 'facades', zh: '外墙与屋面', words: '外墙脱落 外墙饰面 外立面脱落 屋面渗漏 屋顶漏水 高空坠物 |外墙 渗漏', indicators: { 'homes-envelope-hazard': 0.95 } },
  { id: 'stairwells', zh: '楼道', words: '楼道 楼道堆物 楼梯间 楼道整治 楼道杂物 楼道扶手 |扶手', indicators: { 'homes-stairwell-hazard': 0.95 } },
  { id: 'house-pipes', zh: '楼内管线', words: '楼内管线 入户管线 飞线整治 供暖不达标 立管 老化管线 |管线老化', indicators: { 'homes-pipe-damage': 0.9 } },
  { id: 'urban-villages', zh: '城中村改造', words: '城中村 城中村改造 城边村 棚户区 棚户区改造', indicators: { 'urban-village-renewal': 1 } },
  { id: 'affordable-housing', zh: '保障性住房', words: '保障性住房 保障性租赁住房 公租房 公共租赁住房 配售型保障房 保障房 住房保障 双轨制住房 保租房 保障性安居工程 人才公寓 |住房体系 青年公寓 住房困难 租赁住房', indicators: { 'affordable-housing-share': 1 } },
  { id: 'good-homes', zh: '好房子', words: '好房子 住房品质 原拆原建 自主更新 |住房 居住品质 住房设计 改善性住房', indicators: { 'homes-structural-hazard': 0.6, 'homes-energy-retrofit': 0.55, 'homes-digital-retrofit': 0.5 } },
  { id: 'self-contained-homes', zh: '成套化改造', words: '成套化改造 非成套住房 成套改造 非成套住宅 筒子楼 合用厨卫', indicators: { 'homes-not-self-contained': 1 } },
  { id: 'lifts', zh: '加装电梯', words: '加装电梯 既有住宅加装电梯 电梯加装 加梯 |电梯', indicators: { 'homes-age-friendly-retrofit': 0.95 } },
  { id: 'age-friendly', zh: '适老化改造', words: '适老化 适老化改造 居家适老 适老改造 家庭适老 |适老 适儿化', indicators: { 'homes-age-friendly-retrofit': 1 } },
  { id: 'barrier-free', zh: '无障碍', words: '无障碍 无障碍设施 无障碍环境 坡道改造 盲道 |轮椅 坡道', indicators: { 'walkway-substandard': 0.85, 'homes-age-friendly-retrofit': 0.8 } },
  { id: 'vacancy', zh: '住房空置', words: '住房空置 空置率 空心化 城市空心化 住宅空置 空置住房 空置房 |入住率 空置', indicators: { vacancy: 0.95 } },
  { id: 'super-high-rise', zh: '超高层建筑', words: '超高层建筑 超高层 高层建筑消防 高空消防 |高层建筑 高层住宅 严格管控高层', indicators: { 'high-rise-fire-warning': 0.9, 'homes-over-80m': 0.9 } },
  { id: 'property-management', zh: '物业管理', words: '物业管理 物业服务 红色物业 物业费 物业覆盖 专业化物业 无物业 准物业 物业全覆盖 引入物业 物业 |业委会 业主自治 物业企业 物业服务企业', indicators: { 'property-management-lacking': 1 } },
  { id: 'smart-communities', zh: '智慧小区', words: '智慧小区 智慧社区 智慧物业 智能安防 智能快件箱 智能信包箱 |门禁 智慧化改造', indicators: { 'smart-retrofit-communities': 1 } },
  { id: 'fibre', zh: '光纤到户', words: '光纤到户 千兆光网 光纤入户 |光网', indicators: { 'homes-digital-retrofit': 0.7 } },

  // Community
  { id: 'complete-communities', zh: '完整社区', words: '完整社区 完整居住社区 社区嵌入式服务 嵌入式服务设施 社区服务设施 邻里中心 社区综合服务 社区综合服务设施 |社区建设 美好社区', indicators: { 'complete-community-share': 1, 'complete-community-items': 0.95, 'living-circle-5': 0.6 } },
  { id: 'living-circle', zh: '生活圈', words: '生活圈 便民生活圈 15分钟生活圈 十五分钟生活圈 15分钟生活圈服务圈 一刻钟便民生活圈 一刻钟生活圈 5分钟生活圈 10分钟生活圈 社区生活圈 |就近就便 家门口', indicators: { 'living-circle-15': 1, 'living-circle-15-complete': 0.8, 'living-circle-10': 0.7, 'living-circle-5': 0.7 } },
  { id: 'elderly-care', zh: '养老服务', words: '养老服务 养老服务设施 普惠养老 居家养老 社区养老 养老机构 一老一小 医养结合 养老床位 嵌入式养老 养老院 日间照料 养老设施 养老入托 养老托育 养老用房 养老难 养老难题 养老 |老年人 康养 助老', indicators: { 'elderly-care-lacking': 1, 'renewal-elderly-care-coverage': 0.75, 'walk-elderly-15': 0.7 } },
  { id: 'ageing', zh: '人口老龄化', words: '人口老龄化 老龄化 老年人口 老龄人口', indicators: { 'elderly-share': 0.95 } },
  { id: 'elderly-canteens', zh: '老年助餐', words: '助餐 社区助餐 老年助餐 老年食堂 老人食堂 社区食堂 助餐点 长者食堂 长者饭堂 长者助餐 老年餐 |供餐', indicators: { 'elderly-canteen-coverage': 1 } },
  { id: 'child-care', zh: '托育', words: '托育 托幼 托位 托幼一体 普惠托育 育幼服务 婴幼儿照护 一老一小 普惠育幼 养老托育 托育机构 |育幼 婴幼儿', indicators: { 'infant-care-lacking': 1, 'nursery-places-per-1000': 0.97 } },
  { id: 'kindergartens', zh: '幼儿园', words: '幼儿园 学前教育 幼儿园学位 公办幼儿园 公办幼儿园学位 入园难 |入园', indicators: { 'kindergarten-lacking': 1, 'affordable-kindergarten-share': 0.75, 'distance-kindergarten': 0.55 } },
  { id: 'affordable-kindergartens', zh: '普惠性幼儿园', words: '普惠性幼儿园 普惠幼儿园 公办园 在园幼儿 普惠性学前教育', indicators: { 'affordable-kindergarten-share': 1, 'kindergarten-lacking': 0.8 } },
  { id: 'schools', zh: '中小学', words: '中小学 学位 新增学位 基础教育 义务教育 基础教育扩优提质 优质均衡 新建学校 改扩建学校 义务教育学校 大班额 就近入学 学位供给 学位缺口 |教育资源 教育 学校 入学', indicators: { 'primary-places-gap': 1, 'junior-secondary-coverage': 0.75, 'walk-primary-10': 0.55, 'primary-places-2sfca': 0.5 } },
  { id: 'primary-schools', zh: '小学', words: '小学 小学学位', indicators: { 'primary-places-gap': 1, 'walk-primary-10': 0.65, 'primary-places-2sfca': 0.6 } },
  { id: 'secondary-schools', zh: '中学', words: '中学 初中 初中学位 九年一贯制 |教学点', indicators: { 'junior-secondary-coverage': 1, 'walk-secondary-15': 0.7 } },
  { id: 'community-health', zh: '社区医疗', words: '社区医疗 卫生服务中心 社区卫生服务 社区卫生 社区卫生服务站 基层医疗 基层医疗服务 医疗卫生强基工程 家庭医生 基层首诊 基层诊疗 |优质医疗 医疗资源 医疗卫生 医联体 紧密型医联体 医疗集团 全生命周期医疗', indicators: { 'renewal-health-access': 1, 'walk-health-15': 0.8, 'health-availability': 0.6 } },
  { id: 'hospitals', zh: '医院', words: '新建医院 改扩建医院 医院建设 新增床位 医疗资源布局 三甲医院 急救站 急救半径 |医院 床位 救治 急救 医疗机构', indicators: { 'second-hospital-minutes': 0.75, 'renewal-health-access': 0.6 } },
  { id: 'healthy-communities', zh: '健康社区', words: '健康社区 健康城市 |健康行动 慢病', indicators: { 'healthy-community-share': 0.9 } },
  { id: 'sport', zh: '体育健身', words: '体育设施 健身设施 全民健身 运动场地 健身步道 体育场馆 体育公园 健身场地 运动场 健身路径 球场 健身中心 文体设施 |健身 体育', indicators: { 'multi-sport-grounds-lacking': 1, 'walk-sport-15': 0.8, 'activity-space-lacking': 0.6 } },
  { id: 'activity-space', zh: '公共活动场地', words: '活动场地 室外活动场地 公共活动场地 公共活动空间 社区广场 小微公共空间 |休憩 儿童游乐', indicators: { 'activity-space-lacking': 0.95 } },
  { id: 'football', zh: '足球场地', words: '足球场 足球场地 社会足球场', indicators: { 'football-pitches-per-10k': 1, 'football-pitch-coverage': 0.95 } },
  { id: 'culture-facilities', zh: '公共文化设施', words: '公共文化设施 文化设施 公共文化空间 新型公共文化空间 图书馆 文化活动中心 文化场馆 文化体育场馆 文体场馆 文化馆 博物馆 文化服务中心 城市书房 文化站 美术馆 剧院 阅读空间 文体设施 |公共文化 书屋 文化广场', indicators: { 'culture-floor-per-person': 1, 'culture-centres-lacking': 0.95, 'walk-culture-15': 0.7, 'renewal-culture-access': 0.65 } },
  { id: 'markets', zh: '菜市场与便民商业', words: '菜市场 农贸市场 生鲜超市 菜店 集贸市场 农产品市场 |菜场 商业网点 便民商业 社区商业', indicators: { 'market-800m': 1, 'walk-market-10': 0.7, 'renewal-market-coverage': 0.65 } },
  { id: 'convenience', zh: '便民商业', words: '便利店 社区商业 便民商业 便民商业网点 便民网点 |商业网点 维修点', indicators: { 'ghsci-convenience': 0.9, 'market-800m': 0.65 } },
  { id: 'public-services', zh: '公共服务均等', words: '公共服务设施 基本公共服务 公共服务均等化 公共服务布局 公共服务供给 公共服务标准化 公共服务补短板 公共服务资源 公共服务的覆盖面 公共服务体系 |公共服务 民生短板 均等化 可及性 生活服务体系 均衡配置 均衡布局 合理布局', indicators: { 'living-circle-15': 0.8, 'complete-community-items': 0.6 } },

  // Parking, charging, waste
  { id: 'parking', zh: '停车', words: '停车位 停车泊位 停车难 停车设施 新增泊位 公共泊位 停车缺口 停车楼 立体停车 停车供给 错时停车 |停车 停车场 泊位 车位', indicators: { 'parking-gap': 1 } },
  { id: 'disorderly-parking', zh: '乱停乱放', words: '乱停乱放 违停 违法停车 占道停车 停车秩序', indicators: { 'disorderly-parking-roads': 1 } },
  { id: 'smart-parking', zh: '智慧停车', words: '智慧停车 智能停车 停车诱导 共享停车 |停车平台', indicators: { 'smart-parking-coverage': 1, 'parking-gap': 0.6 } },
  { id: 'charging', zh: '充电设施', words: '充电桩 充电设施 新能源汽车充电 充换电 充电服务圈 分布式充电设施 |新能源汽车', indicators: { 'ev-charger-gap': 1, 'renewal-charger-access': 0.8 } },
  { id: 'ebike', zh: '电动自行车', words: '电动自行车 飞线充电 电动自行车充电 电动自行车充电设施 电动自行车停放充电 换电柜 飞线 电动自行车棚 |电动车 充电棚 车棚 集中充电端口 进楼入户', indicators: { 'ebike-charging-lacking': 1 } },
  { id: 'waste-sorting', zh: '垃圾分类', words: '垃圾分类 生活垃圾分类 分类网点 无废城市 |垃圾 生活垃圾 垃圾收运 垃圾投放 厨余垃圾', indicators: { 'waste-sorting-lacking': 1, 'waste-recycling-rate': 0.7 } },
  { id: 'waste-recycling', zh: '垃圾资源化', words: '生活垃圾资源化 生活垃圾资源化利用率 再生资源回收 再生资源 |资源化利用', indicators: { 'waste-recycling-rate': 0.95 } },
  { id: 'toilets', zh: '公共厕所', words: '公共厕所 公厕 厕所革命 |旱厕 厕所', indicators: { 'public-toilet-density': 1, 'renewal-toilet-density': 0.85 } },
  { id: 'lighting', zh: '道路照明', words: '道路照明 有路无灯 路灯覆盖 装灯率 补盲路灯 亮灯率 路灯照明 路灯安装 路灯建设 补装路灯 新增路灯 新装路灯 路灯改造 增设路灯 |照明 路灯', indicators: { 'street-light-fitted': 1, 'street-light-lit': 0.85, 'street-light-intact': 0.8 } },
  { id: 'back-streets', zh: '背街小巷', words: '背街小巷 小街小巷 房前屋后', indicators: { 'old-living-blocks': 0.7, 'walkway-substandard': 0.65 } },

  // Blocks
  { id: 'old-blocks', zh: '老旧街区更新', words: '老旧街区 街区更新 片区更新 旧城改造 旧城区 重点片区 有机更新 |城市更新 城市更新行动 城市更新项目', indicators: { 'old-living-blocks': 0.8, 'old-commercial-blocks': 0.65, 'old-factory-areas': 0.6, 'old-community-renewal': 0.6 } },
  { id: 'commercial-blocks', zh: '商业街区', words: '商业街区 特色街区 特色商业街区 步行街 商圈 老旧商业街区 消费街区 文旅商业 传统商业设施 闲置商业 老旧商业 特色商业 |消费场景 消费载体 人文街区', indicators: { 'old-commercial-blocks': 0.95 } },
  { id: 'old-factories', zh: '老旧厂房厂区', words: '老旧厂房 老旧厂区 老厂房 老厂区 低效楼宇 闲置厂房 工业遗产 工改商 工改研 停产厂房 |存量房屋 存量用地 低效用地 低效闲置 厂房', indicators: { 'old-factory-areas': 1, 'park-floor-vacancy': 0.6 } },
  { id: 'city-check', zh: '城市体检', words: '城市体检 体检评估 城市体检和城市更新 问题整治 |体检', indicators: { 'rectification-rate': 0.9, 'rectification-rate-timed': 0.7, 'rectification-rate-best-effort': 0.65 } },

  // Green, water
  { id: 'parks', zh: '公园绿地', words: '公园绿地 口袋公园 小微公园 城市公园 社区公园 综合公园 绿地开放共享 公园绿化 公园绿化活动场地 社区绿地 推窗见绿 小游园 游园 街头绿地 拆围透绿 见缝插绿 公园绿地面积 绿化覆盖率 |公园 绿化 绿地 增绿', indicators: { 'park-coverage': 1, 'walk-park-5': 0.8, 'renewal-park-access': 0.75 } },
  { id: 'large-parks', zh: '综合公园', words: '综合公园', indicators: { 'comprehensive-parks-10ha': 0.85, 'comprehensive-parks-5ha': 0.85 } },
  { id: 'greenways', zh: '绿道', words: '绿道 绿道网络 城市绿道 绿道贯通 |生态廊道', indicators: { 'greenway-coverage': 1, 'greenway-connected-share': 0.95 } },
  { id: 'tree-lined', zh: '林荫路', words: '林荫路 林荫道 行道树', indicators: { 'tree-lined-share': 0.9 } },
  { id: 'sewage', zh: '污水收集处理', words: '污水管网 生活污水 污水收集 污水处理 污水管网全覆盖 污水处理厂 雨污分流 错接混接 混错接 污水直排 污水集中处理 |污水 排水户', indicators: { 'sewage-collection-rate': 1 } },
  { id: 'black-water', zh: '黑臭水体', words: '黑臭水体 黑臭水体治理 返黑返臭', indicators: { 'black-water-bodies': 1 } },
  { id: 'rivers', zh: '幸福河湖', words: '幸福河湖 美丽河湖 水环境治理 水环境质量 |河湖 水体 水环境 河道整治 水质', indicators: { 'black-water-bodies': 0.7, 'accessible-waterfront': 0.55 } },
  { id: 'waterfront', zh: '亲水空间', words: '亲水空间 亲水岸线 滨水空间 亲水平台 |亲水 滨水 一江两岸 岸线', indicators: { 'accessible-waterfront': 1 } },
  { id: 'green-building', zh: '绿色建筑', words: '绿色建筑 超低能耗建筑 低碳建筑 近零能耗 近零能耗建筑 星级绿色 |绿色建材 建筑节能 绿色低碳 装配式建筑', indicators: { 'green-building-share': 1 } },
  { id: 'energy-retrofit', zh: '既有建筑节能', words: '既有建筑节能 既有建筑节能改造 节能改造 建筑节能改造 既有公共建筑节能改造 |既有建筑改造 外墙保温', indicators: { 'homes-energy-retrofit': 0.95 } },

  // Heritage
  { id: 'heritage', zh: '历史文化保护', words: '历史文化保护 历史文化街区 历史文化名城 历史建筑 历史街区 历史文脉 历史文化保护传承体系 不可移动文物 历史地段 历史文化保护传承 文物建筑 文保单位 文物保护单位 名城保护 历史风貌区 传统村落 |文脉 文物 古城 老城 文化遗产 古建筑 老街 古街', indicators: { 'heritage-filed-rate': 1, 'heritage-damage-incidents': 0.7, 'historic-building-vacancy': 0.7 } },
  { id: 'heritage-survey', zh: '文化遗产普查', words: '遗产普查 文化遗产普查 普查认定 挂牌建档 历史文化资源普查 文化资源普查 保护名录 |专项调查', indicators: { 'heritage-filed-rate': 0.95, 'new-protected-objects': 0.95 } },
  { id: 'heritage-use', zh: '历史建筑活化利用', words: '活化利用不可移动文物 历史建筑开放利用 历史建筑活化 |活化利用 开放利用 历史建筑', indicators: { 'historic-building-vacancy': 0.95 } },
  { id: 'demolition', zh: '大拆大建', words: '拆真建假 擅自拆除 |大拆大建', indicators: { 'illegal-heritage-demolition': 0.8 } },

  // Traffic
  { id: 'road-network', zh: '道路网', words: '路网 道路网 支路 城市路网 窄马路密路网 路网密度 次支路 市政道路 城市道路建设 路网加密 打通道路 |道路 微循环 快速路', indicators: { 'road-density': 1, 'dead-ends': 0.6 } },
  { id: 'dead-ends', zh: '断头路', words: '断头路 卡口路 丁字路', indicators: { 'dead-ends': 1, 'road-density': 0.75 } },
  { id: 'congestion', zh: '交通拥堵', words: '拥堵 交通拥堵 治堵 缓堵 堵点 平均车速 高峰车速 交通堵点 拥堵路段 |高峰期', indicators: { 'peak-speed': 1 } },
  { id: 'commuting', zh: '通勤', words: '通勤 通勤效率 通勤便捷 幸福通勤 通勤时间 45分钟通勤 通勤圈', indicators: { 'commute-45-share': 1, 'commute-minutes': 0.85, 'commute-60-share': 0.65 } },
  { id: 'jobs-and-homes', zh: '职住平衡', words: '职住平衡 职住 |就近就业', indicators: { 'jobs-housing-ratio': 1, 'jobs-housing-separation': 0.75, 'commute-5km-share': 0.65 } },
  { id: 'metropolitan-area', zh: '都市圈同城化', words: '同城化 都市圈同城化 同城化发展 |都市圈 一体化 通勤', indicators: { 'outer-commute-share': 0.9 } },
  { id: 'rail', zh: '轨道交通', words: '轨道交通 城市轨道 轨道站点 TOD TOD模式 地铁 轨道上的 轻轨 站城融合 |轨道 市域铁路 城际轨道 公共交通为导向', indicators: { 'rail-commute-share': 1, 'rail-800m-population': 0.95, 'rail-800m-jobs': 0.7 } },
  { id: 'public-transport', zh: '公共交通', words: '公共交通 公交 公交优先 公交站 公交站点 公交都市 |绿色出行 绿色低碳出行 综合交通 交通枢纽 换乘', indicators: { 'bus-stop-coverage-500m': 1, 'sdg-11-2-1': 0.65, 'renewal-bus-access': 0.65 } },
  { id: 'bus-routes', zh: '公交线路', words: '公交线路 微循环线路 优化公交 新开线路 定制公交 社区公交 接驳公交 公交线网 夜间公交 线网优化 公交专线 |条线路', indicators: { 'bus-routes': 1, 'bus-stop-coverage-500m': 0.9, 'bus-line-density': 0.7 } },
  { id: 'bus-frequency', zh: '公交班次', words: '公交班次 发车间隔 班次较少 加密班次 末班车 行车间隔 发班 夜间公交 |班次', indicators: { 'gtfs-headway': 1, 'frequent-transit-residents': 0.75 } },
  { id: 'slow-traffic', zh: '慢行系统', words: '慢行系统 慢行 慢行道 |过街天桥', indicators: { 'walkway-substandard': 0.95, 'cycleway-density': 0.85 } },

  { id: 'walkways', zh: '步行道', words: '步行道 人行道 步道 断头步道 慢行小路 人行步道 |步行', indicators: { 'walkway-substandard': 1, 'walking-detour': 0.6 } },
  { id: 'cycleways', zh: '自行车道', words: '自行车道 骑行道 非机动车道 自行车专用 |骑行', indicators: { 'cycleway-density': 1 } },

  // Safety
  { id: 'drainage', zh: '排水防涝', words: '排水防涝 防涝 内涝 易涝 积水点 洪涝 防洪排涝 联排联调 海绵城市 海绵街区 城市内涝 易涝点 逢雨必涝 内涝治理 积水问题 路面积水 消除积水 排涝 移动泵车 抽排能力 抽排 |积水 雨水管渠 雨水管网 清淤 排口 倒灌 行泄通道 调蓄 调蓄容积 下沉式绿地 防汛 海绵 透水 泵站 排水管网 雨水管', indicators: { 'severe-ponding-points': 1, 'drainage-capacity': 0.95 } },
  { id: 'lifelines', zh: '生命线与管网', words: '生命线 生命线工程 生命线安全工程 综合管廊 基础设施生命线 管网智能化 市政设施智能化 市政设施智能化改造 管网监测 |地下管线 地下管网 地下管线管网 管线管网 市政管网 管网改造 供水管网 供热管网 管网 管线 感知设备 传感器', indicators: { 'pipe-monitoring-rate': 1, 'gas-smart-monitoring': 0.55 } },
  { id: 'gas', zh: '燃气安全', words: '燃气 城镇燃气 燃气管网 燃气管道 燃气安全 老旧燃气管道 瓶装液化气 燃气老旧管道 |供气', indicators: { 'old-gas-main-renewal': 1, 'homes-gas-hazard': 0.85, 'gas-old-pipe-renewal': 0.75, 'gas-smart-monitoring': 0.65 } },
  { id: 'old-gas-pipes', zh: '老旧燃气管道', words: '老旧燃气管道 老旧燃气管网 燃气老旧管道 燃气管道更新 燃气管网更新 老旧燃气管道更新', indicators: { 'gas-old-pipe-renewal': 0.95, 'old-gas-main-renewal': 1 } },
  { id: 'gas-at-home', zh: '户内燃气', words: '用气安全 老化软管 燃气软管 户内燃气 燃气灶具 用电用气安全 胶管老化 熄火保护 燃气胶管 |软管', indicators: { 'homes-gas-hazard': 1 } },
  { id: 'gas-restaurants', zh: '餐饮场所燃气', words: '燃气报警 燃气泄漏报警 餐饮场所燃气 燃气报警器', indicators: { 'gas-restaurant-alarms': 1 } },
  { id: 'water-supply', zh: '供水保障', words: '供水保障 应急供水 应急水源 备用水源 水资源保障 城市水资源保障 供水保障管理体系 |水源 供水 水资源配置', indicators: { 'emergency-water-rate': 0.95 } },
  { id: 'dual-use', zh: '平急两用', words: '平急两用 平急两用公共基础设施', indicators: { 'dual-use-facilities': 1 } },
  { id: 'bridges', zh: '桥梁', words: '危桥 危旧桥梁 桥梁安全 桥梁检测 |桥梁', indicators: { 'dangerous-bridges': 1 } },
  { id: 'fire', zh: '消防', words: '消防站 消防救援站 消防救援能力 消防通道 微型消防站 小型消防站 |消防 消防安全 消防救援 火灾', indicators: { 'fire-station-coverage': 1, 'fire-five-minutes': 0.85 } },
  { id: 'shelters', zh: '应急避难', words: '避难场所 应急避难 应急避难场所 避险场所 避灾安置 |隔离疏散通道 防灾救灾 防灾减灾 应急管理 抗灾 安置点', indicators: { 'shelter-area-per-person': 1 } },
  { id: 'construction-safety', zh: '施工安全', words: '建筑施工 施工安全 危大工程 建筑工地安全 深基坑 高支模 起重机械 工地安全 脚手架 |安全生产 生产安全 安全生产隐患 隐患排查 在建工地 危大', indicators: { 'construction-fatality-rate': 1, 'risky-works-monitoring-rate': 0.95 } },
  { id: 'risk-monitoring', zh: '风险监测预警', words: '风险隐患监测 风险隐患监测预警 |监测预警 安全风险谱系 风险监测', indicators: { 'pipe-monitoring-rate': 0.6, 'high-rise-fire-warning': 0.5 } },
  { id: 'emergency-health', zh: '紧急医学救援', words: '紧急医学救援 |传染病 公共卫生防控 应急医疗 公共卫生中心', indicators: { 'second-hospital-minutes': 0.65 } },

  // Running the city
  { id: 'operations', zh: '一网统管与智慧治理', words: '一网统管 城市运行管理 城市大脑 智慧城市 城市运管服 城市运行管理服务平台 数字城管 智慧城管 一网管全城 一屏观全域 运管服平台 城运平台 城市运行平台 |数字底座 数字化转型 全域数字化转型 新型城市基础设施 智能基础设施 一键回应 智慧化精细化 网格化 大数据 城市运行', indicators: { 'operations-intelligence': 1 } },
  { id: 'cim', zh: '城市信息模型', words: '城市信息模型 信息模型平台 CIM 数字孪生 实景三维 |数字底座', indicators: { 'cim-coverage': 1 } },
  { id: 'requests', zh: '诉求办理', words: '市民服务热线 诉求响应 接诉即办 12345 诉求办理 群众诉求 市民诉求 |网格化治理 热线 工单', indicators: { 'operations-intelligence': 0.7 } },

  // Land, industry, jobs and homes
  { id: 'industry-city', zh: '产城融合', words: '产城融合 产城融合发展 产业社区 园镇一体化 园区城镇化 园区配套 产城空间布局 产业新城 |生活配套 产业园区 产业功能区 园区 共建共享 配套服务 职工宿舍 开发区 产业园', indicators: { 'service-sharing': 1, 'jobs-housing-ratio': 0.75, 'park-resident-workers': 0.7 } },
  { id: 'park-efficiency', zh: '园区效益', words: '亩均 投资强度 税收贡献 地均 亩均效益 亩均论英雄 单位面积产出 地均产出 土地产出 |标准厂房 专业楼宇 集约发展 土地价格', indicators: { 'park-investment-per-ha': 1, 'park-tax-per-ha': 1, 'park-output-per-ha': 0.85 } },
  { id: 'park-vacancy', zh: '园区空置', words: '园区空置 厂房空置 闲置厂房 |标准厂房 专业楼宇 楼宇 入驻率 厂房', indicators: { 'park-floor-vacancy': 0.9 } },
  { id: 'land-use', zh: '节约集约用地', words: '精明增长 节约集约用地 集约用地 建设用地 发展边界 城镇开发边界 开发边界 外延扩张 批而未供 闲置土地 |存量提质 用地 低功用地 土地利用 规模扩张 低效用地 内涵提升', indicators: { 'construction-land-per-person': 1, 'sdg-11-3-1': 0.95 } },
  { id: 'mixed-use', zh: '混合利用', words: '功能复合 混合利用 用地混合 功能复合率 土地混合', indicators: { 'land-mix': 0.8 } },
  { id: 'population', zh: '人口集聚', words: '人口集聚 人口密度 人口承载 人口承载能力 超大城市规模 |人口 常住人口 人口分布', indicators: { 'built-up-density': 0.85, 'population-density': 0.85 } },
];

/** Names in which a concept's word stands for something else. */
export const NOT_A_CONCEPT: readonly string[] = [
  '公园城市', '中国公园', '高新技术产业园区', '教育部', '教育局', '体育局', '教育引导', '学习教育', '教育活动', '教育人', '公共服务部门', '人口普查', '消防救援局', '养老保险', '警示教育', '主题教育', '供水、供电',
  '银发经济', '公园路灯', '人口集聚区域', '人口集聚区', '雨水资源化', '雨水资源化利用', '建筑垃圾资源化', '建筑垃圾资源化利用', '米袋子', '菜篮子', '步行街道', '价格监测预警', '稳定风险监测预警', '常住人口城镇化', '常住人口变动', '户籍人口', '服务人口', '旅游人口', '高速公路', '干线公路', '平均受教育', '餐饮油烟', '建筑垃圾', '燃气轮机', '燃气热电', '消防审验',
  '产业集群集约发展', '公交集团', '乡村社区', '精神卫生',
];
