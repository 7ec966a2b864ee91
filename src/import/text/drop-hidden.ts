/**
 * Runs that Word does not show (w:vanish, ECMA-376 part 1, 17.3.2.41), by their own property or by their character style, are taken out of document.xml: mammoth reads them
 * as text. A paragraph's mark that is hidden stays, since it only ends a line.
 */

const isOn = (element: string): boolean => !/w:val="(?:0|false|off|none)"/.test(element);
const isHiding = (properties: string): boolean => {
  const vanish = /<w:vanish(?:\s[^>]{0,60})?\/?>/.exec(properties);
  return vanish !== null && isOn(vanish[0]);
};

/** Ids of character styles that hide, the ones based on them too. */
function listHidingStyles(styles: string): Set<string> {
  const hiding = new Set<string>();
  const bases = new Map<string, string>();
  for (const { 0: whole, 1: id } of styles.matchAll(/<w:style\s[^>]{0,300}?w:styleId="([^"]{1,80})"[^>]{0,300}>[\s\S]{0,6000}?<\/w:style>/g)) {
    const base = /<w:basedOn\s[^>]{0,60}?w:val="([^"]{1,80})"/.exec(whole)?.[1];
    if (base !== undefined) bases.set(id, base);
    if (/w:type="character"/.test(whole.slice(0, 300)) && isHiding(whole)) hiding.add(id);
  }
  for (let grew = hiding.size > 0; grew; ) {
    const before = hiding.size;
    for (const [id, base] of bases) if (hiding.has(base)) hiding.add(id);
    grew = hiding.size > before;
  }
  return hiding;
}

const OPEN = /<w:r(?:\s[^>]{0,200})?>/g;

/** End of the run that begins before `from`; runs stand in runs where one holds a text box. -1: it has none. */
function endOfRun(xml: string, from: number): number {
  const tag = /<w:r(?:\s[^>]{0,200})?>|<\/w:r>/g;
  tag.lastIndex = from;
  let depth = 1;
  for (let match = tag.exec(xml); match !== null; match = tag.exec(xml)) {
    depth += match[0] === '</w:r>' ? -1 : 1;
    if (depth === 0) return tag.lastIndex;
  }
  return -1;
}

export function dropHidden(documentXml: string, styles: string): string {
  const hiding = listHidingStyles(styles);
  if (hiding.size === 0 && !documentXml.includes('<w:vanish')) return documentXml;
  const parts: string[] = [];
  let from = 0;
  const open = new RegExp(OPEN);
  for (let match = open.exec(documentXml); match !== null; match = open.exec(documentXml)) {
    const inside = open.lastIndex;
    if (!documentXml.startsWith('<w:rPr>', inside)) continue;
    const properties = documentXml.slice(inside, documentXml.indexOf('</w:rPr>', inside));
    const style = /<w:rStyle\s[^>]{0,60}?w:val="([^"]{1,80})"/.exec(properties)?.[1];
    const isStated = /<w:vanish[\s/>]/.test(properties);
    if (!(isStated ? isHiding(properties) : style !== undefined && hiding.has(style))) continue;
    const end = endOfRun(documentXml, inside);
    if (end < 0) break;
    parts.push(documentXml.slice(from, match.index));
    from = end;
    open.lastIndex = end;
  }
  parts.push(documentXml.slice(from));
  return parts.join('');
}
