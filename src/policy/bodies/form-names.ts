/**
 * From a form of a body's name to the name in full. A form is taken apart into its stem and the word that says what kind of organ it is:
 * the stem is spelt out where it is an abbreviation (住建 → 住房和城乡建设), the kind where it is (委 → 委员会). A 委 is never made a 局, and
 * what is made of whole words (自然资源局, 教育体育局) is a name of its own and stays. A name that is wrong without a word is worse than the one printed.
 */
import type { PolicyBody } from '../model.ts';
import { wordList } from '../words/word-matcher.ts';
import type { BodyEntry } from './table.ts';

type Level = PolicyBody['level'];

/** Abbreviated stem → stem in full. A stem that is not here is whole words. */
const STEMS: ReadonlyMap<string, string> = new Map(Object.entries({
  发改: '发展和改革', 发展改革: '发展和改革', 发展与改革: '发展和改革', 发展和改革: '发展和改革',
  住建: '住房和城乡建设', 住房城乡建设: '住房和城乡建设', 住房和城乡建设: '住房和城乡建设',
  资规: '自然资源和规划', 自规: '自然资源和规划', 自然资源规划: '自然资源和规划', 规自: '规划和自然资源', 规资: '规划和自然资源', 规划自然资源: '规划和自然资源',
  城管: '城市管理', 城市管理: '城市管理', 应急: '应急管理', 消防: '消防救援', 工信: '工业和信息化', 工业信息化: '工业和信息化', 经信: '经济和信息化', 经济和信息化: '经济和信息化',
  教: '教育', 教育: '教育', 科: '科学技术', 科技: '科学技术', 人社: '人力资源和社会保障', 人力社保: '人力资源和社会保障', 人力资源社会保障: '人力资源和社会保障',
  卫健: '卫生健康', 卫生健康: '卫生健康', 疾控: '疾病预防控制', 医保: '医疗保障', 环保: '生态环境', 环境保护: '生态环境', 交通: '交通运输', 交通运输: '交通运输', 农业: '农业农村', 农业农村: '农业农村',
  商务: '商务', 文旅: '文化和旅游', 文化旅游: '文化和旅游', 广电: '广播电视', 市监: '市场监督管理', 市场监管: '市场监督管理', 国资: '国有资产监督管理', 退役军人: '退役军人事务', 民宗: '民族宗教事务', 民族宗教: '民族宗教事务',
  药监: '药品监督管理', 地方金融监管: '地方金融监督管理', 公积金: '住房公积金管理', 住房公积金: '住房公积金管理', 公积金管理: '住房公积金管理', 城运: '城市运行管理', 城市运行: '城市运行管理', 通管: '通信管理', 投促: '投资促进',
  林草: '林业和草原', 机关事务: '机关事务管理', 新经济: '新经济发展', 更新: '城市更新',
}));
/** Former names whose successor took the whole over: they are called what the successor is. */
const FORMER: ReadonlySet<string> = new Set(wordList('计委 国土局 国土资源局 国土资源厅 规划局 卫生局 卫计委 卫计局 卫生计生委 卫生计生委员会 卫生计生局 工商局 国税局 地税局 粮食局 乡村振兴局 金融办'));
const KIND = /^(.*?)(委员会|委|局|厅|支队|大队|总队|中心)$/u;
/** 住建部门, 公安机关: the department of whoever speaks. */
const GENERIC = /(?:部门|机关|机构)$/u;

export const isGeneric = (form: string): boolean => GENERIC.test(form);

function ownName(entry: BodyEntry, level: Level): string {
  return level === 'province' ? entry.province : level === 'district' ? entry.district : entry.city;
}

function ofDepartment(form: string, own: string): string {
  if (FORMER.has(form) || GENERIC.test(form)) return own;
  const parts = KIND.exec(form);
  if (parts === null) return own;
  const stem = STEMS.get(parts[1]);
  // 交通委, 民委: no table says what its characters stand for.
  if (parts[2] === '委') return stem !== undefined ? `${stem}委员会` : own.endsWith('委员会') ? own : form;
  return `${stem ?? parts[1]}${parts[2]}`;
}

/** Name in full, without region and level, of what is written `form`. `county`: 县, whose police is no branch of the city's. */
export function nameOfForm(entry: BodyEntry, form: string, level: Level, county: boolean): string {
  const own = county ? ownName(entry, level).replace('公安分局', '公安局') : ownName(entry, level);
  if (entry.id === entry.city) return form === '' ? own : form;
  if (form === '' || entry.id === 'traffic-police') return own;
  if (entry.id === 'court') return form.startsWith('中') ? '中级人民法院' : form.startsWith('高') ? '高级人民法院' : own;
  if (entry.type === 'department') return ofDepartment(form, own);
  // 办公厅 is no 办公室.
  return form.includes('办公厅') ? own.replace(/办公室$/u, '办公厅') : own;
}
