/**
 * Word's automatic numbers written out as text: each numbered paragraph of document.xml gets a run with its number in front and loses its
 * numbering property. Formats: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat); the ones that Chinese papers use.
 */

interface Level {
  readonly format: string;
  /** `%1、`, `(%2)`, `%1.%2` */
  readonly text: string;
  readonly start: number;
}
/** Levels by number of the list (numId). */
type Lists = ReadonlyMap<string, ReadonlyMap<number, Level>>;

const value = (xml: string, tag: string): string | undefined => new RegExp(`<w:${tag}\\s[^>]{0,200}?w:val="([^"]{0,60})"`).exec(xml)?.[1];

/** Elements `<w:tag …>…</w:tag>` of a flat part of a document; they do not nest in themselves. */
function* elements(xml: string, tag: string): Generator<{ open: string; body: string }> {
  const close = `</w:${tag}>`;
  const start = new RegExp(`<w:${tag}(?:\\s[^>]{0,2000})?>`, 'g');
  for (let match = start.exec(xml); match !== null; match = start.exec(xml)) {
    if (match[0].endsWith('/>')) continue;
    const end = xml.indexOf(close, start.lastIndex);
    if (end < 0) return;
    yield { open: match[0], body: xml.slice(start.lastIndex, end) };
    start.lastIndex = end + close.length;
  }
}

function parseLevels(body: string): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const { open, body: inside } of elements(body, 'lvl')) {
    const number = Number(/w:ilvl="(\d)"/.exec(open)?.[1] ?? -1);
    levels.set(number, { format: value(inside, 'numFmt') ?? 'decimal', text: value(inside, 'lvlText') ?? '', start: Number(value(inside, 'start') ?? 1) });
  }
  return levels;
}

function parseLists(numbering: string): Lists {
  const abstract = new Map<string, Map<number, Level>>();
  for (const { open, body } of elements(numbering, 'abstractNum')) abstract.set(/w:abstractNumId="(-?\d+)"/.exec(open)?.[1] ?? '', parseLevels(body));
  const lists = new Map<string, ReadonlyMap<number, Level>>();
  for (const { open, body } of elements(numbering, 'num')) {
    const levels = abstract.get(value(body, 'abstractNumId') ?? '');
    if (levels !== undefined) lists.set(/w:numId="(-?\d+)"/.exec(open)?.[1] ?? '', levels);
  }
  return lists;
}

interface NumberProperty {
  readonly list: string;
  readonly level: number;
}

function parseProperty(xml: string): NumberProperty | undefined {
  const property = /<w:numPr>([\s\S]{0,400}?)<\/w:numPr>/.exec(xml)?.[1];
  if (property === undefined) return undefined;
  const list = value(property, 'numId');
  return list === undefined ? undefined : { list, level: Number(value(property, 'ilvl') ?? 0) };
}

function parseStyles(styles: string): Map<string, NumberProperty> {
  const numbered = new Map<string, NumberProperty>();
  for (const { open, body } of elements(styles, 'style')) {
    const property = parseProperty(body);
    const id = /w:styleId="([^"]{0,80})"/.exec(open)?.[1];
    if (property !== undefined && id !== undefined) numbered.set(id, property);
  }
  return numbered;
}

const DIGITS = '〇一二三四五六七八九';

/** 1–9999 as counted: 十一, 二十, 一百零五. */
function toChinese(n: number): string {
  if (n < 10) return DIGITS[n];
  if (n < 20) return `十${n === 10 ? '' : DIGITS[n - 10]}`;
  if (n < 100) return `${DIGITS[Math.floor(n / 10)]}十${n % 10 === 0 ? '' : DIGITS[n % 10]}`;
  const rest = n % 100;
  return `${toChinese(Math.floor(n / 100))}百${rest === 0 ? '' : rest < 10 ? `零${DIGITS[rest]}` : rest < 20 ? `一${toChinese(rest)}` : toChinese(rest)}`;
}

function toRoman(n: number): string {
  const table: readonly (readonly [number, string])[] = [[100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];
  let left = Math.min(n, 399);
  return table.map(([worth, sign]) => {
    const times = Math.floor(left / worth);
    left -= times * worth;
    return sign.repeat(times);
  }).join('');
}

function writeNumber(n: number, format: string): string {
  if (/^(?:chinese|japaneseCounting|japaneseLegal|taiwaneseCounting|ideographDigital|ideographTraditional|koreanCounting)/.test(format)) return toChinese(n);
  if (format === 'decimalEnclosedCircle' || format === 'decimalEnclosedCircleChinese') return n <= 20 ? String.fromCharCode(0x245f + n) : String(n);
  if (format === 'upperLetter') return String.fromCharCode(0x40 + ((n - 1) % 26) + 1);
  if (format === 'lowerLetter') return String.fromCharCode(0x60 + ((n - 1) % 26) + 1);
  if (format === 'upperRoman') return toRoman(n);
  if (format === 'lowerRoman') return toRoman(n).toLowerCase();
  return String(n);
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const unescapeXml = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

class Counter {
  readonly #lists: Lists;
  readonly #counts = new Map<string, number[]>();

  constructor(lists: Lists) {
    this.#lists = lists;
  }

  /** The next number of a level, as printed; '' for bullets and lists that are not described. */
  next({ list, level }: NumberProperty): string {
    const levels = this.#lists.get(list);
    const own = levels?.get(level);
    if (levels === undefined || own === undefined) return '';
    const counts = this.#counts.get(list) ?? [];
    this.#counts.set(list, counts);
    counts[level] = (counts[level] ?? own.start - 1) + 1;
    counts.length = level + 1;
    if (own.format === 'bullet' || own.format === 'none') return '';
    return unescapeXml(own.text).replace(/%(\d)/g, (_, digit: string) => {
      const of = Number(digit) - 1;
      return writeNumber(counts[of] ?? levels.get(of)?.start ?? 1, levels.get(of)?.format ?? 'decimal');
    });
  }
}

const PROPERTIES_END = '</w:pPr>';

/** document.xml with the numbers of its paragraphs as text. Without numbering.xml it comes back as it is. */
export function numberParagraphs(documentXml: string, numberingXml: string, stylesXml: string): string {
  const lists = parseLists(numberingXml);
  if (lists.size === 0) return documentXml;
  const styles = parseStyles(stylesXml);
  const counter = new Counter(lists);
  const parts: string[] = [];
  let from = 0;
  for (let start = documentXml.indexOf('<w:pPr>'); start >= 0; start = documentXml.indexOf('<w:pPr>', from)) {
    const end = documentXml.indexOf(PROPERTIES_END, start);
    if (end < 0) break;
    const properties = documentXml.slice(start, end);
    const style = value(properties, 'pStyle');
    const stated = parseProperty(properties);
    const ofStyle = style === undefined ? undefined : styles.get(style);
    const property = stated ?? ofStyle;
    const number = property === undefined || property.list === '0' ? '' : counter.next(property);
    parts.push(documentXml.slice(from, start), number === '' ? properties : properties.replace(/<w:numPr>[\s\S]{0,400}?<\/w:numPr>/, '<w:numPr><w:numId w:val="0"/></w:numPr>'), PROPERTIES_END);
    if (number !== '') parts.push(`<w:r><w:t xml:space="preserve">${escapeXml(number)}</w:t></w:r>`);
    from = end + PROPERTIES_END.length;
  }
  parts.push(documentXml.slice(from));
  return parts.join('');
}
