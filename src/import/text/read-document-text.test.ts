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

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A Word file from its parts, as other writers than the one of our tests make them. */
function packDocx(body: string, numbering: string, styles = '', footnotes = ''): Uint8Array {
  const links = (targets: Record<string, string>): Uint8Array => strToU8(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${Object.entries(targets).map(([type, target], i) => `<Relationship Id="r${i}" Type="${RELATIONS}/${type}" Target="${target}"/>`).join('')}</Relationships>`);
  return zipSync({
    '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
    '_rels/.rels': links({ officeDocument: 'word/document.xml' }),
    'word/document.xml': strToU8(`<w:document ${NAMESPACE}><w:body>${body}</w:body></w:document>`),
    'word/numbering.xml': strToU8(`<w:numbering ${NAMESPACE}>${numbering}</w:numbering>`),
    'word/styles.xml': strToU8(`<w:styles ${NAMESPACE}>${styles}</w:styles>`),
    'word/footnotes.xml': strToU8(`<w:footnotes ${NAMESPACE}>${footnotes}</w:footnotes>`),
    'word/_rels/document.xml.rels': links({ numbering: 'numbering.xml', styles: 'styles.xml', footnotes: 'footnotes.xml' }),
  });
}
const paragraph = (text: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const inList = (list: number, level = 0): string => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`;
const described = (start: string): string => `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="${start}"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>`;
const list = (number: number, more = ''): string => `<w:num w:numId="${number}"><w:abstractNumId w:val="0"/>${more}</w:num>`;
const linesOf = async (bytes: Uint8Array): Promise<string[]> => (await readDocumentText(bytes, 'a.docx')).text.split('\n').filter((line) => line !== '');

describe('numbers that Word makes', () => {
  it('count on through lists of one description, and begin anew where a list says so', async () => {
    const body = [1, 1, 2, 3, 3].map((number, i) => paragraph('甲乙丙丁戊'[i], inList(number))).join('');
    const restarted = list(3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>');
    expect(await linesOf(packDocx(body, described('1') + list(1) + list(2) + restarted))).toEqual(['一、甲', '二、乙', '三、丙', '一、丁', '二、戊']);
  });

  it('come from the style that a style is based on; a ring of styles ends', async () => {
    const styles = `<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:pPr>${inList(1, 1)}</w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style><w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="C"/></w:style>`;
    expect(await linesOf(packDocx(['A', 'B', 'C'].map((style) => paragraph(style, `<w:pStyle w:val="${style}"/>`)).join(''), described('1') + list(1), styles))).toEqual(['（一）A', '（二）B', 'C']);
  });

  it('outlive tracked changes; what was deleted is not counted', async () => {
    const changed = paragraph('改了格式', `${inList(1)}<w:pPrChange w:id="1" w:author="a"><w:pPr>${inList(2)}</w:pPr></w:pPrChange>`);
    const deleted = `<w:p><w:pPr>${inList(1)}<w:rPr><w:del w:id="2" w:author="a"/></w:rPr></w:pPr><w:del w:id="3" w:author="a"><w:r><w:delText>删了</w:delText></w:r></w:del></w:p>`;
    expect(await linesOf(packDocx(changed + deleted + paragraph('留下', inList(1)), described('1') + list(1) + list(2)))).toEqual(['一、改了格式', '二、留下']);
  });

  it.each([['-5', '一、'], ['none', '一、'], ['9'.repeat(55), '一、'], ['1234', '一千二百三十四、'], ['1010', '一千零一十、'], ['12345', '一万二千三百四十五、'], ['20010', '二万零一十、'], ['110', '一百一十、']])('starting at %s are %s', async (start, first) => {
    expect(await linesOf(packDocx(paragraph('甲', inList(1)), described(start) + list(1)))).toEqual([`${first}甲`]);
  });
});

describe('docx', () => {
  const run = (text: string, properties = ''): string => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;

  it('leaves out what Word hides: by the run, by its style, and no more', async () => {
    const styles = '<w:style w:type="character" w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="G"><w:name w:val="g"/><w:basedOn w:val="H"/></w:style>';
    const runs = run('看') + run('隐一', '<w:vanish/>') + run('得', '<w:vanish w:val="0"/>') + run('隐二', '<w:rStyle w:val="H"/>') + run('隐三', '<w:rStyle w:val="G"/>') + run('见', '<w:rStyle w:val="G"/><w:vanish w:val="false"/>');
    const hiddenParagraph = `<w:p><w:pPr>${inList(1)}<w:rPr><w:vanish/></w:rPr></w:pPr>${run('藏', '<w:vanish/>')}</w:p>`;
    expect(await linesOf(packDocx(`<w:p>${runs}</w:p>${hiddenParagraph}${paragraph('甲', inList(1))}`, described('1') + list(1), styles))).toEqual(['看得见', '一、甲']);
  });

  it('leaves out deleted and moved text and numbers of notes; notes stand at the end with their numbers', async () => {
    const note = '<w:footnote w:id="2"><w:p><w:r><w:t>按常住人口。</w:t></w:r></w:p></w:footnote>';
    const body = `<w:p>${run('达到80%')}<w:r><w:footnoteReference w:id="2"/></w:r>${run('以上')}<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del><w:moveFrom w:id="3"><w:r><w:t>移</w:t></w:r></w:moveFrom><w:ins w:id="4">${run('。')}</w:ins></w:p>`;
    expect(await linesOf(packDocx(body, '', '', note))).toEqual(['达到80%以上。', '[1] 按常住人口。']);
  });

  it('tells which lines are headings: by style, by level, by a style based on one, in bold', async () => {
    const styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="x"><w:name w:val="本局二级"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="y"><w:name w:val="y"/><w:basedOn w:val="x"/></w:style>';
    const body = [paragraph('甲', '<w:pStyle w:val="1"/>'), paragraph('正文。'), paragraph('乙', '<w:pStyle w:val="x"/>'), paragraph('丙', '<w:pStyle w:val="y"/>'), paragraph('丁', '<w:outlineLvl w:val="2"/>'), paragraph('戊', '<w:pStyle w:val="x"/><w:outlineLvl w:val="9"/>'), `<w:p>${run('己', '<w:b/>')}</w:p>`, `<w:p>${run('庚', '<w:b/>')}${run('辛')}</w:p>`].join('');
    const { text, headings } = await readDocumentText(packDocx(body, '', styles), 'a.docx');
    expect(headings.map(({ span, level }) => `${text.slice(...span)}${level}`)).toEqual(['甲1', '乙2', '丙2', '丁3', '己7']);
  });

  it('keeps columns where merged cells stand, and says a merged cell in each of its rows', async () => {
    const cell = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
    const row = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`;
    const table = `<w:tbl>${row(cell('领域', '<w:vMerge w:val="restart"/>'), cell('目标', '<w:gridSpan w:val="2"/>'), cell('单位'))}${row(cell('', '<w:vMerge/>'), cell('2027年'), cell('2030年'), cell('个'))}${row(cell('一、合并一行', '<w:gridSpan w:val="4"/>'))}${row(cell('公园'), cell(''), cell('5'), cell('个'))}</w:tbl>`;
    const { text } = await readDocumentText(packDocx(table, ''), 'a.docx');
    expect(text.split('\n').filter((line) => line !== '')).toEqual(['领域\t目标\t\t单位', '领域\t2027年\t2030年\t个', '一、合并一行\t', '公园\t\t5\t个']);
  });

  it('keeps tabs, so that what a person aligned by them stays a table', async () => {
    const tabbed = (...cells: string[]): string => `<w:p>${cells.map((text) => run(text)).join('<w:r><w:tab/></w:r>')}</w:p>`;
    expect(await linesOf(packDocx(tabbed('指标', '2030年') + tabbed('公园', '5'), ''))).toEqual(['指标\t2030年', '公园\t5']);
  });

  it('keeps paragraphs of one cell apart', async () => {
    const cell = `<w:tc>${paragraph('市住建局')}${paragraph('市城管局')}</w:tc>`;
    expect(await linesOf(packDocx(`<w:tbl><w:tr><w:tc>${paragraph('普查')}</w:tc>${cell}</w:tr></w:tbl>`, ''))).toEqual(['普查\t市住建局　市城管局']);
  });

  it('refuses a small file of millions of paragraphs before it is unpacked', async () => {
    await expect(readDocumentText(packDocx('<w:p/>'.repeat(5e5), ''), 'a.docx')).rejects.toMatchObject({ kind: 'input', code: 'import/zip-bomb' });
  });

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

  it('tells which lines are headings, broken ones as one', async () => {
    const { text, headings } = await readDocumentText(strToU8('<html><body><h2>看得见<br>的变化</h2><p>正文。</p><p><strong>院子</strong></p><p><b>注</b>意。</p><div style="font-weight:bold">楼道</div><table><tr><th>指标</th><th>单位</th></tr></table></body></html>'), 'a.html');
    expect(headings.map(({ span, level }) => [text.slice(...span), level])).toEqual([['看得见\n的变化', 2], ['院子', 7], ['楼道', 7]]);
  });

  it('reads a page laid out in tables within tables, indented by blanks, block by block', async () => {
    const page = '<html><body><table><tr><td><table><tr><td>首页</td></tr></table></td></tr><tr><td><p>&nbsp;&nbsp;&nbsp;&nbsp;第一段。</p><p>&nbsp;&nbsp;&nbsp;&nbsp;第二段。</p></td></tr></table></body></html>';
    expect((await readDocumentText(strToU8(page), 'a.html')).text.split('\n').map((line) => line.trim()).filter((line) => line !== '')).toEqual(['首页', '第一段。', '第二段。']);
  });

  it('lets no merged cell multiply a page', async () => {
    const page = `<table>${`<tr>${'<td rowspan=9999 colspan=9999>甲</td>'.repeat(20)}</tr>`.repeat(200)}</table>`;
    expect((await readDocumentText(strToU8(page), 'a.html')).text.length).toBeLessThan(page.length);
  });

  it('believes the encoding that a page names', async () => {
    const page = '<html><head><meta charset="gbk"></head><body><p>城市更新</p></body></html>';
    expect((await readDocumentText(iconv.encode(page, 'gbk'), 'a.htm')).text).toBe('城市更新\n');
  });

  it('reads a page nested a hundred thousand deep', async () => {
    const { text } = await readDocumentText(strToU8(`<html><body>${'<div>'.repeat(1e5)}到底了`), 'deep.html');
    expect(text).toContain('到底了');
  });

  it.each([['tags closed that were never opened', '<div></x>'.repeat(1e5)], ['tags in attributes', '<div title="</div>">'.repeat(1e5)], ['formatting left open', `${Array.from({ length: 900 }, (_, i) => `<font id=${i}>`).join('')}${'<p>一'.repeat(1e5)}`]])('reads a page with %s', async (_, html) => {
    const { text } = await readDocumentText(strToU8(`<html><body><script>var 秘密 = 1</script>${html}到底了`), 'deep.html');
    expect(text).toContain('到底了');
    expect(text).not.toContain('秘密');
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
