/**
 * Paragraphs with a level in Word's outline (w:outlineLvl, their own or of the style they have or that it is based on; ECMA-376 part 1, 17.3.1.20) get a style by which
 * mammoth knows them: it goes by the names of Word's own heading styles, and papers come with styles of their makers' names.
 */

/** `ChengmaiOutline1` … `6`. */
export const OUTLINE_STYLE = 'ChengmaiOutline';
/** Deeper ones count as this: a page has six. */
const DEEPEST = 6;
const MOST_BASES = 20;

/** 1–6; 0 for body text (Word's level 9). */
function levelIn(xml: string): number | undefined {
  const stated = /<w:outlineLvl\s[^>]{0,60}?w:val="(\d)"/.exec(xml)?.[1];
  return stated === undefined ? undefined : stated === '9' ? 0 : Math.min(Number(stated) + 1, DEEPEST);
}

function listStyleLevels(styles: string): Map<string, number> {
  const own = new Map<string, { level: number | undefined; base: string | undefined }>();
  for (const { 0: whole, 1: id } of styles.matchAll(/<w:style\s[^>]{0,300}?w:styleId="([^"]{1,80})"[^>]{0,300}>[\s\S]{0,6000}?<\/w:style>/g)) {
    const named = /<w:name\s[^>]{0,60}?w:val="(?:heading|标题)\s?([1-9])"/i.exec(whole)?.[1];
    own.set(id, { level: levelIn(whole) ?? (named === undefined ? undefined : Math.min(Number(named), DEEPEST)), base: /<w:basedOn\s[^>]{0,60}?w:val="([^"]{1,80})"/.exec(whole)?.[1] });
  }
  const levels = new Map<string, number>();
  for (const id of own.keys()) {
    let style = own.get(id);
    for (let steps = 0; style !== undefined && style.level === undefined && steps < MOST_BASES; steps++) style = style.base === undefined ? undefined : own.get(style.base);
    if (style?.level !== undefined && style.level > 0) levels.set(id, style.level);
  }
  return levels;
}

export function markOutline(documentXml: string, styles: string): string {
  const levels = listStyleLevels(styles);
  if (levels.size === 0 && !documentXml.includes('<w:outlineLvl')) return documentXml;
  const parts: string[] = [];
  let from = 0;
  for (let start = documentXml.indexOf('<w:pPr>'); start >= 0; start = documentXml.indexOf('<w:pPr>', from)) {
    // What stands in a tracked change is how the paragraph was before.
    const end = documentXml.indexOf('</w:pPr>', start);
    if (end < 0) break;
    const changed = documentXml.indexOf('<w:pPrChange', start);
    const properties = documentXml.slice(start, changed >= 0 && changed < end ? changed : end);
    const style = /<w:pStyle\s[^>]{0,60}?w:val="([^"]{1,80})"[^>]{0,20}\/>/.exec(properties);
    const level = levelIn(properties) ?? (style === null ? undefined : levels.get(style[1]));
    parts.push(documentXml.slice(from, start));
    if (level === undefined || level === 0) parts.push(properties);
    else parts.push(`<w:pPr><w:pStyle w:val="${OUTLINE_STYLE}${level}"/>${properties.slice('<w:pPr>'.length).replace(style?.[0] ?? '', '')}`);
    from = start + properties.length;
  }
  parts.push(documentXml.slice(from));
  return parts.join('');
}
