/**
 * Words that make a clause ask: verbs of action by how they behave in a sentence, adverbs that stand before them, and modals. Curated for the
 * language of Chinese policy texts; nothing in it belongs to one document.
 */
import { WordMatcher, wordList } from '../words/word-matcher.ts';

/**
 * - `act`: an act of its own wherever it stands (推进…, 建立…)
 * - `result`: an act when it comes first; after another act it says what that one is for (提升…, 促进…, 确保…)
 * - `weak`: leads up to the act behind it (聚焦…, 突出…, 借鉴…); an act of its own when none follows
 * - `stance`: how one should think or stand (坚持…, 树立…); never an act by itself
 * - `frame`: circumstance of the act behind it (立足…, 按照…, 通过…)
 */
export type VerbClass = 'act' | 'result' | 'weak' | 'stance' | 'frame';

const ACTS = `采集 查找 挖潜 挖潜利用 听取 收治 归还 抽查 暗访 复查 复核 销毁 封控 撤离 腾空 补贴 赎回 叫停 退回 采编 编印 汇集 定制 对冲 撑腰 进步 进步壮大 发展壮大 坚持和发展 坚持和进步 坚持和完善 吸引 汇编 推进 推动 加快 加强 加大 加力 强化 深化 优化 完善 健全 建立 构建 构筑 打造 建设 发展 培育 壮大 做强 做优 做大 做精 做实 做细 做好 做活 做深 做足 抓好 抓实 抓紧 抓细 抓牢 打好 打赢 打响 开好 管好 用好 办好 护好 守好 把好 讲好 唱响
改进 拓展 拓宽 增加 新增 新建 改建 扩建 续建 改造 更新 整治 治理 修复 保护 传承 活化 盘活 挖掘 开发 研发 引进 引入 引育 引导 支持 鼓励 倡导 提倡 主张 允许 推广 推行 推出 推介 推开 推荐 推选 实施 实行 施行 执行 落实 落细
编制 制定 制订 出台 修订 修编 修改 印发 发布 公布 公开 公示 起草 拟定 拟订 探索 谋划 策划 规划 布局 统筹 协调 整合 衔接 对接 组织 开展 举办 承办 召开 启动 开工 建成 完成 基本完成 交付 投用 创建 创优 争创 创造 创设 创新 创办
防范 化解 遏制 严禁 禁止 严控 控制 限制 管控 监管 监督 监测 检查 督查 督导 督促 督办 考核 评估 评价 评定 排查 摸清 摸排 普查 调查 调研 梳理 清理 清查 清退 整改 查处 打击 惩治 处置 处理 破除 打破 消除 取消 取缔 拆除 淘汰 疏解 疏通 打通 畅通 贯通 连通 联通 搭建
设立 成立 组建 设置 设计 配备 配齐 配强 配建 配套 配置 安排 争取 申报 申请 筹集 筹措 拨付 投入 投放 补助 补贴 奖励 奖补 减免 压减 压缩 精简 简化 规范 明确 界定 划定 划分 确定 选定 选取 选准 建档 登记 汇总 上报 报送 报告 请示 请示报告 通报 反馈 办理 受理 提供 提交 供给 供应 储备 预留 保留
植入 建好 丰富 繁荣 弘扬 宣传 表彰 培养 培训 选派 选拔 选树 招引 招聘 招录 聚集 集聚 动员 发动 调动 运用 应用 使用 利用 总结 提炼 复制 制止 纠正 延伸 普及 升级 改革 攻克 压实 明晰 厘清 理顺 抢占 塑造 营造 重塑 再造 细化 量化 深挖 深耕 增设 加装 安装 铺设 敷设 修建 修缮 维修 养护 管护 加固 迁移 更换 置换 腾退 征收 回收 收回 收储 调整 调节 调控 调度
稳定 稳住 救助 救治 关爱 关心 帮扶 帮助 扶持 慰问 走访 严守 严查 严惩 追究 问责 约谈 曝光 核查 核实 核定 审核 审查 审批 审议 验收 备案 归集 归档 补齐 补强 补足 填补 弥补 收集 征求 听取 采取 采用 参与 参加 加入 承担 牵头 配合 协助 开放 倒逼 引领 示范 发挥 发扬 倾听 支撑 赋能 维修 扩大 转变 革新
用好 密织 织密 织牢 织密织牢 健全 理清 找准 锁定 研究 推演 演练 宣讲 承接 承载 转化 转移 转型 调研 建强 选优 培优 激励 撬动 保障 保证 收紧 放宽 放开 开通 开辟 开设 开行 加密 加挂 并网 接入 纳入 整理 疏导 分流 隔离 分离 分解 认定 认领 认证 挂牌 设防 巡查 巡检 巡护 值守 联动 联合 共建 共享 互认 互通 协同 协商 会商 签订 签约 委托 购买 采购 招标 发放 发行 发掘 关闭 关停 停用 搬迁 迁建 退出 倡议 建造 建管 制作 绘制 摸查 摸底 清零 拆改 拆墙 复绿 植绿 绿化 亮化 美化 净化 洁化 序化 硬化 黑化 提标 扩容 提质 增效 提档 撰写 报备 报批 补办 补建 补种 严管 严防 严打 从严 谋实 抓出 突破 攻关 解决好 办成 办实 帮办 代办 承诺 兑现 返还 清偿 化债 盘清 盘点 核算 测算 结算 审计 巡视 巡察 倒排 挂图 销号 赶超 抢抓 主攻 主抓 抓住 深入 严格落实 回应 响应群众 加压 接续 注入 投产 达产 招商 引资 稳慎推进 试点 试行 先行先试 禁限 减量 增绿 降碳 节水 节能 排污 治污 治水 治气 治土 治堵 治乱 治违 查违 拆违 控违 落地 建成投用 提请 呈报 抄送 公告 告知 提醒 警示 教育引导 教育 学习贯彻`;
const RESULTS = `改善 改变 减少 夯实 守牢 守住 牢牢守住 兜牢 兜住 兜底 筑牢 密切 密切联系 促进 提升 提高 增强 实现 确保 使 让 形成 激发 激活 激起 彰显 展现 助力 防止 避免 满足 巩固 提振 释放 走出 维护 方便 便利 缓解 减轻 降低 缩短 缩小 带动 凝聚 汇聚 解决 破解 做到 达到 力求 绣出 绘就 谱写 擦亮 凸显 体现 增进 有效缓解 推动形成 吸纳 容纳 补充 打响 站稳 跑出 交出 变成 成为 免除 杜绝 惠及 造福 便于 落到 拉动 优先保障 腾出 腾挪`;
const WEAKS = `聘请 保持 服务 借助 聚焦 突出 借鉴 学习借鉴 学习 注重 重视 关注 密切关注 融入 服务融入 适应 主动适应 响应 积极响应 考虑 统筹考虑 综合考虑 尊重 担当 强调 对标 瞄准 紧盯 盯紧 紧扣 扭住 着眼 着眼于 放眼 顺应 把准 依靠 更多依靠 善于 敢于 勇于 不再追求 追求 遵循 用足 抓牢 结合起来 植根 扎根 传承弘扬 会同 协同相关 综合运用 充分利用`;
const STANCES = `坚持 树立 牢固树立 树牢 践行 深入践行 认识 深刻认识 正确认识 把握 深刻把握 准确把握 胸怀 坚守 牢记 铭记 恪守 掌握 坚持和加强 坚持和加大 贯彻 贯彻落实 深入贯彻 学深悟透 感悟 领会 深刻领会 涵养 锤炼 砥砺 增强信心 摒弃 反对 习惯 争当 争做 勇当 勇挑 当好 扛牢 扛起 肩负 保持定力 更加重视 愈加重视 更加注重 愈加注重 提振精神 服从 拥护 捍卫 忠诚 珍惜`;
const FRAMES = `立足 围绕 按照 依照 依据 根据 依托 结合 针对 对于 关于 通过 以 在 为 为了 从 随着 面对 鉴于 本着 借助于 遵照 对照 经 凭借 基于 除 因 由于 把 将 对 向 与 同 由 自 当 每 用 就`;

function* verbRows(): Generator<[string, VerbClass]> {
  for (const word of wordList(WEAKS)) yield [word, 'weak'];
  for (const word of wordList(STANCES)) yield [word, 'stance'];
  for (const word of wordList(RESULTS)) yield [word, 'result'];
  for (const word of wordList(ACTS)) yield [word, 'act'];
  for (const word of wordList(FRAMES)) yield [word, 'frame'];
}
export const VERBS: WordMatcher<VerbClass> = new WordMatcher(verbRows());

/** Stand before the verb and say how. Those that are verbs too (统筹, 加快, 支持) are verbs when an object follows them. */
export const ADVERBS: WordMatcher<true> = new WordMatcher(wordList(`着力 大力 全力 积极 主动 深入 全面 全方位 持续 不断 进一步 切实 扎实 认真 严格 坚决 坚定 坚定不移 坚定不移地 稳步 稳妥 有序 稳慎 有效 高效 科学 合理 依法 依规 依法依规 因地制宜 因城施策 因企施策
分类 分级 分批 分步 分期 同步 系统 整体 一体 一体化 率先 重点 优先 充分 尽快 及时 适时 当令 准时 定期 常态化 正常的状态 精准 精确 精心 用心 用情 用心用情 千方百计 想方设法 高标准 高质量 高水平 高起点 高位 高效率 高品质 优质 前瞻 前瞻性 超前 提前 牢牢 努力 力争 真正 更好 更加 愈加 逐步 逐项 逐个 逐一 广泛 普遍 大幅 大幅度 显著 明显 实质性
从根本上 快速 迅速 立即 就地 深度 纵深 强力 始终 自觉 带头 共同 集中 多渠道 多措并举 全链条 全过程 全周期 动态 灵活 严密 严肃 继续 接续 纵深 按程序 按规定 按要求 按计划 统一 分别 一并 并 还 也 都 又 更 再 均 同时 另外 此外 尤其 特别是 尤其是 特别 一定 一律 全面系统 循序渐进 坚持不懈 常抓不懈 从严从实 主动作为 见缝插针 综合 直接 间接 定向 定点 整区域 成片 连片 全域 全市域 全市上下 严 稳 快 早 多 少 好 应尽 双向 联合 就近 就便 创新 探索 研究 鼓励 支持 引导 统筹 协调 加快 协同 推动 推进 组织 指导 督促 帮助 规范 牵头 抓紧 合力 携手 反复 深刻 重新 自主 无偿 公开 公平 最大限度 尽可能 尽早 尽量 适度 适当 审慎 平稳 适时适度 大胆 勇于 敢于 善于 压茬 滚动 试点 集成 打包 整合 联动 做好 抓好 多方 多方式 多形式 多层次 多元化 市场化 规范化 标准化 制度化 法治化 智能化 数字化 精细化 差异化 网格化 加力 靶向 巧用 巧妙 细致 健康 安全 绿色 优质高效 又好又快 保质保量 按时 按期 如期 年内 深化 智能 分类分级 清醒 详细 完整 准确 如实 逐级 逐户 逐栋 逐街 挂图 从快 从重 限时 限期 择优 按月 按季 按年 每月 每季度 每年 每周 每半年 定人定责 现场 当场 层层 足额 专项 专门 `).map((word) => [word, true as const]));

/** Modals and what they make of the ask. */
export const MODALS: WordMatcher<'must' | 'should'> = new WordMatcher<'must' | 'should'>([
  ...wordList('必须 务必 一定要 不得 不准 不能 不可 不许 决不能 绝不能 决不允许 严禁 须').map((word) => [word, 'must'] as const),
  ...wordList('要 应当 应该 应 需 须要 都要 也要 还要 既要 又要 更要 就要 不要 力争 力求 尤其要 特别要 重点要 首先要 请').map((word) => [word, 'should'] as const),
]);
/** Characters before or behind 要, 应, 需, 须 that make other words of them: 重要, 主要, 要素, 应用, 响应, 需求. */
export const NOT_MODAL_AFTER: Readonly<Record<string, string>> = { 要: '求素点件领塞害闻么紧义务道地职案诀隘旨', 请: '求示教客假愿柬缨', 应: '用急对变答付有届收允该', 需: '求要', 须: '知臾' };
export const NOT_MODAL_BEFORE: Readonly<Record<string, string>> = { 要: '重主首必需次概摘纪提扼紧机险简切只将想若如', 应: '适响供效反相对回顺感理呼照', 需: '急所刚供必内', 须: '必', 请: '申邀聘提报呈恳敬' };

/** An object that ends so is a stance, whatever the verb: 增强信心, 提高政治站位. */
export const STANCE_OBJECT = /(?:信心|决心|恒心|定力|意识|站位|思维|理念|共识|自觉|自觉性|责任感|紧迫感|使命感|荣誉感|认识|境界|初心|使命|觉悟|勇气|斗志|热情|精气神|正能量|思想认同|价值认同|情怀|本色|担当|担当作为|责任担当|锐气|政绩观|大局观|价值观念|主动仗|主动权|姿态|政治判断力|执行力)$/u;
