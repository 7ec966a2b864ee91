/** Which level of place a feature is, as far as its columns say so. */
import type { AttributeValue, PlaceLevel } from '../model.ts';
import { plainName, textOf } from './column-names.ts';

const LEVEL_WORDS: readonly (readonly [RegExp, PlaceLevel])[] = [
  [/^(building|住房|楼栋|住宅楼|栋|楼宇|房屋)$/, 'building'],
  [/^(community|neighbourhood|neighborhood|社区|小区|小区社区|居住小区|居委会|行政村|村|村委会|village)$/, 'community'],
  [/^(block|subdistrict|street|town|township|街区|街道|乡镇|镇|乡|街道乡镇)$/, 'block'],
  [/^(district|county|borough|城区|区|县|区县|市辖区|县级市|区县级)$/, 'district'],
  [/^(city|municipality|prefecture|城市|市|地级市|全市|市域|直辖市|地市级)$/, 'city'],
  [/^(zone|park|园区|产业功能区|功能区|产业园区|开发区)$/, 'zone'],
  [/^(cell|grid|网格|单元网格)$/, 'cell'],
];

/** The level a word of a level column means (`街道` → block). */
export function levelOfWord(value: AttributeValue | undefined): PlaceLevel | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const plain = plainName(text);
  return LEVEL_WORDS.find(([pattern]) => pattern.test(plain))?.[1];
}

/** Cities that are provinces in the codes of administrative divisions (GB/T 2260). */
const MUNICIPALITIES = new Set(['110000', '120000', '310000', '500000', '810000', '820000']);

/** The level of a Chinese division code: 6 digits (GB/T 2260), 9 with the street's, 12 with the community's (GB/T 10114). */
export function levelOfDivisionCode(value: AttributeValue | undefined): PlaceLevel | undefined {
  const text = textOf(value)?.replace(/\.0$/, '');
  if (text === undefined || !/^[1-8]\d{5}(\d{3}(\d{3})?)?$/.test(text)) return undefined;
  const county = text.slice(0, 6);
  if (text.length === 12 && !text.endsWith('000')) return 'community';
  if (text.length >= 9 && text.slice(6, 9) !== '000') return 'block';
  if (county.endsWith('0000')) return MUNICIPALITIES.has(county) ? 'city' : undefined;
  return county.endsWith('00') ? 'city' : 'district';
}

/** OSM admin_level in China (wiki: Tag:boundary=administrative, 中国). Elsewhere the levels mean other things. */
export function levelOfChineseAdminLevel(value: AttributeValue | undefined): PlaceLevel | undefined {
  const levels: Record<string, PlaceLevel> = { '5': 'city', '6': 'district', '8': 'block', '10': 'community' };
  const text = textOf(value);
  return text !== undefined && Object.hasOwn(levels, text) ? levels[text] : undefined;
}

/** The level that a Chinese name's ending suggests: 江岸区, 二七街道, 花桥社区. */
export function levelOfName(name: string | undefined): PlaceLevel | undefined {
  if (name === undefined || !/\p{Script=Han}/u.test(name)) return undefined;
  if (/(社区|小区|居委会|村委会|村)$/.test(name)) return 'community';
  if (/(街道|街道办事处|镇|乡)$/.test(name)) return 'block';
  if (/(开发区|产业园|工业园|高新区|园区|功能区)$/.test(name)) return 'zone';
  if (/(区|县|旗)$/.test(name)) return 'district';
  return name.endsWith('市') ? 'city' : undefined;
}
