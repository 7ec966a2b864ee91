import { AlignmentType, Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import iconv from 'iconv-lite';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDocumentText } from './read-document-text.ts';

/** A PDF of pages of text without embedded fonts, Chinese mapped by a ToUnicode table as writers make it. */
function makePdf(pages: readonly (readonly string[])[]): Uint8Array {
  const characters = [...new Set(pages.flat().join(''))];
  const codeOf = (character: string): string => (characters.indexOf(character) + 1).toString(16).padStart(4, '0');
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n${characters.map((character) => `1 beginbfchar <${codeOf(character)}> <${character.charCodeAt(0).toString(16).padStart(4, '0')}> endbfchar`).join('\n')}\nendcmap CMapName currentdict /CMap defineresource pop end end`;
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const stream = (body: string): string => `<< /Length ${body.length} >>\nstream\n${body}\nendstream`;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Kids [${pages.map((_, i) => `${7 + 2 * i} 0 R`).join(' ')}] /Count ${pages.length} >>`);
  add('<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>');
  add('<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 >>');
  add('<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>');
  add(stream(map));
  for (const lines of pages) {
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`);
    add(stream(`BT /F 12 Tf 20 TL 60 780 Td ${lines.map((line) => `<${[...line].map(codeOf).join('')}> Tj T*`).join(' ')} ET`));
  }
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF`;
  return strToU8(text, true);
}

describe('txt', () => {
  it('reads GB18030 and keeps line ends', async () => {
    expect(await readDocumentText(iconv.encode('一、总体要求\r\n到2030年。', 'gb18030'), '某.txt')).toMatchObject({ format: 'txt', mediaType: 'text/plain', encoding: 'gb18030', text: '一、总体要求\r\n到2030年。' });
  });
});

describe('docx', () => {
  it('writes out the numbers that Word makes, and rows of tables on lines', async () => {
    const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({ level: at, format, text, alignment: AlignmentType.START });
    const numbered = (text: string, at: number): Paragraph => new Paragraph({ text, numbering: { reference: 'clauses', level: at } });
    const row = (...cells: string[]): TableRow => new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) });
    const file = new Document({
      numbering: { config: [{ reference: 'clauses', levels: [level(0, LevelFormat.CHINESE_COUNTING, '%1、'), level(1, LevelFormat.CHINESE_COUNTING, '（%2）'), level(2, LevelFormat.DECIMAL, '%3.')] }] },
      sections: [{
        children: [
          new Paragraph({ children: [new TextRun('示范市城市更新'), new TextRun({ text: '实施方案', bold: true })] }),
          numbered('总体要求', 0), new Paragraph('到2030年，全面完成。'), numbered('主要任务', 0), numbered('补短板。加快建设。', 1), numbered('道路', 2), numbered('管网', 2), numbered('强管理。加强巡查。', 1), numbered('桥梁', 2), numbered('组织保障', 0),
          new Table({ rows: [row('任务', '单位'), row('摸清底数', '市住建局')] }),
        ],
      }],
    });
    const { format, text } = await readDocumentText(await Packer.toBuffer(file), '方案.docx');
    expect(format).toBe('docx');
    expect(text.split('\n').filter((line) => line !== '')).toEqual([
      '示范市城市更新实施方案', '一、总体要求', '到2030年，全面完成。', '二、主要任务', '（一）补短板。加快建设。', '1.道路', '2.管网', '（二）强管理。加强巡查。', '1.桥梁', '三、组织保障', '任务\t单位', '摸清底数\t市住建局',
    ]);
  });

  it('refuses other archives and damaged documents with a remedy', async () => {
    await expect(readDocumentText(zipSync({ 'a.txt': strToU8('x') }), 'a.zip')).rejects.toMatchObject({ kind: 'input', code: 'import/unknown-document' });
    await expect(readDocumentText(zipSync({ 'word/document.xml': strToU8('<w:document') }), 'a.docx')).rejects.toMatchObject({ kind: 'input', code: 'import/damaged-document' });
    await expect(readDocumentText(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'a.doc')).rejects.toMatchObject({ code: 'import/unknown-document', text: { zh: expect.stringContaining('.docx') } });
  });
});

describe('html', () => {
  it('gives what a person sees: blocks on lines, rows with tabs, nothing hidden', async () => {
    const page = `<!DOCTYPE html><html><head><title>站点</title><style>p{}</style></head><body><nav><a>首页</a></nav>
      <h1>关于加强内涝治理<br>的通知</h1><p>　　为做好工作，\n  经市政府同意。</p><p hidden>隐藏</p><div style="display:none">秘密</div>
      <table><tr><th>任务</th><th>单位</th></tr><tr><td><p>普查</p></td><td>住建局</td></tr></table>
      <table><tr><td><p>${'第一段。'.repeat(120)}</p><p>第二段。</p></td></tr></table><script>var a = "<p>x</p>"</script></body></html>`;
    const { format, text } = await readDocumentText(strToU8(page), 'a.html');
    expect(format).toBe('html');
    expect(text.split('\n').filter((line) => line !== '')).toEqual(['首页', '关于加强内涝治理', '的通知', '　　为做好工作，经市政府同意。', '任务\t单位', '普查\t住建局', '第一段。'.repeat(120), '第二段。']);
  });

  it('believes the encoding that a page names', async () => {
    const page = '<html><head><meta charset="gbk"></head><body><p>城市更新</p></body></html>';
    expect((await readDocumentText(iconv.encode(page, 'gbk'), 'a.htm')).text).toBe('城市更新\n');
  });

  it('reads a page nested a hundred thousand deep', async () => {
    const { text } = await readDocumentText(strToU8(`<html><body>${'<div>'.repeat(1e5)}到底了`), 'deep.html');
    expect(text).toContain('到底了');
  });
});

describe('pdf', () => {
  it('reads the text layer, pages parted by a form feed, headers and page numbers kept', async () => {
    const { format, text } = await readDocumentText(makePdf([['示范市文件', '一、总体要求到2030年', '- 1 -'], ['示范市文件', '全面完成各项任务。', '- 2 -']]), 'a.pdf');
    expect(format).toBe('pdf');
    expect(text).toBe('示范市文件\n一、总体要求到2030年\n- 1 -\n\f示范市文件\n全面完成各项任务。\n- 2 -');
  });

  it('refuses a scan, and says what to do', async () => {
    await expect(readDocumentText(makePdf([[' '], [' ']]), '扫描.pdf')).rejects.toMatchObject({ kind: 'input', code: 'import/pdf-without-text', text: { zh: expect.stringContaining('OCR') }, place: { file: '扫描.pdf' } });
  });

  it('refuses a damaged file', async () => {
    await expect(readDocumentText(strToU8('%PDF-1.7 and nothing else'), 'a.pdf')).rejects.toMatchObject({ kind: 'input', code: 'import/damaged-document' });
  });
});
