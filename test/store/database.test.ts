import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyBoolean, copyGeometry, copyJson, copyLine, copyNumber, copyNumberArray, copyText, copyTextArray } from '../../src/base/store/copy-text.ts';
import { buildPolygon, toGeoJson } from '../../src/engine/spatial/geometry.ts';
import { fromWkb } from '../../src/engine/spatial/wkb.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

describe.each(TEST_BASES)('$kind database', ({ kind, open }) => {
  let opened: TestBase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.remove());

  test('values come back as the contract says', async () => {
    const [row] = await opened.base.database.query<Record<string, unknown>>(
      `select 9007199254740991::bigint as big, array[1,2]::bigint[] as bigs, '2024-02-29'::date as day, array['2024-02-29']::date[] as days,
         '2024-02-29T12:00:00Z'::timestamptz as at, '\\xff00'::bytea as bytes, array['a','b,"c']::text[] as texts, array[1.5,2]::float8[] as floats,
         $1::jsonb as list, $2::text as nothing, $3::text as absent, $4::float8 as number, array[true,false] as flags, 'point(1 2)'::geometry as geom`,
      [JSON.stringify([1, { a: '中' }]), null, undefined, 0.1],
    );
    expect(row).toMatchObject({
      big: 9007199254740991, bigs: [1, 2], day: '2024-02-29', days: ['2024-02-29'], at: new Date('2024-02-29T12:00:00Z'), texts: ['a', 'b,"c'],
      floats: [1.5, 2], list: [1, { a: '中' }], nothing: null, absent: null, number: 0.1, flags: [true, false],
    });
    expect(Array.from(row['bytes'] as Uint8Array)).toEqual([255, 0]);
    expect(toGeoJson(fromWkb(Buffer.from(row['geom'] as string, 'hex')))).toEqual({ type: 'Point', coordinates: [1, 2] });
  });

  test('what COPY writes is what was given, whatever the characters', async () => {
    const { database } = opened.base;
    await database.execute('create table copied (id integer, t text, n double precision, flag boolean, j jsonb, texts text[], ids bigint[], geom geometry(Geometry, 4326))');
    const nasty = ['plain', 'tab\there', 'line\nbreak\r', 'back\\slash \\N', '\\.', '', '"quoted", {braces}', '中文 😀', "it's", 'NULL'];
    const geometry = buildPolygon([0, 0, 1, 0, 1, 1]);
    const lines = nasty.map((text, id) =>
      copyLine([String(id), copyText(text), copyNumber(id / 3), copyBoolean(id % 2 === 0), copyJson({ [text]: [text, null] }), copyTextArray([text, text]), copyNumberArray([id, 2 ** 40]), copyGeometry(geometry)]),
    );
    lines.push(copyLine(['10', copyText(undefined), copyNumber(NaN), copyBoolean(false), copyJson(null), copyTextArray([]), copyNumberArray([]), copyGeometry(undefined)]));
    expect(await database.copyIn('copied', ['id', 't', 'n', 'flag', 'j', 'texts', 'ids', 'geom'], lines)).toBe(11);
    const rows = await database.query<Record<string, unknown>>('select * from copied order by id');
    for (const [id, text] of nasty.entries()) {
      expect(rows[id]).toMatchObject({ id, t: text, n: id / 3, flag: id % 2 === 0, j: { [text]: [text, null] }, texts: [text, text], ids: [id, 2 ** 40] });
      expect(toGeoJson(fromWkb(Buffer.from(rows[id]['geom'] as string, 'hex')))).toEqual(toGeoJson(geometry));
    }
    expect(rows[10]).toMatchObject({ t: null, n: null, j: null, texts: [], ids: [], geom: null });
  });

  test('characters PostgreSQL cannot hold are dropped or replaced, in keys and arrays too', async () => {
    const { database } = opened.base;
    await database.execute('create table odd (t text, j jsonb, texts text[])');
    await database.copyIn('odd', ['t', 'j', 'texts'], [copyLine([copyText('a\0b\ud800c'), copyJson({ 'k\0': 'v\udc00', '\\u0000': 'literal' }), copyTextArray(['x\0', '\ud83d'])])]);
    expect(await database.query('select * from odd')).toEqual([{ t: 'ab\ufffdc', j: { k: 'v\ufffd', '\\u0000': 'literal' }, texts: ['x', '\ufffd'] }]);
  });

  test('a COPY of more than one buffer is one transaction: a bad line at its end leaves nothing', async () => {
    const { database } = opened.base;
    await database.execute('create table large (id integer primary key, t text)');
    const filler = 'x'.repeat(1000);
    function* lines(): Generator<string> {
      for (let id = 0; id < 12_000; id++) yield copyLine([String(id), filler]);
      yield copyLine(['0', 'twice']);
    }
    await expect(database.copyIn('large', ['id', 't'], lines())).rejects.toThrow(/duplicate key/);
    expect(await database.query('select count(*) from large')).toEqual([{ count: 0 }]);
  });

  test('a transaction that throws leaves nothing behind', async () => {
    const { database } = opened.base;
    await database.execute('create table undone (id integer)');
    const attempt = database.transaction(async (transaction) => {
      await transaction.query('insert into undone values ($1)', [1]);
      throw new Error('stop');
    });
    await expect(attempt).rejects.toThrow('stop');
    expect(await database.query('select * from undone')).toEqual([]);
  });

  test('work under one key takes turns; a second try does not wait', async () => {
    const { database } = opened.base;
    const seen: string[] = [];
    const slow = database.exclusive('key', async () => {
      seen.push('a begins');
      await new Promise((resolve) => setTimeout(resolve, 100));
      seen.push('a ends');
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await database.tryExclusive('key', async () => 'got it')).toBeUndefined();
    expect(await database.tryExclusive('other', async () => 'got it')).toBe('got it');
    await Promise.all([slow, database.exclusive('key', async () => void seen.push('b'))]);
    expect(seen).toEqual(['a begins', 'a ends', 'b']);
    expect(await database.tryExclusive('key', async () => 'free again')).toBe('free again');
    await expect(database.exclusive('key', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await database.exclusive('key', async () => 'goes on')).toBe('goes on');
  });

  test.runIf(kind === 'server')('a connection that the server ends within a transaction is told as lost, and the next work gets another', async () => {
    const { database } = opened.base;
    const lost = database.transaction(async (transaction) => {
      const [{ pid }] = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.query('select pg_terminate_backend($1)', [pid]);
      // Nothing is asked of the connection while it breaks: only its own error event tells.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await transaction.query('select 1');
    });
    await expect(lost).rejects.toMatchObject({ kind: 'unavailable', code: 'base/database-lost' });
    expect(await database.transaction((transaction) => transaction.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });

  test('a listener hears what is notified until it stops', async () => {
    const { database } = opened.base;
    const heard: string[] = [];
    const stop = await database.listen('test_channel', (payload) => heard.push(payload));
    await database.query('select pg_notify($1, $2)', ['test_channel', 'one']);
    await expect.poll(() => heard).toEqual(['one']);
    await stop();
    await database.query('select pg_notify($1, $2)', ['test_channel', 'two']);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).toEqual(['one']);
  });

  test('the migrations have run and do not run twice', async () => {
    const { runMigrations } = await import('../../src/base/migrations/run.ts');
    expect(await runMigrations(opened.base.database)).toEqual([]);
    await opened.base.database.query(`insert into schema_migration (id) values ('9999-future')`);
    await expect(runMigrations(opened.base.database)).rejects.toMatchObject({ code: 'base/newer' });
    await opened.base.database.query(`delete from schema_migration where id = '9999-future'`);
  });
});
