/**
 * The text of a Word file. mammoth turns the document into paragraphs and tables; what it leaves out, the numbers that Word makes by
 * itself (一、 (一) 1.), is written into the document before (`number-paragraphs.ts`), since a policy text without them has no outline.
 */
import { strToU8, zipSync } from 'fflate';
import mammoth from 'mammoth';
import { ChengmaiError } from '../../core/errors.ts';
import type { ByteSource } from '../model.ts';
import type { ZipArchive } from '../zip.ts';
import { openZip } from '../zip.ts';
import { numberParagraphs } from './number-paragraphs.ts';
import { markOutline, OUTLINE_STYLE } from './mark-outline.ts';
import type { HtmlText } from './read-html.ts';
import { htmlToText } from './read-html.ts';
import { dropHidden } from './drop-hidden.ts';

const BODY = 'word/document.xml';
/** Members that carry text; pictures and fonts are left behind. */
const NEEDED = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:document|numbering|styles|footnotes|endnotes|comments)\.xml|word\/_rels\/document\.xml\.rels)$/;
/** A document of ten million characters has 40 MB; mammoth takes about 2 s for each of ten. */
const LARGEST_MEMBER = 64 * 2 ** 20;
/** Text packs 10:1 and paragraphs of one pattern 30:1; a million empty paragraphs pack 600:1 and take mammoth a minute. */
const LIMITS = { maxRatio: 100, ratioFromBytes: 2 ** 20 };

/** @throws ChengmaiError `import/unknown-document`, `import/damaged-document`, `import/zip-…` */
export async function readDocx(source: ByteSource): Promise<HtmlText> {
  const archive = await openZip(source, LIMITS);
  if (archive.findMember(BODY) === undefined) {
    throw new ChengmaiError('input', 'import/unknown-document', { zh: `${source.name} 是压缩包，但不是 Word 文档（.docx）。`, en: `${source.name} is an archive but no Word document (.docx).` }, { file: source.name });
  }
  try {
    const buffer = await writeNumbered(archive);
    const { value } = await mammoth.convertToHtml({ buffer }, { ignoreEmptyParagraphs: true, externalFileAccess: false, styleMap: ['r[style-name="annotation reference"] => ', ...OUTLINE_STYLES] });
    const { text, headings } = htmlToText(value);
    return { text: text.replaceAll(TAB, '\t'), headings };
  } catch (cause) {
    if (cause instanceof ChengmaiError) throw cause;
    throw new ChengmaiError('input', 'import/damaged-document', { zh: `Word 文档 ${source.name} 已损坏，请用 Word 或 WPS 打开后另存。`, en: `The Word document ${source.name} is damaged; open it in Word and save it again.` }, { file: source.name }, cause);
  }
}

/** Levels of the outline as `markOutline` marks them; Word has nine, a page six. */
const OUTLINE_STYLES = [1, 2, 3, 4, 5, 6].map((level) => `p.${OUTLINE_STYLE}${level} => h${level}:fresh`);
/** Stands for a tab on its way through html, where a tab is a blank. */
const TAB = '\ue009';

/** The document's text parts, with automatic numbers written out, packed again. */
async function writeNumbered(archive: ZipArchive): Promise<Buffer> {
  const parts: Record<string, Uint8Array> = {};
  for (const { name } of archive.members) if (NEEDED.test(name)) parts[name] = await archive.readMember(name, { maxBytes: LARGEST_MEMBER });
  const read = (name: string): string => (parts[name] === undefined ? '' : new TextDecoder().decode(parts[name]));
  const styles = read('word/styles.xml');
  const shown = dropHidden(read(BODY), styles).replace(/<w:tab\s?\/>/g, `<w:t>${TAB}</w:t>`);
  parts[BODY] = strToU8(markOutline(numberParagraphs(shown, read('word/numbering.xml'), styles), styles));
  return Buffer.from(zipSync(parts, { level: 0 }));
}
