import { describe, expect, it } from 'vitest';
import { NoteBook } from '../../core/note.ts';
import { bytesSource } from '../byte-source.ts';
import { readPointTable } from './point-table.ts';
import type { PointTable } from './point-table.ts';

const idsOf = ({ ids }: PointTable): string[] => Array.from({ length: ids.length }, (_, i) => ids.get(i));

const read = async (text: string, wanted: readonly string[] = []): Promise<{ table: Awaited<ReturnType<typeof readPointTable>>; codes: Record<string, number> }> => {
  const notes = new NoteBook();
  const table = await readPointTable(bytesSource('points.csv', new TextEncoder().encode(text)), wanted, notes);
  return { table, codes: Object.fromEntries(notes.list().map(({ code, count }) => [code, count])) };
};

describe('points from a table', () => {
  it('finds its columns by name, in any order, and reads numbers as people write them', async () => {
    const { table, codes } = await read('学校;纬度;经度;编号\n3;30.5;114.3;a\n;30.6;114.4;b\n"1,000";30.7;114.5;c\n', ['学校']);
    expect(codes).toEqual({});
    expect(idsOf(table)).toEqual(['a', 'b', 'c']);
    expect([...table.lonLat]).toEqual([114.3, 30.5, 114.4, 30.6, 114.5, 30.7]);
    expect([...(table.columns.get('学校') ?? [])]).toEqual([3, 0, 1000]);
  });

  it('leaves out rows without a place and counts them, by row', async () => {
    const { table, codes } = await read('id,lon,lat,n\na,114,30,1\nb,,30,1\nc,999,30,1\nd,114,30,many\na,115,30,2\n', ['n']);
    expect(idsOf(table)).toEqual(['a', 'd', 'a']);
    expect([...(table.columns.get('n') ?? [])]).toEqual([1, 0, 2]);
    expect(codes).toEqual({ 'import/bad-coordinate': 2, 'import/not-a-number': 1, 'import/double-id': 1 });
  });

  it('names what is missing', async () => {
    await expect(read('id,lat\na,1\n')).rejects.toMatchObject({ code: 'import/missing-column', place: { field: 'lon' } });
    await expect(read('id,lon,lat\na,1,2\n', ['jobs'])).rejects.toMatchObject({ code: 'import/missing-column', place: { field: 'jobs' } });
    await expect(read('id,lon,lat\n')).rejects.toMatchObject({ code: 'import/no-points' });
    await expect(read('')).rejects.toMatchObject({ code: 'import/no-points' });
  });

  it('has room for every row, whatever ends the lines and in every encoding', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['id,lon,lat', ...Array.from({ length: 300 }, (_, i) => `点${i},114,30`)].join(end);
      expect((await read(text)).table.ids.length).toBe(300);
      const notes = new NoteBook();
      const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
      const table = await readPointTable(bytesSource('wide.csv', wide), [], notes);
      expect(idsOf(table).slice(297)).toEqual(['点297', '点298', '点299']);
    }
  });

  it('takes thousands of points', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `p${i},${i / 100},${i / 1000},${i}`);
    const { table } = await read(`id,lon,lat,n\n${rows.join('\n')}`, ['n']);
    expect(table.ids.length).toBe(5000);
    expect(table.lonLat[2 * 4999]).toBe(49.99);
    expect(table.columns.get('n')?.[4999]).toBe(4999);
  });
});
