/** Units that a quantity may have, as they are written; multipliers (万元, 亿元) are worked into the value by the reader of numerals. */
import { WordMatcher } from '../words/word-matcher.ts';

/** Written forms → the unit as `Quantity.unit` gives it, and what the value is multiplied by. */
interface Unit {
  readonly written: string;
  readonly unit: string;
  readonly factor: number;
  /** Stands for a measure by itself, never as the beginning of another word (公里, 万元): a blank before it shows. */
  readonly measure: boolean;
}

const MEASURES = [
  '平方公里', '平方千米', '平方米', '平方厘米', '立方米', '立方分米', '公里', '千米', '厘米', '毫米', '微米', '海里', '公顷', '平米', '亩', '公斤', '斤', '担', '千克', '毫克', '微克', '克', '公吨', '蒸吨', '吨标准煤', '吨标煤', '吨', '升', '毫升',
  '千瓦时', '千瓦', '兆瓦时', '兆瓦', '吉瓦', '瓦', '千伏安', '千伏', '兆帕', '千卡', '焦耳', '分贝', '摄氏度', '℃', '度电', '立方', '标准煤',
  '元', '美元', '欧元', '港元', '人民币', '人次', '人天', '车次', '架次', '标箱', '标准箱', 'TEU', '个百分点', '百分点', '分钟', '小时', '秒', '个工作日', '个月', '个小时', '学时', '课时', '岁',
  '㎡', 'm²', 'm2', 'km²', 'km2', 'm³', 'm3', 'km', 'cm', 'mm', 'kWh', 'kW', 'MW', 'GW', 'Mbps', 'Gbps', 'kg', 'mg', 'μg', 'm', 'TB', 'PB', 'EFLOPS', 'PFLOPS', '米',
];
const COUNTERS = [
  '个', '家', '所', '张', '户', '套', '座', '栋', '幢', '间', '处', '条', '项', '件', '宗', '起', '例', '份', '册', '篇', '本', '部', '台', '辆', '艘', '架', '列', '班', '路', '盏', '只', '头', '株', '棵', '块', '片', '根', '口', '眼', '面', '扇',
  '人', '名', '位', '员', '对', '支', '批', '次', '场', '期', '届', '轮', '遍', '班次', '类', '种', '级', '层', '档', '步', '门', '节', '款', '枚', '颗', '把', '双', '桩', '杆', '孔', '车位', '泊位', '床位', '学位', '床', '席', '枪', '村', '镇', '县', '市', '省', '区', '国', '站', '点',
  '天', '日', '周', '年', '倍', '番', '成', '分', '度', '公分', '里', '亩次', '户次', '件次', '场次', '批次', '台次', '辆次', '趟', '个亿', '平方', '网格', '社区', '小区', '街道', '企业', '项目', '岗位', '就业岗位', '机构', '单位', '团队', '家庭', '余', '吨位', '公顷次', '期次', '环节', '渠道', '板块', '方面', '领域', '岁以上', '名次', '刻钟',
].filter((word) => word !== '余' && word !== '岁以上');

const SAME: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['％', ['%', 1]], ['百分点', ['个百分点', 1]], ['平方千米', ['平方公里', 1]], ['平米', ['平方米', 1]], ['㎡', ['平方米', 1]], ['m²', ['平方米', 1]], ['m2', ['平方米', 1]],
  ['km²', ['平方公里', 1]], ['km2', ['平方公里', 1]], ['千米', ['公里', 1]], ['km', ['公里', 1]], ['m³', ['立方米', 1]], ['m3', ['立方米', 1]], ['m', ['米', 1]], ['cm', ['厘米', 1]], ['mm', ['毫米', 1]],
  ['kg', ['公斤', 1]], ['千克', ['公斤', 1]], ['mg', ['毫克', 1]], ['μg', ['微克', 1]], ['kWh', ['千瓦时', 1]], ['度电', ['千瓦时', 1]], ['kW', ['千瓦', 1]], ['MW', ['兆瓦', 1]], ['GW', ['吉瓦', 1]], ['个小时', ['小时', 1]],
  ['吨标煤', ['吨标准煤', 1]], ['标准箱', ['标箱', 1]], ['TEU', ['标箱', 1]], ['成', ['%', 10]], ['公吨', ['吨', 1]], ['刻钟', ['分钟', 15]], ['平方', ['平方米', 1]],
  // 37个亿 is money wherever it is said
  ['个亿', ['元', 1e8]],
]);

const rowOf = (written: string, measure: boolean): [string, Unit] => {
  const [unit, factor] = SAME.get(written) ?? [written, 1];
  return [written, { written, unit, factor, measure }];
};
const UNITS = new WordMatcher<Unit>([...['%', '％', '‰', '‱', ...MEASURES].map((word) => rowOf(word, true)), ...COUNTERS.map((word) => rowOf(word, false))]);

/** Words that begin like a unit and are none: 个人, 家庭 after 一家; 点 of 三点意见 stays a counter. */
const NOT_UNIT = new WordMatcher(['个人', '个体', '个别', '个性', '家长', '条件', '条例', '项目部', '名单', '名义', '位置', '所有', '所在', '所需', '成为', '成立', '成果', '成效', '成功', '成本', '成都', '年轻', '年龄', '人才', '人员', '人民', '人口', '人均', '人大', '人工', '日常', '日益', '区域', '市场', '市民', '市级', '市区', '县级', '县区', '县域', '省级', '国家', '国际', '村民', '镇区', '站点', '点位', '度过', '分别', '分类', '分级', '分析', '分享', '里程', '路径', '部门', '部分', '期间', '期待', '面向', '面积', '面临', '次序', '级别', '类型', '层次', '层面', '步骤', '节约', '节点', '本地', '本市', '本身', '起来', '起步', '起点', '支持', '支撑', '门槛', '口岸', '口袋', '班子', '列车', '对于', '员工', '间接', '轮流', '场景', '场所', '份额', '件事', '例如', '米袋'].map((word) => [word, true]));

const isLatin = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** The unit written at `at`, longest first; null where none is. */
export function readUnit(text: string, at: number): Unit | null {
  const unit = UNITS.find(text, at)?.value;
  if (unit === undefined) return null;
  const { length } = unit.written;
  if (isLatin(text.charCodeAt(at + length - 1)) && isLatin(text.charCodeAt(at + length))) return null;
  if (length === 1 && NOT_UNIT.find(text, at) !== undefined) return null;
  return unit;
}

/** `/平方米`, `/万人`, `每平方公里`: what a density is per. Returns the end, or -1. */
export function readPer(text: string, at: number): { end: number; per: string } | null {
  if (text[at] !== '/' && text[at] !== '／') return null;
  let i = at + 1;
  while (text[i] === '万' || text[i] === '百' || text[i] === '千' || text[i] === '亿') i++;
  const unit = readUnit(text, i);
  if (unit === null) {
    const word = ['年', '日', '人', '户'].find((candidate) => text.startsWith(candidate, i));
    return word === undefined ? null : { end: i + word.length, per: text.slice(at + 1, i + word.length) };
  }
  return { end: i + unit.written.length, per: text.slice(at + 1, i) + unit.unit };
}
