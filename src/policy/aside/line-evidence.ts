/**
 * What speaks for a line being no part of the document: site navigation, licences, editors, download hints, dates and sources of a
 * page, page numbers. Evidence is a weight per pattern; how much is needed depends on where the line stands (`set-aside.ts`): beside
 * the text a hint is enough, inside it a line has to say it plainly. No pattern names a site.
 */
import type { AsideKind } from '../model.ts';
import { PatternGate } from '../words/pattern-gate.ts';
import { wordList } from '../words/word-matcher.ts';

export interface LineEvidence {
  readonly kind: AsideKind;
  /** 1 a hint, 2 likely, 3 certain wherever it stands. */
  readonly weight: number;
}

/** Longer lines are the document's own text, or a footer that says so more than once. */
const LONGEST = 400;

/**
 * Words without which no pattern of the table below can match. A line that has none of them and does not begin with a character that such
 * lines begin with is not looked at further: most lines of a document are done with here, in a tenth of the time of one regular expression
 * of all these words.
 */
const HINTS = wordList(`放大 缩小 仅供 如需 文秘 文档 写作 我要 我用 侵权 VIP QQ qq 微信群 交流群 资料群 扣扣 客服 资源 资料 范文 文稿 素材 先登 发文人 发文者 上传 录入 整理 创建 拟稿 经办 联络 承办 评论 留言 跟帖 回复 ICP 网安 公安备 许可证 版权 © Copyright copyright COPYRIGHT All 未经 主办 承办 协办 主管 技术支持 机关刊 稿源 网站 标识码 视听 联系我们 关于我们 设为首页 加入收藏 无障碍 长者 适老化 简体 繁体 English
  组配 服务对象 声明 报 发表 登录 登陆 注册 RSS 位置 首页 > › » 扫一扫 扫描 微信 扫码 分享 打印 关闭 收藏 纠错 字号 字体 大】 中】 小】 大] 中] 小] 浏览 阅读 点击 访问 保护色 大小 播报 朗读 上一 下一 相关阅读 相关链接 相关稿件 相关文 相关解读 相关附件 相关新闻 相关推荐 返回 友情 推荐 热点
  往期 延伸 地址 邮编 邮政 电话 传真 信箱 备案号 公众号 客户端 APP 微博 新媒体 会员 付费 试读 购买 下载 转发 广告 推广 赞助 立即 限时 更多 欢迎 长按 http 新华社 日电 日讯 本报 本刊 本网 发布 成文日期 生成日期 印发日期 发文 索引 主题分类 主题词 公文 体裁 信息
  印发 公开方式 公开属性 公开范围 公开目录 效力状态 废止日期 实施日期 来源 出处 转自 转载 原载 摘自 选自 日期 时间 作者 撰稿 撰文 记者 通讯员 〔 ［ [1 [2 (1 (2 （1 （2 【1 【2 编辑 责编 美编 校对 审核 监制 初审 复审 终审 供稿 本文 此文 原文 原题 原标题 编者 执笔 Page PAGE page`);
const BY_FIRST = new Map<number, string[]>();
const IS_FIRST = new Uint8Array(65536);
for (const word of HINTS) {
  const first = word.charCodeAt(0);
  const list = BY_FIRST.get(first);
  if (list === undefined) BY_FIRST.set(first, [word]);
  else list.push(word);
  IS_FIRST[first] = 1;
}
/** Numbers, dashes, brackets; 有 效 性, 标 题, 第 3 页 with blanks inside. */
const BEGINNERS = new Set('0123456789-—–－·•[［(（【〔有名标关索文编第绝机秘内特加平急密紧保份签共');

function hasHint(line: string): boolean {
  if (BEGINNERS.has(line[0])) return true;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (IS_FIRST[code] === 1 && BY_FIRST.get(code)?.some((word) => line.startsWith(word, i)) === true) return true;
  }
  return false;
}

/** 国发〔2024〕17号: part of the title where it stands under it, else a line about the paper. */
export const DOCUMENT_NUMBER = /^(?:[\u4e00-\u9fff]{1,10}\s?)?(?:[〔[［(（【]\s?\d{4}\s?[〕\]］)）】])\s?(?:第\s?)?\d{1,4}\s?[号期](?:\s|$)/;

const TABLE: readonly { kind: AsideKind; weight: number; pattern: RegExp }[] = [
  { kind: 'boilerplate', weight: 3, pattern: /ICP\s?备|ICP[证号]|公网?安备|[\u4e00-\u9fff]ICP|网站标识码|许可证(?:号|编号|[ :：(（]|$)|信息网络传播视听/ },
  { kind: 'boilerplate', weight: 3, pattern: /版权所有|©|copyright|all rights reserved|未经(?:书面)?(?:授权|许可).{0,12}(?:转载|复制)/i },
  { kind: 'boilerplate', weight: 2, pattern: /^.{0,6}(?:主办|承办|协办|主管|技术支持)(?:单位)?\s?[:：]|机关刊主办|稿源单位/ },
  { kind: 'boilerplate', weight: 2, pattern: /^(?:网站地图|联系我们|关于我们|网站声明|免责声明|设为首页|加入收藏|无障碍(?:阅读|浏览)?|长者(?:模式|版|助手)|适老化|简体|繁体|English|登录|注册|RSS)(?:[\s|｜·/]|$)/ },
  { kind: 'boilerplate', weight: 2, pattern: /^(?:当前位置|您(?:的|现在的)?位置|您所在的位置|你的位置)\s?[:：是]/ },
  { kind: 'boilerplate', weight: 2, pattern: /^首页(?:[\s>›»|｜/\-—]|[\u4e00-\u9fff]{2,12}$|$)/ },
  { kind: 'boilerplate', weight: 2, pattern: /^[^。]{0,20}[>›»]\s?[^。]{1,20}[>›»]\s?[^。]{1,30}$/ },
  { kind: 'boilerplate', weight: 2, pattern: /(?:放大[+＋]|缩小[-－]|扫一扫|扫描?(?:左侧|下方|上方)?二维码|微信扫码|分享到|分享至|分享[:：]|[【[]?(?:打印|关闭)(?:[本此]页|窗口|页面)?[】\]]?$|^[【[]?\s?(?:打印|关闭|收藏|纠错)(?![\u4e00-\u9fff]{3})|字[号体]\s?[:：]|[【[]\s?[大中小]\s?[】\]]|浏览(?:次数|量)?\s?[:：]|阅读(?:次数|量)\s?[:：]|点击(?:数|次数|率)\s?[:：])/ },
  { kind: 'boilerplate', weight: 2, pattern: /^[【[(（<《]?\s?(?:上一[篇条页]|下一[篇条页]|相关(?:阅读|链接|稿件|文章|文件|解读|附件|新闻|推荐)|返回(?:顶部|首页|列表)|友情链接|推荐阅读|热点推荐|往期回顾|延伸阅读)/ },
  { kind: 'boilerplate', weight: 2, pattern: /^[【[(（<《]?\s?(?:(?:网友|精[选彩]|最新|全部|热门|用户|读者)(?:评论|留言|跟帖)|(?:评论|留言)(?:回复|列表|区|与评论)|(?:发表|我要|提交|查看|写|添加)(?:评论|留言|回复)|评论\s?[(（]\s?\d{0,6}\s?(?:条)?\s?[)）])/ },
  { kind: 'boilerplate', weight: 3, pattern: /^(?:免责|版权|特别)?声明\s?[:：].{0,120}(?:作者|本人|本站|平台|转载|版权|来源|立场)/ },
  { kind: 'boilerplate', weight: 1, pattern: /(?:地址|邮编|邮政编码|联系电话|传真|信箱|举报电话|备案号)\s?[:：]/ },
  { kind: 'boilerplate', weight: 2, pattern: /^(?:视力保护色|保护色|浏览(?:量|次数)?|阅读(?:量|次数)?|访问(?:量|次数)|点击(?:量|率|数)|字[体号]|大小|分享|语音播报|朗读)\s?[:：]?\s?[\d【】[\]]{0,8}$/ },
  { kind: 'boilerplate', weight: 1, pattern: /(?:公众号|客户端|APP|微博|政务新媒体)(?:$|[\s|])/ },
  { kind: 'advertisement', weight: 3, pattern: /(?:正式|付费|VIP|注册|高级)会员.{0,12}(?:阅读|查看|下载|可见)|登[录陆]后.{0,8}(?:阅读|查看|下载)|(?:请|可)阅读下面提示|点击(?:此处|这里)?(?:下载|阅读全文|查看全文)|(?:付费|试读|购买)(?:阅读|全文|后)/i },
  { kind: 'advertisement', weight: 3, pattern: /^[【[(（]\s?(?:广告|推广|赞助)\s?[】\])）]|立即(?:抢购|购买|下单|下载|注册|咨询)|限时(?:优惠|抢购|特价)/ },
  { kind: 'advertisement', weight: 2, pattern: /^(?:收藏|下载|转发|打印)\s?(?:本文|[《〈「“"])|^(?:【?广告】?|推广|赞助商)|^(?:更多|欢迎)(?:精彩|关注|访问|订阅|内容)|长按.{0,8}(?:识别|关注)|https?:\/\/[^\s]{4,80}$/ },
  // Where a page's owner can be reached, and what he has besides: 加QQ群:…, 微信号…, 更多资料.
  { kind: 'advertisement', weight: 2, pattern: /(?:QQ|qq|微信|交流|资料|下载)群\s?[:：]?\s?\d{5,}|(?:加|进|入)\s?(?:QQ|qq)群|^更多[\u4e00-\u9fff]{0,6}(?:资源|资料|范文|文稿|素材)\s?(?:[:：]|请|加|关注|下载|尽在|访问|点击|$)|(?:需|请|须|可)先?(?:登[录陆]|注册)(?:后(?:查看|阅读|下载|可见)?)?[)）!！]?$/ },
  // A trader in papers signs between the paragraphs.
  { kind: 'advertisement', weight: 3, pattern: /^.{0,16}(?:仅供学习|如需(?:复制|下载)).{0,40}$|^[\u4e00-\u9fff]{2,6}[,，\s]{1,2}[\u4e00-\u9fff]{0,8}(?:公文|范文|文秘|文档|文稿|写作)[\u4e00-\u9fff]{0,4}(?:之家|文库|大全|家园|网站?)$/ },
  { kind: 'boilerplate', weight: 2, pattern: /^[•·●▪\s]{0,3}我[要用](?:加入会员|以稿换稿|投稿|推广|手机|评论|留言|收藏|下载|举报|纠错)|^(?:侵权|版权)(?:投诉|举报)$|^VIP\S{0,4}$/ },
  { kind: 'source-line', weight: 3, pattern: /^(?:新华社|[\u4e00-\u9fff]{2,8}[社报网讯])[\u4e00-\u9fff]{1,8}\d{1,2}月\d{1,2}日[电讯]|^本[报刊网]讯|^(?:[\u4e00-\u9fff]{2,6})\d{1,2}月\d{1,2}日[电讯]/ },
  { kind: 'source-line', weight: 3, pattern: /^(?:发布(?:日期|时间|机构)|成文日期|生成日期|印发日期|发文(?:机关|单位|日期|字号)|索\s*引\s*号?|主题(?:分类|词)|公文(?:种类|时效)|体裁分类|信息(?:分类|名称|来源)|公开(?:方式|属性|范围|目录)|有\s*效\s*性|文\s*号|发文\s*号|标\s*题|名\s*称|关\s*键\s*[字词]|效力状态|废止日期|实施日期)\s{0,4}[:：]/ },
  // A page's data sheet whose colons were lost.
  { kind: 'source-line', weight: 2, pattern: /^(?:索\s?引\s?号|组配分类|生成日期|成文日期|发文日期|发布日期|公开方式|发布机构|发文机关|文件编号|发文字号|(?:文件)?有\s?效\s?性|主题分类|信息分类|体裁分类|服务对象)[\s\u3000|]\s{0,4}[^。]{1,80}$|^(?:文章|信息|文件)?正文$|^文章内容$/ },
  { kind: 'source-line', weight: 2, pattern: /^(?:来源|信息来源|文章来源|稿件来源|出处|转自|转载自?|原载|摘自|选自)\s?[:：《]?|(?:来源|信息来源|稿源|出处)\s?[:：]/ },
  { kind: 'source-line', weight: 2, pattern: /^(?:发[布表](?:日期|时间)|日期|时间|更新时间|作者|撰稿|撰文|记者|通讯员)\s?[:：]/ },
  // Who put it there: a page's or an office system's own line.
  { kind: 'source-line', weight: 2, pattern: /^(?:发[布文](?:人|者|单位|部门)|上传(?:人|者|时间|日期)|录入(?:人|者|时间)?|整理(?:人|者)?|创建(?:人|时间)|拟稿(?:人|单位|部门)|经办(?:人|科室)|联络(?:人|点|员)|承办(?:人|科室))\s?[:：]/ },
  { kind: 'source-line', weight: 2, pattern: /^\d{4}(?:[-/.]|年)\d{1,2}(?:[-/.]|月)\d{1,2}日?\s{0,4}\d{1,2}[:：]\d{2}/ },
  { kind: 'source-line', weight: 1, pattern: /^\d{4}(?:[-/.]|年)\d{1,2}(?:[-/.]|月)\d{1,2}日?(?:\s|$)/ },
  { kind: 'source-line', weight: 2, pattern: /^[\u4e00-\u9fff]{2,8}[报网社刊台]\s{0,4}\d{4}(?:[-/.]|年)\d{1,2}(?:[-/.]|月)\d{1,2}日?$/ },
  { kind: 'source-line', weight: 1, pattern: DOCUMENT_NUMBER },
  // The marks of an official paper: secrecy and urgency, the copy's number, who signs, who printed it and when (GB/T 9704).
  { kind: 'source-line', weight: 3, pattern: /^(?:(?:绝密|机密|秘密|内部(?:资料|文件)?)(?:\s?[★☆*]\s?(?:长期|\d{1,2}\s?(?:年|个月))?)?|特提|特急|加急|平急|急件)(?:[\s\u3000]{1,20}(?:(?:绝密|机密|秘密)(?:\s?[★☆]\s?(?:长期|\d{1,2}\s?年)?)?|特提|特急|加急|平急))?$|^(?:密\s*级|紧急程度|保密期限|份\s*号)\s*[:：].{0,20}$/ },
  { kind: 'source-line', weight: 2, pattern: /^(?:签\s*发(?:\s*人)?)\s*[:：]\s*\S{1,4}(?:[\s\u3000、]\S{1,4}){0,4}$|[〔［[]\d{4}[〕］\]]\s?\d{1,4}\s?号[\s\u3000]{1,40}签\s*发\s*人\s*[:：]/ },
  { kind: 'source-line', weight: 2, pattern: /^[\u4e00-\u9fff]{3,30}[\s\u3000]{1,40}\d{4}年\d{1,2}月\d{1,2}日\s?印发$|^[(（]?\s?共印\s?\d{1,5}\s?份\s?[)）]?$/ },
  { kind: 'editor-note', weight: 2, pattern: /^[(（【[]?\s?(?:责任编辑|责编|编辑|编\s?审|美编|校对|审核|监制|值班编辑|网络编辑|编辑[/／]?制作|初审|复审|终审|供稿)\s?[:：]/ },
  { kind: 'editor-note', weight: 2, pattern: /^[(（【[]\s?(?:本文|此文|原文|原题|原标题|作者|编者按|本报记者|执笔|注)(?:[\u4e00-\u9fff]{0,6})?(?:[:：]|摘自|系|为|根据|是|原载|刊于|选自|节选)/ },
  // A note at the end of a Word file or a page.
  { kind: 'editor-note', weight: 2, pattern: /^\[\d{1,3}\]\s?\S/ },
  { kind: 'editor-note', weight: 2, pattern: /^(?:编者按|编者的话|原标题|原题)\s?[:：]/ },
  { kind: 'page-furniture', weight: 3, pattern: /^[-—–－]{1,3}\s{0,3}\d{1,4}\s{0,3}[-—–－]{1,3}$|^第\s{0,3}\d{1,4}\s{0,3}页(?:\s{0,3}[,，/共]\s{0,3}共?\s{0,3}\d{1,4}\s{0,3}页?)?$|^page\s\d{1,4}(?:\s(?:of|\/)\s\d{1,4})?$|^\d{1,4}\s?\/\s?\d{1,4}$|^[·•]\s?\d{1,4}\s?[·•]$/i },
  { kind: 'page-furniture', weight: 1, pattern: /^\d{1,4}$/ },
];

/** Evidence that a trimmed line carries, strongest kind first; weights of the same kind add up to at most 4. `undefined`: none. */
/** A gate has room for 30 patterns. */
const GATES: PatternGate[] = [];
const GATED = TABLE.map((row, i) => {
  const gate = Math.floor(i / 30);
  GATES[gate] ??= new PatternGate();
  return { ...row, gate, bit: GATES[gate].add(row.pattern).bit };
});

export function weighLine(line: string): LineEvidence | undefined {
  if (line.length === 0 || line.length > LONGEST || !hasHint(line)) return undefined;
  const weights = new Map<AsideKind, number>();
  const bits = GATES.map((gate) => gate.scan(line, 0, line.length));
  for (const { kind, weight, pattern, gate, bit } of GATED) if ((bits[gate] & bit) !== 0 && pattern.test(line)) weights.set(kind, Math.min(4, (weights.get(kind) ?? 0) + weight));
  if (weights.size === 0) return undefined;
  let best: LineEvidence | undefined;
  let total = 0;
  for (const [kind, weight] of weights) {
    total += weight;
    if (best === undefined || weight > best.weight || (weight === best.weight && kind === 'source-line')) best = { kind, weight };
  }
  // A line that is a source line and boilerplate at once is neither's rival: both say that it is not text.
  return best === undefined ? undefined : { kind: best.kind, weight: Math.min(4, Math.max(best.weight, total - 1)) };
}
