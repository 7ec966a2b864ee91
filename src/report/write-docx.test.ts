import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Block, ReportDocument } from './document.ts';
import { writeDocxInThread } from './docx-task.ts';
import { writeDocx } from './write-docx.ts';

const heading = (text: string, level: 1 | 2 = 1): Block => ({ type: 'heading', level, text, newPage: level === 1 });
const lines = (count: number): Block[] => Array.from({ length: count }, (_, i): Block => ({ type: 'paragraph', text: `第${i + 1}段。` }));
const reportOf = (blocks: readonly Block[]): ReportDocument => ({ language: 'zh', title: '体检报告', subtitle: '示范', facts: ['2025'], blocks });

async function partsOf(report: ReportDocument): Promise<{ document: string; settings: string }> {
  const files = unzipSync(await writeDocx(report));
  return { document: strFromU8(files['word/document.xml']), settings: strFromU8(files['word/settings.xml']) };
}

/** Lines of the contents: text and page. */
function contentsOf(document: string): string[] {
  const inside = /<w:sdtContent>(.*?)<\/w:sdtContent>/s.exec(document)?.[1] ?? '';
  return [...inside.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('|')).filter((text) => text !== '');
}

describe('the contents of a Word file', () => {
  // A page has 16838 − 1440 − 1300 twips: 704.9 pt. A paragraph takes 19 pt and 6 pt after it, a chapter's head 18 + 28 + 6 pt: 26 paragraphs on
  // its first page, 28 on each further one (the last may let its 6 pt hang). 100 are 26 + 28 + 28 + 18.
  it('have the pages when the file is opened, and nobody is asked', async () => {
    const { document, settings } = await partsOf(reportOf([heading('甲'), ...lines(100), heading('乙'), ...lines(20), heading('乙一', 2), ...lines(10), heading('丙'), ...lines(1)]));
    expect(contentsOf(document)).toEqual(['甲|3', '乙|7', '乙一|7', '丙|9']);
    expect(document).not.toMatch(/w:dirty="(?:true|1)"/);
    expect(settings).not.toContain('updateFields');
  });

  it('have them where a character is of no font that is known', async () => {
    const { document } = await partsOf(reportOf([heading('Ⅰ型小城市'), { type: 'paragraph', text: '🏙 ꙮ ⅴ' }, heading('后')]));
    expect(contentsOf(document)).toEqual(['I型小城市|3', '后|4']);
  });

  it('keeps tables and pictures in view', async () => {
    const scene = { width: 400, height: 500, background: '#ffffff', shapes: [], alt: '空' };
    const table: Block = { type: 'table', caption: '表', columns: [{ header: '列', width: 1 }], rows: Array.from({ length: 60 }, (_, i) => [String(i)]), empty: '无' };
    // a picture of 375 pt and its words leave no room for a second: three are three pages; 61 rows of 18 pt at least are two
    const { document } = await partsOf(reportOf([heading('图'), ...[1, 2, 3].map((): Block => ({ type: 'figure', caption: '图', scene })), heading('表'), table, heading('末')]));
    expect(contentsOf(document)).toEqual(['图|3', '表|6', '末|8']);
  });
});

it('is written in a thread that is stopped when nobody wants it any more', async () => {
  const report = reportOf([heading('甲'), ...lines(3)]);
  expect(contentsOf(strFromU8(unzipSync(await writeDocxInThread(report, undefined))['word/document.xml']))).toEqual(['甲|3']);
  await expect(writeDocxInThread(report, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
});
