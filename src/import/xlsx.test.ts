import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { errorCode, readAll } from '../../test/read-all.ts';

type Value = string | number | boolean | Date | null;

async function workbook(...sheets: { name: string; rows: Value[][] }[]): Promise<Uint8Array> {
  const data = sheets.map(({ name, rows }) => ({ sheet: name, data: rows.map((row) => row.map((value) => (value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : { value }))) }));
  return new Uint8Array(await writeXlsxFile(data as Parameters<typeof writeXlsxFile>[0]).toBuffer());
}

/** A workbook of one sheet with the given XML for its rows. */
function bareWorkbook(rows: string): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'),
    '_rels/.rels': strToU8('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
    'xl/workbook.xml': strToU8('<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/worksheets/sheet1.xml': strToU8(`<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`),
  });
}

describe('Excel workbooks', () => {
  it('give the rows of every sheet, numbers, flags and dates as such', async () => {
    const bytes = await workbook(
      { name: '公园', rows: [['编号', '名称', '经度', '纬度', '建成'], ['P1', '中山公园', 114.27, 30.58, new Date(Date.UTC(2010, 4, 1))], ['P2', '解放公园', 114.29, 30.61, null]] },
      { name: '说明', rows: [['项目', '内容'], ['单位', '园林局']] },
    );
    const read = await readAll('parks.xlsx', bytes);
    expect(read.format).toBe('xlsx');
    expect(read.features.map((f) => [f.layer, f.sourceId, f.name, f.attributes['建成']])).toEqual([['custom:公园', 'P1', '中山公园', '2010-05-01'], ['custom:公园', 'P2', '解放公园', null]]);
    expect(read.rows.map((row) => [row.table, row.row, row.values['内容']])).toEqual([['custom:说明', 2, '园林局']]);
    expect((await readAll('parks.xlsx', bytes, { member: '说明' })).features).toEqual([]);
    expect(await errorCode(readAll('parks.xlsx', bytes, { member: '无' }))).toBe('import/no-member');
  });

  it('follow the contracts, under titles as well', async () => {
    const read = await readAll('台账.xlsx', await workbook({ name: 'S', rows: [['某市房屋台账', null, null, null], ['楼栋编号', '建成年份', '层数', '电梯'], [1001, 1985, 6, '无'], [1002, 20225, 6, '有']] }));
    expect(read.facts.contract).toBe('buildings');
    expect(read.rows.map((row) => [row.key, row.row, row.values['year_built'], row.values['lift']])).toEqual([['1001', 3, 1985, false], ['1002', 4, null, true]]);
  });

  it('are refused where a stray cell makes a sheet of thousands of millions of cells', async () => {
    const cell = (reference: string): string => `<row r="${reference.replace(/\D/g, '')}"><c r="${reference}"><v>1</v></c></row>`;
    expect(await errorCode(readAll('a.xlsx', bareWorkbook(cell('A1') + cell('XFD1'))))).toBe('import/header-too-wide');
    expect(await errorCode(readAll('a.xlsx', bareWorkbook(cell('A1') + cell('ALL1048576'))))).toBe('import/sheet-too-large');
    expect(await errorCode(readAll('a.xlsx', bareWorkbook(cell('A1') + cell('A99999999'))))).toBe('import/sheet-too-large');
    expect((await readAll('a.xlsx', bareWorkbook(''))).counts).toEqual({ 'import/no-features': 1 });
  });

  it('are refused when damaged', async () => {
    const bytes = await workbook({ name: 'S', rows: [['a', 'b'], ['x', 1]] });
    expect(await errorCode(readAll('a.xlsx', bytes.slice(0, bytes.length - 100)))).toMatch(/^import\/zip-/);
    expect(await errorCode(readAll('a.xlsx', zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/workbook.xml': strToU8('<nonsense') })))).toBe('import/bad-workbook');
    const foreign = new Uint8Array(bytes.length + 500);
    foreign.set(bytes, 500);
    expect(await errorCode(readAll('a.xlsx', foreign))).not.toBe('no answer');
  });
});
