import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NoteBook } from '../core/note.ts';
import { openFile } from '../import/byte-source.ts';
import type { FeatureRecord, ImportRecord } from '../import/model.ts';
import { osmPbfReader } from '../import/osm-pbf.ts';
import { OsmPbfWriter } from './write-osm-pbf.ts';

const dir = mkdtempSync(join(tmpdir(), 'chengmai-pbf-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function readBack(path: string): Promise<ImportRecord[]> {
  const source = await openFile(path);
  const records: ImportRecord[] = [];
  for await (const chunk of osmPbfReader.read(source, {}, { notes: new NoteBook() }, { seen: {} })) records.push(...chunk);
  await source.close();
  return records;
}

function isStreet(record: ImportRecord): record is FeatureRecord {
  return record.type === 'feature' && record.layer === 'street';
}

describe('OsmPbfWriter', () => {
  const path = join(dir, 'small.osm.pbf');

  it('writes mixed entities as a sorted file that reads back digit for digit, over several blocks', async () => {
    const writer = new OsmPbfWriter(path, [115, 32, 116, 33], 'test');
    const streets = 9000;
    for (let k = 0; k < streets; k++) {
      writer.addNode(10 + 2 * k, 1_155_000_000 + 37 * k, 325_000_000 - 11 * k, k === 0 ? ['highway', 'traffic_signals'] : []);
      writer.addNode(11 + 2 * k, 1_155_000_500 + 37 * k, 325_000_300 - 11 * k, []);
      writer.addWay(5 + k, [10 + 2 * k, 11 + 2 * k], ['highway', 'residential', 'name', `第${k}巷`]);
    }
    writer.addRelation(9, [{ type: 'way', id: 5, role: 'from' }, { type: 'node', id: 11, role: 'via' }, { type: 'way', id: 6, role: 'to' }], ['type', 'restriction', 'restriction', 'no_u_turn']);
    expect(writer.close()).toEqual({ nodes: 2 * streets, ways: streets, relations: 1 });
    const records = await readBack(path);
    const found = records.filter(isStreet);
    expect(found).toHaveLength(streets);
    const last = found.find((record) => record.sourceId === `way/${4 + streets}`);
    expect(last?.name).toBe(`第${streets - 1}巷`);
    expect(Array.from(last?.geometry.coordinates ?? [], (value) => Math.round(value * 1e7))).toEqual([1_155_000_000 + 37 * 8999, 325_000_000 - 11 * 8999, 1_155_000_500 + 37 * 8999, 325_000_300 - 11 * 8999]);
    expect(records.find((record) => record.type === 'turn-restriction')).toMatchObject({ sourceId: 'relation/9', fromWays: [5], viaNode: 11, toWays: [6] });
    expect(readdirSync(dir)).toEqual(['small.osm.pbf']);
  });

  it('refuses ids that do not ascend, since the header promises order', () => {
    const writer = new OsmPbfWriter(join(dir, 'order.osm.pbf'), [0, 0, 1, 1], 'test');
    writer.addNode(7, 0, 0, []);
    expect(() => writer.addNode(7, 0, 0, [])).toThrow('7 after 7');
    writer.abandon();
    expect(readdirSync(dir)).toEqual(['small.osm.pbf']);
  });

  const osmium = spawnSync('osmium', ['version']).status === 0;
  it.skipIf(!osmium)('is taken by osmium as ordered and complete (needs the osmium command)', () => {
    const info = spawnSync('osmium', ['fileinfo', '-e', path], { encoding: 'utf8' });
    expect(info.stdout).toContain('Objects ordered (by type and id): yes');
    expect(info.stdout).toContain('Number of nodes: 18000');
    const check = spawnSync('osmium', ['check-refs', '-r', path], { encoding: 'utf8' });
    expect(check.status).toBe(0);
  });
});
