/**
 * What befalls documents while they are worked on: the process is killed in the middle of an import, twenty people decide at once, somebody imports another copy or deletes
 * the document meanwhile. Nothing is half there, no decision is lost, and the log of changes tells how the state came to be.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCity } from '../../src/base/store/cities.ts';
import { ChengmaiError } from '../../src/core/errors.ts';
import { Random } from '../../src/core/random.ts';
import { isSameJson } from '../../src/core/same-json.ts';
import type { ReviewAct } from '../../src/delivery/api.ts';
import type { ReviewItem } from '../../src/delivery/model.ts';
import { openDocument } from '../../src/delivery/open-document.ts';
import { editLinks, importPolicy, readPolicyFile, reviewDocument, undoReview } from '../../src/delivery/policy-documents.ts';
import { mergeDecisions } from '../../src/delivery/review/items.ts';
import { deleteDocument, listChanges, listDecisions, listLinks } from '../../src/delivery/store/documents.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const OBJECTS = ['老旧小区', '口袋公园', '社区食堂', '公共厕所', '停车泊位', '充电桩', '步行道', '排水管网', '消防通道', '托育机构', '体育场地', '菜市场'];
/** A document of so many tasks, in sections of twelve, that says which edition it is. */
function write(tasks: number, edition = 1): string {
  const lines = ['示范市人民政府关于城市更新的实施意见', '各区人民政府，市政府各部门：'];
  for (let i = 0; i < tasks; i++) {
    if (i % 12 === 0) lines.push(`${'一二三四五六七八九十'[(i / 12) % 10]}、重点任务`);
    lines.push(`（${'一二三四五六七八九十'[i % 10]}）市住建局牵头，市财政局配合，2026年底前完成${i + 2}处${OBJECTS[i % 12]}改造，推进${OBJECTS[(i + 5) % 12]}建设。`);
  }
  return `${lines.join('\n')}\n市住建局要做好第${edition}版任务的分解落实。\n`;
}

const built = existsSync(fileURLToPath(new URL('../../dist/delivery/open-document.js', import.meta.url)));
const CHILD = fileURLToPath(new URL('document-child.mjs', import.meta.url));
const TASKS = 240;

interface Shown {
  readonly text: string;
  readonly bytes: string;
  readonly item: string;
  readonly accepted: number;
  readonly orphaned: number;
}

interface Ended {
  readonly said: string;
  readonly shows: readonly Shown[];
  /** From the first file's begin to its end. */
  readonly firstMs: number;
}

/** Runs the child until it ends or is killed so long after it began with its last file. */
function runChild(folder: string, url: string | undefined, files: readonly string[], killAfter: ((firstMs: number) => number) | undefined): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, url ?? '-', ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let [began, firstMs, isAimed] = [0, 0, false];
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
      if (began === 0 && said.includes('importing')) began = performance.now();
      if (firstMs === 0 && said.includes('imported')) firstMs = performance.now() - began;
      if (isAimed || killAfter === undefined || !said.includes(`importing ${files.at(-1)}`)) return;
      isAimed = true;
      setTimeout(() => child.kill('SIGKILL'), killAfter(firstMs));
    });
    child.on('error', reject);
    child.on('exit', () => resolve({ said, shows: JSON.parse(/^shows (.*)$/m.exec(said)?.[1] ?? '[]') as Shown[], firstMs }));
  });
}

describe.skipIf(!built).each(TEST_BASES)('an import that is killed on the $kind base (needs dist/: npm run build)', ({ kind, open }) => {
  let folder: string;
  let server: TestBase | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chengmai-crash-'));
    if (kind === 'server') server = await open();
  });
  afterAll(async () => {
    await server?.remove();
    await rm(folder, { recursive: true });
  });

  test('leaves the whole old document or the whole new one, with every decision', async () => {
    const random = new Random(22);
    const dataDir = join(folder, 'data');
    const edition = async (number: number): Promise<string> => {
      const file = join(folder, `edition-${number}.txt`);
      await writeFile(file, write(TASKS, number));
      return file;
    };
    const files = await Promise.all([1, 2, 3, 4, 5, 6].map(edition));
    const first = await runChild(dataDir, server?.url, files.slice(0, 2), (firstMs) => random.between(0.3, 1) * firstMs);
    expect(first.said).toContain('imported');
    let possible = first.said.includes(`imported ${files[1]}`) ? ['2'] : ['1', '2'];
    const check = ({ shows }: Ended): string => {
      expect(shows).toHaveLength(1);
      const [{ text, bytes, item, accepted, orphaned }] = shows;
      expect([bytes, item]).toEqual([text, text]);
      expect(orphaned).toBe(0);
      expect(accepted).toBeGreaterThan(TASKS / 2);
      expect(possible).toContain(text);
      return text;
    };
    // to open the embedded base costs a process some seconds
    for (let i = 2; i < (kind === 'server' ? files.length : 3); i++) {
      const killed = await runChild(dataDir, server?.url, files.slice(i, i + 1), () => random.between(0.1, 1) * first.firstMs);
      const found = check(killed);
      possible = killed.said.includes('imported') ? [String(i + 1)] : [found, String(i + 1)];
    }
    check(await runChild(dataDir, server?.url, [], undefined));
  }, 300_000);
});

const EXPECTED = new Set(['delivery/no-item', 'delivery/bad-split', 'delivery/bad-merge', 'delivery/item-exists', 'delivery/nothing-to-undo', 'delivery/changed-since', 'delivery/no-document', 'delivery/no-clause']);

describe.each(TEST_BASES)('many people at one document on the $kind base', ({ open }) => {
  let opened: TestBase;
  let cities = 0;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.remove());

  const importText = (city: string, text: string, documentId?: string) => importPolicy(opened.base, city, { bytes: bytesOf(text), fileName: '意见.txt', publishedAt: '2025-09-01', documentId }, '张三');
  const start = async (tasks: number): Promise<{ city: string; documentId: string }> => {
    const city = `crash-${++cities}`;
    await createCity(opened.base.database, city, { zh: '示范', en: 'Sample' });
    return { city, documentId: (await importText(city, write(tasks))).documentId };
  };

  /** What somebody may do with what they see. */
  function chooseAct(random: Random, items: readonly ReviewItem[]): ReviewAct {
    const item = items[random.integer(0, items.length - 1)];
    const at = item.span === null ? 0 : Math.floor((item.span[0] + item.span[1]) / 2);
    const other = items[Math.min(items.length - 1, items.indexOf(item) + 1)];
    return random.pick<ReviewAct>([
      { act: 'accept', items: [item.itemId] }, { act: 'reject', items: [item.itemId, other.itemId] }, { act: 'reopen', items: [item.itemId] }, { act: 'correct', item: item.itemId, fields: { lead: [`单位${random.integer(0, 9)}`] } },
      { act: 'split', item: item.itemId, at: [at] }, { act: 'merge', items: [item.itemId, other.itemId] }, { act: 'add', kind: 'task', span: [at, at + 8] },
    ]);
  }

  interface Deeds {
    /** Change sets that were told to be done. */
    readonly done: string[];
    readonly refused: string[];
  }

  async function decideAtRandom(random: Random, city: string, documentId: string, times: number, deeds: Deeds, who: string): Promise<void> {
    for (let i = 0; i < times; i++) {
      try {
        const { items, links } = await openDocument(opened.base, city, documentId);
        const link = links[random.integer(0, Math.max(0, links.length - 1))];
        const { changeSet, changed } = random.next() < 0.15
          ? await undoReview(opened.base, city, documentId, undefined, who)
          : random.next() < 0.15 && link !== undefined && link.clause !== null
            ? await editLinks(opened.base, city, documentId, [{ clause: link.clause, to: link.to, target: link.target, state: random.pick<'confirmed' | 'rejected' | 'proposed'>(['confirmed', 'rejected', 'proposed']) }], { who })
            : await reviewDocument(opened.base, city, documentId, [chooseAct(random, items)], { who });
        if (changed > 0) deeds.done.push(changeSet);
      } catch (error) {
        if (!(error instanceof ChengmaiError) || !EXPECTED.has(error.code)) throw error;
        deeds.refused.push(error.code);
      }
    }
  }

  /** Every change begins at the state that the one before it left, and the last ones are what is kept. */
  async function replay(city: string, documentId: string, deeds: Deeds): Promise<void> {
    const { database } = opened.base;
    const log = (await listChanges(database, city, documentId, 100_000)).toReversed();
    const state = new Map<string, unknown>();
    for (const { subject, before, after, who, changeSet } of log) {
      expect(isSameJson(before ?? null, state.get(subject) ?? null), `${subject} of ${changeSet} by ${who}`).toBe(true);
      if (after === null) state.delete(subject);
      else state.set(subject, after);
    }
    expect(new Set(log.map(({ changeSet }) => changeSet))).toEqual(new Set(deeds.done));
    const kept = new Map<string, unknown>((await listDecisions(database, city, documentId)).map((item) => [`item:${item.itemId}`, item]));
    for (const { linkId, ...link } of await listLinks(database, city, documentId)) kept.set(`link:${linkId}`, link);
    expect(kept).toEqual(state);
  }

  test('twenty decide at once: nothing is lost, the log tells how it came, and what is shown is what follows', async () => {
    const { city, documentId } = await start(36);
    const deeds: Deeds = { done: [], refused: [] };
    await Promise.all(Array.from({ length: 20 }, (_, user) => decideAtRandom(new Random(100 + user), city, documentId, 5, deeds, `用户${user}`)));
    expect(deeds.done.length).toBeGreaterThan(40);
    await replay(city, documentId, deeds);
    const { reading } = await readPolicyFile({ bytes: bytesOf(write(36)), fileName: '意见.txt', publishedAt: '2025-09-01' });
    expect((await openDocument(opened.base, city, documentId)).items).toEqual(mergeDecisions(reading, await listDecisions(opened.base.database, city, documentId)));
  });

  test('other copies that come meanwhile lose no decision', async () => {
    const { city, documentId } = await start(40);
    const deeds: Deeds = { done: [], refused: [] };
    const copies = (async () => {
      for (const edition of [2, 3, 4]) expect(await importText(city, write(44, edition))).toEqual({ documentId, isNew: false });
    })();
    await Promise.all([copies, ...Array.from({ length: 10 }, (_, user) => decideAtRandom(new Random(300 + user), city, documentId, 6, deeds, `用户${user}`))]);
    await replay(city, documentId, deeds);
    const { document, items } = await openDocument(opened.base, city, documentId);
    expect(document.reading.text).toBe(write(44, 4));
    const shown = new Set(items.map(({ itemId }) => itemId));
    const decisions = await listDecisions(opened.base.database, city, documentId);
    const replaced = new Set(decisions.flatMap(({ from }) => from));
    expect(decisions.filter(({ itemId, state }) => !shown.has(itemId) && !(replaced.has(itemId) && state === 'rejected')).map(({ fields }) => fields.title)).toEqual([]);
  });

  test('a document that is deleted meanwhile goes whole; one that is imported again begins anew', async () => {
    const { city, documentId } = await start(30);
    const deeds: Deeds = { done: [], refused: [] };
    const work = Array.from({ length: 10 }, (_, user) => decideAtRandom(new Random(500 + user), city, documentId, 5, deeds, `用户${user}`));
    await Promise.all([...work, (async () => {
      await openDocument(opened.base, city, documentId);
      await deleteDocument(opened.base.database, city, documentId);
    })()]);
    expect(deeds.refused).toContain('delivery/no-document');
    for (const table of ['policy_document', 'policy_decision', 'policy_link', 'policy_change']) expect(await opened.base.database.query(`select 1 from ${table} where city_id = $1`, [city])).toEqual([]);
    const again = await importText(city, write(30));
    expect(again).toEqual({ documentId, isNew: true });
    expect((await openDocument(opened.base, city, documentId)).items.every(({ state }) => state === 'proposed')).toBe(true);
  });

  test('a copy named for a document that is gone is refused, also where it went during the reading', async () => {
    const { city, documentId } = await start(12);
    // large enough to be read in a thread
    const second = importText(city, write(1200, 2), documentId);
    await deleteDocument(opened.base.database, city, documentId);
    await expect(second).rejects.toMatchObject({ code: 'delivery/no-document' });
    await expect(importText(city, write(12, 3), documentId)).rejects.toMatchObject({ code: 'delivery/no-document' });
    expect(await opened.base.database.query('select 1 from policy_document where city_id = $1', [city])).toEqual([]);
  });

  test('a link whose words are gone is told as such, counts nowhere, and is removed by its id', async () => {
    const { city, documentId } = await start(12);
    const clause = (await openDocument(opened.base, city, documentId)).document.reading.outline.find(({ heading, parent }) => parent !== null && heading.includes('口袋公园'))?.id ?? '';
    await editLinks(opened.base, city, documentId, [{ clause, to: 'project', target: '口袋公园一期', state: 'confirmed' }], { who: 'x' });
    await importText(city, write(12, 2).replaceAll('口袋公园', '街角绿地'));
    const orphan = async () => (await openDocument(opened.base, city, documentId)).links.find(({ target }) => target === '口袋公园一期');
    const lost = await orphan();
    expect(lost).toMatchObject({ state: 'orphaned', clause: null, anchor: { quote: expect.stringContaining('口袋公园') as string } });
    const linkId = lost?.linkId ?? '';
    await expect(editLinks(opened.base, city, documentId, [{ linkId, state: 'confirmed' }], { who: 'x' })).rejects.toMatchObject({ code: 'delivery/orphaned-link' });
    await editLinks(opened.base, city, documentId, [{ linkId, state: 'proposed' }], { who: 'x' });
    expect(await orphan()).toBeUndefined();
    await undoReview(opened.base, city, documentId, undefined, 'x');
    await importText(city, write(12, 3));
    expect(await orphan()).toMatchObject({ state: 'confirmed', clause });
    await expect(editLinks(opened.base, city, documentId, [{ linkId: 'none', state: 'proposed' }], { who: 'x' })).rejects.toMatchObject({ code: 'delivery/no-link' });
  });
});
