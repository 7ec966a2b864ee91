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
interface List {
  /** Lists of one description count on from each other (17.9.15): Word makes a new list of it where a person goes on after a table. */
  readonly description: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels that begin anew where this list begins, and with what. */
  readonly restarts: ReadonlyMap<number, number>;
}
/** By number of the list (numId). */
type Lists = ReadonlyMap<string, List>;

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

const wholeNumber = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined);

function parseLevels(body: string): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const { open, body: inside } of elements(body, 'lvl')) {
    const number = Number(/w:ilvl="(\d)"/.exec(open)?.[1] ?? -1);
    levels.set(number, { format: value(inside, 'numFmt') ?? 'decimal', text: value(inside, 'lvlText') ?? '', start: wholeNumber(value(inside, 'start')) ?? 1 });
  }
  return levels;
}

function parseLists(numbering: string): Lists {
  const abstract = new Map<string, Map<number, Level>>();
  for (const { open, body } of elements(numbering, 'abstractNum')) abstract.set(/w:abstractNumId="(-?\d+)"/.exec(open)?.[1] ?? '', parseLevels(body));
  const lists = new Map<string, List>();
  for (const { open, body } of elements(numbering, 'num')) {
    const description = value(body, 'abstractNumId') ?? '';
    const described = abstract.get(description);
    if (described === undefined) continue;
    const levels = new Map([...described, ...parseLevels(body)]);
    const restarts = new Map<number, number>();
    for (const { open: override, body: inside } of elements(body, 'lvlOverride')) {
      const start = wholeNumber(value(inside, 'startOverride'));
      if (start !== undefined) restarts.set(Number(/w:ilvl="(\d)"/.exec(override)?.[1] ?? 0), start);
    }
    lists.set(/w:numId="(-?\d+)"/.exec(open)?.[1] ?? '', { description, levels, restarts });
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

/** Styles with numbers of their own or of the style they are based on. */
function parseStyles(styles: string): Map<string, NumberProperty> {
  const own = new Map<string, { property: NumberProperty | undefined; base: string | undefined }>();
  for (const { open, body } of elements(styles, 'style')) {
    const id = /w:styleId="([^"]{0,80})"/.exec(open)?.[1];
    if (id !== undefined) own.set(id, { property: parseProperty(body), base: value(body, 'basedOn') });
  }
  const numbered = new Map<string, NumberProperty>();
  for (const id of own.keys()) {
    let style = own.get(id);
    for (let steps = 0; style !== undefined && style.property === undefined && steps < MOST_BASES; steps++) style = style.base === undefined ? undefined : own.get(style.base);
    if (style?.property !== undefined) numbered.set(id, style.property);
  }
  return numbered;
}

/** Styles are based on each other a few steps deep; a ring has no end. */
const MOST_BASES = 20;

const DIGITS = '〇一二三四五六七八九';

/** As counted, up to 99,999,999: 十一, 二十, 一百零五, 一千二百三十四, 一万二千. */
function toChinese(n: number): string {
  if (n < 10) return DIGITS[n];
  if (n >= 10_000) return n >= 1e8 ? String(n) : `${toChinese(Math.floor(n / 10_000))}万${n % 10_000 === 0 ? '' : `${n % 10_000 < 1000 ? '零' : ''}${belowMyriad(n % 10_000)}`}`;
  return belowMyriad(n).replace(/^一十/, '十');
}

/** 1–9999, ten as 一十: it stands after a higher place. */
function belowMyriad(n: number): string {
  let text = '';
  let isGap = false;
  for (const [worth, sign] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(n / worth) % 10;
    if (digit === 0) isGap = text !== '';
    else {
      text += `${isGap ? '零' : ''}${DIGITS[digit]}${sign}`;
      isGap = false;
    }
  }
  return text;
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
  readonly #begun = new Set<string>();

  constructor(lists: Lists) {
    this.#lists = lists;
  }

  /** The next number of a level, as printed; '' for bullets and lists that are not described. */
  next({ list, level }: NumberProperty): string {
    const stated = this.#lists.get(list);
    const own = stated?.levels.get(level);
    if (stated === undefined || own === undefined) return '';
    const { description, levels, restarts } = stated;
    const counts = this.#counts.get(description) ?? [];
    this.#counts.set(description, counts);
    const restart = restarts.get(level);
    const key = `${list}/${level}`;
    if (restart !== undefined && !this.#begun.has(key)) counts[level] = restart;
    else counts[level] = (counts[level] ?? own.start - 1) + 1;
    this.#begun.add(key);
    counts.length = level + 1;
    if (own.format === 'bullet' || own.format === 'none') return '';
    return unescapeXml(own.text).replace(/%(\d)/g, (_, digit: string) => {
      const of = Number(digit) - 1;
      return writeNumber(counts[of] ?? levels.get(of)?.start ?? 1, levels.get(of)?.format ?? 'decimal');
    });
  }
}

const PROPERTIES_END = '</w:pPr>';

/** Where a paragraph's properties end; those before a tracked change stand within them. -1: nowhere. */
function endOfProperties(xml: string, start: number): number {
  let end = xml.indexOf(PROPERTIES_END, start);
  for (let inner = xml.indexOf('<w:pPr>', start + 1); inner >= 0 && inner < end; inner = xml.indexOf('<w:pPr>', inner + 1)) end = xml.indexOf(PROPERTIES_END, end + 1);
  return end;
}

/** document.xml with the numbers of its paragraphs as text. Without numbering.xml it comes back as it is. */
/** A paragraph without text whose mark is hidden is not shown, and not counted. */
function isHidden(documentXml: string, properties: string, end: number): boolean {
  if (!/<w:vanish(?:\/>|\s(?![^>]{0,40}w:val="(?:0|false|off)"))/.test(properties)) return false;
  const close = documentXml.indexOf('</w:p>', end), text = documentXml.indexOf('<w:t', end + PROPERTIES_END.length);
  return text < 0 || text > close;
}

export function numberParagraphs(documentXml: string, numberingXml: string, stylesXml: string): string {
  const lists = parseLists(numberingXml);
  if (lists.size === 0) return documentXml;
  const styles = parseStyles(stylesXml);
  const counter = new Counter(lists);
  const parts: string[] = [];
  let from = 0;
  for (let start = documentXml.indexOf('<w:pPr>'); start >= 0; start = documentXml.indexOf('<w:pPr>', from)) {
    const end = endOfProperties(documentXml, start);
    if (end < 0) break;
    // as they were before a tracked change does not count
    const properties = documentXml.slice(start, end).replace(/<w:pPrChange[\s>][\s\S]*?<\/w:pPrChange>/, '');
    const style = value(properties, 'pStyle');
    const stated = parseProperty(properties);
    const ofStyle = style === undefined ? undefined : styles.get(style);
    const property = stated ?? ofStyle;
    const isDeleted = /<w:rPr>\s{0,9}(?:<w:ins\s[^>]{0,200}>\s{0,9})?<w:del\s/.test(properties);
    const number = property === undefined || property.list === '0' || isDeleted || isHidden(documentXml, properties, end) ? '' : counter.next(property);
    parts.push(documentXml.slice(from, start), number === '' ? properties : properties.replace(/<w:numPr>[\s\S]{0,400}?<\/w:numPr>/, '<w:numPr><w:numId w:val="0"/></w:numPr>'), PROPERTIES_END);
    if (number !== '') parts.push(`<w:r><w:t xml:space="preserve">${escapeXml(number)}</w:t></w:r>`);
    from = end + PROPERTIES_END.length;
  }
  parts.push(documentXml.slice(from));
  return parts.join('');
}
