/**
 * The text of a document file: txt, docx, html, pdf with a text layer. What kind it is, its content says; its name does not matter.
 * Everything that a reader would see comes along, page furniture and navigation too: `src/policy` sets them aside and loses nothing.
 */
import { ChengmaiError } from '../../core/errors.ts';
import type { Defect, HeadingHint } from '../../policy/model.ts';
import { decodeText } from '../../policy/text/decode-text.ts';
import { bytesSource, tooLarge } from '../byte-source.ts';
import { isZip } from '../zip.ts';
import { readDocx } from './read-docx.ts';
import { htmlToText } from './read-html.ts';
import { restoreRadicals } from './radicals.ts';
import { readPdf } from './read-pdf.ts';

export type DocumentFormat = 'txt' | 'docx' | 'html' | 'pdf';
const MEDIA_TYPES: Readonly<Record<DocumentFormat, string>> = {
  txt: 'text/plain', html: 'text/html', pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};
export interface DocumentText {
  readonly format: DocumentFormat;
  /** `text/plain` … */
  readonly mediaType: string;
  readonly text: string;
  /** Of the characters, where the format leaves that open. */
  readonly encoding: string;
  /** Characters that could not be read; spans in `text`. */
  readonly defects: readonly Defect[];
  /** Lines that the file sets as headings; spans in `text`, ascending. None in txt and pdf. */
  readonly headings: readonly HeadingHint[];
}

const LARGEST_BYTES = 64 * 2 ** 20;

function begins(bytes: Uint8Array, words: string): boolean {
  for (let i = 0; i < words.length; i++) if (bytes[i] !== words.charCodeAt(i)) return false;
  return true;
}

/** `<html`, `<!doctype html`, or the tags that a fragment of a page begins with, after blanks and comments. */
function isHtml(text: string): boolean {
  return /^\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,50})?(?:<!--[^>]{0,400}-->\s{0,50})?<(?:!doctype\s+html|html|head|body|div|article|meta|table|p)[\s>]/i.test(text.slice(0, 2000));
}

function unknownDocument(name: string, zh: string, en: string): ChengmaiError {
  return new ChengmaiError('input', 'import/unknown-document', { zh: `无法读取文档 ${name}（${zh}）。可读取 txt、docx、html 和带文字层的 pdf。`, en: `The document ${name} cannot be read (${en}). txt, docx, html and pdf with a text layer can.` }, { file: name });
}

/** @throws ChengmaiError `import/unknown-document`, `import/pdf-without-text`, `import/locked-document`, `import/damaged-document`, `import/too-large`, `import/zip-…` */
export async function readDocumentText(bytes: Uint8Array, fileName: string): Promise<DocumentText> {
  if (bytes.length > LARGEST_BYTES) throw tooLarge(bytesSource(fileName, bytes), LARGEST_BYTES);
  const decoded = (format: DocumentFormat, text: string, encoding = 'utf-8', defects: readonly Defect[] = [], headings: readonly HeadingHint[] = []): DocumentText => ({ format, mediaType: MEDIA_TYPES[format], text: restoreRadicals(text), encoding, defects, headings });
  if (begins(bytes, '%PDF')) return decoded('pdf', await readPdf(fileName, bytes));
  if (isZip(bytes)) {
    const { text, headings } = await readDocx(bytesSource(fileName, bytes));
    return decoded('docx', text, 'utf-8', [], headings);
  }
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0) throw unknownDocument(fileName, '旧版 Word 或 WPS 文件，请另存为 .docx', 'an old Word or WPS file; save it as .docx');
  if (begins(bytes, '{\\rtf')) throw unknownDocument(fileName, 'RTF 文件，请另存为 .docx', 'an RTF file; save it as .docx');
  const { text, encoding, defects } = decodeText(bytes);
  if (!isHtml(text)) return decoded('txt', text, encoding, defects);
  const page = htmlToText(redecode(bytes, text));
  return decoded('html', page.text, encoding, [], page.headings);
}

/** A page that names its encoding (charset=gbk) is believed where that encoding can be decoded without loss. */
function redecode(bytes: Uint8Array, text: string): string {
  const stated = /<meta[^>]{1,200}charset\s{0,3}=\s{0,3}["']?([\w-]{2,20})/i.exec(text.slice(0, 4000))?.[1];
  if (stated === undefined || /^utf-?8$/i.test(stated)) return text;
  try {
    return new TextDecoder(/^gb/i.test(stated) ? 'gb18030' : stated, { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
