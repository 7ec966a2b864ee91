/**
 * The text layer of a PDF, page by page with a form feed between, lines as a person reads them (`order-page.ts`). Headers, footers and page numbers stay:
 * the policy reader knows them by their repetition. A scan without text is refused with a remedy; text is never guessed from pictures.
 */
import { getDocumentProxy } from 'unpdf';
import { ChengmaiError } from '../../core/errors.ts';
import type { Piece } from './order-page.ts';
import { orderPage } from './order-page.ts';

/** Below this many characters a page, on average, what there is are stamps and page numbers. */
const LEAST_PER_PAGE = 10;

// The space that a typesetter puts between Chinese and western characters comes out as a blank: 8 月 28 日.
const SET_OFF = /(?<=[\u3001-\u9fff\uff00-\uffef]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[\u3001-\u9fff\uff00-\uffef])/g;

export async function readPdf(name: string, bytes: Uint8Array): Promise<string> {
  const pages = await extractPages(name, bytes);
  const characters = pages.reduce((sum, page) => sum + page.replace(/\s/g, '').length, 0);
  if (characters < LEAST_PER_PAGE * Math.max(1, pages.length)) {
    throw new ChengmaiError(
      'input', 'import/pdf-without-text',
      { zh: `PDF ${name} 共 ${pages.length} 页，没有文字层（多为扫描件）。请先做文字识别（OCR），或导入 docx、txt 版本。`, en: `The PDF ${name} has ${pages.length} pages and no text layer; it is likely a scan. Run text recognition (OCR) on it first, or import it as docx or txt.` },
      { file: name },
    );
  }
  return pages.map((page) => page.trimEnd().replace(SET_OFF, '')).join('\n\f');
}

interface TextItem {
  readonly str: string;
  /** Matrix [a b c d x y] from the text's own space to the page's; b and c are 0 where it is upright. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

function toPiece({ str, transform, width, height }: TextItem): Piece & { readonly isTurned: boolean } {
  const [a, b, c, d, x, y] = transform;
  return { text: str, x, y, width, height: height > 0 ? height : Math.abs(d) || Math.hypot(a, b) || 10, isTurned: Math.abs(b) > 0.1 * Math.abs(a) || Math.abs(c) > 0.5 * Math.abs(d) };
}

async function extractPages(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  try {
    // The parser takes the buffer over; the caller's stays its own.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    try {
      const pages: string[] = [];
      for (let number = 1; number <= pdf.numPages; number++) {
        const page = await pdf.getPage(number);
        const { items } = await page.getTextContent();
        const all = items.flatMap((item): (Piece & { readonly isTurned: boolean })[] => ('str' in item && item.str !== '' ? [toPiece(item)] : []));
        // A stamp or a watermark across the page stands after its text.
        pages.push([...orderPage(all.filter(({ isTurned }) => !isTurned)), ...orderPage(all.filter(({ isTurned }) => isTurned))].join('\n'));
        page.cleanup();
      }
      return pages;
    } finally {
      await pdf.loadingTask.destroy();
    }
  } catch (cause) {
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new ChengmaiError(
      'input', isLocked ? 'import/locked-document' : 'import/damaged-document',
      isLocked
        ? { zh: `PDF ${name} 设有密码，请解除密码后导入。`, en: `The PDF ${name} is protected by a password; remove it and import again.` }
        : { zh: `PDF ${name} 已损坏或不完整，请重新获取。`, en: `The PDF ${name} is damaged or incomplete; get it again.` },
      { file: name }, cause,
    );
  }
}
