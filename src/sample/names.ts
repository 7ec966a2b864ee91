/** Chinese names as cities have them: districts, sub-districts, communities, roads, compounds. All invented or generic. */
import type { Bilingual } from '../core/bilingual.ts';

export const CITY_NAME: Bilingual = { zh: '示范市', en: 'Shifan City' };

const DISTRICTS: readonly Bilingual[] = [
  { zh: '云滨区', en: 'Yunbin District' },
  { zh: '和州区', en: 'Hezhou District' },
  { zh: '长泰新区', en: 'Changtai New District' },
  { zh: '青岚区', en: 'Qinglan District' },
  { zh: '宁川区', en: 'Ningchuan District' },
  { zh: '景安区', en: 'Jing’an Hills District' },
  { zh: '文峰新区', en: 'Wenfeng New District' },
  { zh: '瑞河区', en: 'Ruihe District' },
  { zh: '栖霞岭区', en: 'Qixialing District' },
  { zh: '东望区', en: 'Dongwang District' },
  { zh: '南屏区', en: 'Nanping Hills District' },
  { zh: '西塘区', en: 'Xitang District' },
];

const SYLLABLES: readonly [zh: string, en: string][] = [
  ['云', 'Yun'], ['和', 'He'], ['泰', 'Tai'], ['宁', 'Ning'], ['文', 'Wen'], ['景', 'Jing'], ['安', 'An'], ['永', 'Yong'],
  ['清', 'Qing'], ['兴', 'Xing'], ['华', 'Hua'], ['福', 'Fu'], ['瑞', 'Rui'], ['明', 'Ming'], ['德', 'De'], ['信', 'Xin'],
  ['康', 'Kang'], ['乐', 'Le'], ['春', 'Chun'], ['秀', 'Xiu'], ['松', 'Song'], ['桂', 'Gui'], ['柳', 'Liu'], ['荷', 'He'],
];
const SECOND: readonly [zh: string, en: string][] = [
  ['安', 'an'], ['平', 'ping'], ['丰', 'feng'], ['源', 'yuan'], ['庆', 'qing'], ['宁', 'ning'], ['林', 'lin'], ['泉', 'quan'],
  ['园', 'yuan'], ['桥', 'qiao'], ['山', 'shan'], ['湖', 'hu'], ['塘', 'tang'], ['亭', 'ting'], ['田', 'tian'], ['溪', 'xi'],
  ['阳', 'yang'], ['台', 'tai'], ['河', 'he'],
];

const VERTICAL_ROADS: readonly Bilingual[] = [
  { zh: '西环路', en: 'Xihuan Road' },
  { zh: '育才路', en: 'Yucai Road' },
  { zh: '工农路', en: 'Gongnong Road' },
  { zh: '建设大道', en: 'Jianshe Avenue' },
  { zh: '解放路', en: 'Jiefang Road' },
  { zh: '人民路', en: 'Renmin Road' },
  { zh: '东风快速路', en: 'Dongfeng Expressway' },
  { zh: '科技路', en: 'Keji Road' },
  { zh: '长泰大道', en: 'Changtai Avenue' },
  { zh: '东环路', en: 'Donghuan Road' },
];
const HORIZONTAL_ROADS: readonly Bilingual[] = [
  { zh: '南环路', en: 'Nanhuan Road' },
  { zh: '创业路', en: 'Chuangye Road' },
  { zh: '朝阳路', en: 'Chaoyang Road' },
  { zh: '滨河路', en: 'Binhe Road' },
  { zh: '中山路', en: 'Zhongshan Road' },
  { zh: '文化路', en: 'Wenhua Road' },
  { zh: '站前路', en: 'Zhanqian Road' },
];

/** The n-th two-syllable name; all of the first 24 × 19 differ. */
export function buildPairName(n: number): Bilingual {
  const [zh1, en1] = SYLLABLES[n % SYLLABLES.length];
  const [zh2, en2] = SECOND[(n * 7 + Math.floor(n / SYLLABLES.length)) % SECOND.length];
  const round = Math.floor(n / (SYLLABLES.length * SECOND.length));
  const suffix = round === 0 ? ['', ''] : [toChineseNumber(round + 1), ` ${round + 1}`];
  return { zh: zh1 + zh2 + suffix[0], en: en1 + en2 + suffix[1] };
}

export function buildDistrictName(n: number): Bilingual {
  return DISTRICTS[n % DISTRICTS.length];
}

const PAIRS = SYLLABLES.length * SECOND.length;

/** Steps through all names before any comes again; `stride` shares no factor with their number. */
function buildSpreadName(n: number, stride: number, from: number): Bilingual {
  return buildPairName(((n * stride + from) % PAIRS) + Math.floor(n / PAIRS) * PAIRS);
}

export function buildSubdistrictName(n: number, rural: boolean): Bilingual {
  const pair = buildSpreadName(n, 5, 3);
  return rural ? { zh: `${pair.zh}镇`, en: `${pair.en} Town` } : { zh: `${pair.zh}街道`, en: `${pair.en} Subdistrict` };
}

export function buildCommunityName(n: number, rural: boolean): Bilingual {
  const pair = buildSpreadName(n, 11, 1);
  return rural ? { zh: `${pair.zh}村`, en: `${pair.en} Village` } : { zh: `${pair.zh}社区`, en: `${pair.en} Community` };
}

/** Name of the main street at a place of the lattice; `offset` counts from the west or south edge of the old plan. */
export function buildRoadName(direction: 'vertical' | 'horizontal', offset: number): Bilingual {
  const known = direction === 'vertical' ? VERTICAL_ROADS : HORIZONTAL_ROADS;
  if (offset >= 0 && offset < known.length) return known[offset];
  const pair = buildPairName((direction === 'vertical' ? 2 : 1) + Math.abs(offset) * 13 + (offset < 0 ? 200 : 0));
  return direction === 'vertical' ? { zh: `${pair.zh}路`, en: `${pair.en} Road` } : { zh: `${pair.zh}大道`, en: `${pair.en} Avenue` };
}

/** Inner streets take the community's stem: 云安一街, 云安二巷 … */
export function buildInnerStreetName(stem: string, index: number, kind: '街' | '巷' | '路'): string {
  return `${stem}${toChineseNumber(index)}${kind}`;
}

const DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

export function toChineseNumber(n: number): string {
  if (n < 10) return DIGITS[n];
  if (n < 20) return `十${n === 10 ? '' : DIGITS[n - 10]}`;
  if (n < 100) return `${DIGITS[Math.floor(n / 10)]}十${n % 10 === 0 ? '' : DIGITS[n % 10]}`;
  return [...String(n)].map((digit) => DIGITS[Number(digit)]).join('');
}

/** 家园, 花园, 新村 …: what compounds of an age are called. */
export const COMPOUND_ENDINGS = {
  estate80: ['新村', '小区', '宿舍', '家属院'],
  estate90: ['小区', '花园', '苑', '新村'],
  highrise: ['府', '城', '国际', '云邸', '天境', '悦府', '公馆'],
  other: ['里', '院', '坊'],
} as const;
