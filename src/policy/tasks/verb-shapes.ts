/**
 * Verbs that no table lists, told by how Chinese builds them: a verb of one character with what it brings about (捋|直, 留得|住), two such verbs
 * together (剪|运), a verb with a count (改|20处, 碰|一次头), a verb said twice (议一议, 走走看). One-character verbs of doing are a few hundred and new
 * ones are not made; what they are put together to is without end. Asked only of clauses that the tables leave unread.
 */
import { WordMatcher, wordList } from '../words/word-matcher.ts';

/** Verbs of doing of one character. Left out: those that as often end or begin nouns (区, 会, 面), and verbs of being, thinking and feeling. */
const VERBS_OF_ONE = '挖掘拆换贴钉挂摆搬移迁清扫洗擦刷涂铺修补建盖架搭砌装卸拧接连引导疏排抽灌浇种栽播剪砍割捡收拾捞运送交发派拨配借还租买卖购采供存取领请聘招选调编组列写印刻录拍登报讲说问劝教带帮扶护守看盯巡查检测量验审核算记数评考罚奖抓管控堵防封关停禁限减降压缩增加扩拓提升抬拉推拖扔倒填埋挡围隔断切开打破改转变并合拼治救养育培训练试做办搞走跑访找寻挑拣腾留放置设立订签撤销赔付缴征募筹聚融投绑扎捆缝织嵌绕跨亮点喷洒冲晒晾叠翻撬撑托扛背捧抱认钻敲按摸捋串绿啃抄递劈焊焚烧炒煮蒸炸磨削锯剔刨铲凿掏淘沥滤泡浸熏烘烤烫凉捣碾碎揉搓揭掀撕剥摘掰折弯扳拽扯绷勒套罩裹包扣锁拴系垫塞插拔抹蹚爬攀蹲扑追撵赶拦截堆码垒筑夯轧锤镶裱绘描勾画喊唤叫吆邀约陪伴扮唱跳演奏吹弹敬献捐赠让匀省攒凑垦耕锄犁耙扬囤圈牧喂饲孵捕钓宰腌酿';
/** What a verb brings about, or where to. */
const OUTCOMES = '好到出进成起上下回掉开住足齐满紧牢实准细深宽直平通完净清透全够稳活强优大小高低厚薄长短快早密顺正亮绿美明入至给除定走来去向通圆尽妥';
const isVerb = new Uint8Array(65_536);
const isOutcome = new Uint8Array(65_536);
for (const char of VERBS_OF_ONE) isVerb[char.charCodeAt(0)] = 1;
for (const char of OUTCOMES) isOutcome[char.charCodeAt(0)] = 1;

/** Words of the same two characters that are no acts. */
const NO_ACTS = new WordMatcher(wordList(`看到 说到 见到 提到 讲到 遇到 碰到 得到 感到 想到 收到 受到 接到 达到 轮到 变成 看来 说来 讲来 出来 起来 带来 传来 迎来 进来 过来 看出 得出 提出 高出 走出 收入 投入 加入 出入 列入 放心 看好 叫好 讲究 说法 看法 办法 做法 打法 建议 加上 加之 加大 开始 开通 开明 开放 开阔 开展 关注 关心 关于 关键 关系 断定 走向 走势 走高 走低 走来 变化
点亮 点明 转向 转好 转变 升高 升起 升级 降低 减小 增大 增长 增强 增高 提高 缩小 缩短 扩大 压低 破坏 停留 停滞 停车 防洪 防护 养老 治安 救灾 教育 教训 训练 培养 教学 考试 试验 试点 测试 检验 检测 考核 管理 办公 办事 设备 设置 设计 设施 装备 装饰 建筑 编制 组织 组成 组合 结合 合并 联合 配合 配套 配送 交通 交流 交易 交接 运输 运动 运行 运转 运营 放到 用到 记者 跑道 跑步 包括 包含 包装 包容 报告 报纸 报名 报道 说明书 导向 引导员
打工 打车 打开 打破 打造 封闭 连接 通知 通过 种类 种子 种植 数量 数据 数字 数目 比例 比重 比较 量化 转型 转化 发展 发生 发现 发挥 推动 推进 推广 引进 引入 招商 卖点 买卖 租金 借助 借鉴 存在 存量 取得 取消 领导 领域 领先 领会 提升 提示 上升 认识 认为 认真 认定 放松 放大 亮点 点位 点多 清楚 清晰 清醒 清洁 清明 平台 追求 赶上 背景 背后 背街 扣除 包干 包围 按照 按时 按期 按需 按规 摸底 让人 让步 让利 省份 省直 省内 省级 省心 断面 断头 登记 登高 评为 问题 问答 走廊 走访 走势 画面 画像 演员 弯道 凉爽 缝隙 破碎 挑战 跨越 跨度 跨区 跨省 立体 立场 立足 订单 收益 收费 收支 收获 收缩 供应 供需 供给 供求 存款 抓手 防线 防控 防止 隔离 隔音 围绕 切实 打算 打动 倒逼 拉动 压力 压实 降水 降雨 降温 减免 限制 限度 禁止 停止 停放 关闭 封面 堵点 管道 管网 管线 管廊 管控 管护 管委 控制 抽象 排名 排放 排水 疏散 导致 引起 引发 接受 接收 接待 接近 连续 连锁 架构 搭配 盖板 补偿 补贴 修养 铺面 涂料 刷新 洗涤 扫码 清零 迁徙 移动 移民 搬迁 摆动 贴近 贴合 换位 拆迁 挖掘机
加快 加强 加油 加密 扩张 拓展 升温 移交 合格 合理 合作 合同 合计 合法 合力 拼搏 治水 治理 养护 育人 试图 做出 做到 做强 做优 做大 做细 做实 办理 办学 走进 访问 寻求 留守 放眼 置于 设在 立项 签约 撤离 销售 赔偿 付出 付费 缴费 征求 征收 筹集 聚集 聚焦 聚力 融入 融合 融资 投资 投诉 绿色 绿化 绿地 绿道 绿水 绿美 亮相 喷泉 冲突 冲击 翻身 托底 背书 并非 并不 并且 并行 并存 开局 开端 开头 开发 开拓 开设 看待 看重 盯紧 盯住 查清 检查 审查 核心 核算 算法 记忆 评价 评估 比如 比拼 考虑 考察 考验 罚款 奖励 奖金 抓好 抓住`).map((word) => [word, true as const]));
/** Characters behind a verb that make it something else: 改的, 拆是, 挂着. */
const NO_OBJECT = '的是和与及、，,了着过中时后前者率量费款员工人证书类型式度性化法率力器机具械站厂所院校区';
const DIGITS = '0123456789０１２３４５６７８９一二两三四五六七八九十几百千半多';
const MEASURES = '个条处座盏根段块片间套户家栋幢层面次遍回轮趟圈步批班场期项件份名位人组支台辆艘棵株亩吨万百公里米平千瓦天月年小时点头把张扇口眼盘杯种类道级成倍';

/** Where a verb built so ends that stands at `at`, with an object behind it; 0 where none does. */
export function shapedVerbEnd(text: string, at: number, end: number): number {
  if (end - at < 4 || isVerb[text.charCodeAt(at)] !== 1) return 0;
  const second = text[at + 1], third = text[at + 2];
  // 议一议, 走一走, 跟一次, 改20处.
  if (second === '一' && third === text[at]) return at + 3;
  if (DIGITS.includes(second) && text[at] !== '分') {
    let to = at + 2;
    while (to < end && to - at < 8 && (DIGITS.includes(text[to]) || text[to] === '.')) to++;
    return to < end && MEASURES.includes(text[to]) && !(second === '一' && '起直定般样致体'.includes(third)) ? at + 1 : 0;
  }
  if (NO_ACTS.find(text, at, end) !== undefined) return 0;
  if (second === '得' || second === '不') return isOutcome[third.charCodeAt(0)] === 1 && end - at >= 5 && second === '得' ? at + 3 : 0;
  const code = text.charCodeAt(at + 1);
  if (isOutcome[code] !== 1 && isVerb[code] !== 1) return 0;
  return NO_OBJECT.includes(third) ? 0 : at + 2;
}
