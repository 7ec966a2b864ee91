import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from './model.ts';
import { isZip, openZip } from './zip.ts';

function sourceOf(bytes: Uint8Array): ByteSource {
  return { name: 'x.zip', sizeBytes: bytes.byteLength, read: async (offset, length) => bytes.slice(offset, offset + length) };
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
    return 'no error';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Offset of the first occurrence of a little-endian signature. */
function findSignature(bytes: Uint8Array, signature: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i + 4 <= bytes.byteLength; i++) if (view.getUint32(i, true) === signature) return i;
  throw new Error('absent');
}

function patch(bytes: Uint8Array, at: number, value: number, width: 2 | 4): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (width === 2) view.setUint16(at, value, true);
  else view.setUint32(at, value, true);
  return copy;
}

describe('openZip', () => {
  it('lists and reads stored and deflated members, also in sub-folders', async () => {
    const big = text('stop_id,stop_name\n'.repeat(200_000));
    const bytes = zipSync({ 'feed/stops.txt': big, 'a.txt': [text('plain'), { level: 0 }], 'feed/': new Uint8Array() });
    expect(isZip(bytes)).toBe(true);
    const zip = await openZip(sourceOf(bytes));
    expect(zip.members.map((member) => member.name).toSorted()).toEqual(['a.txt', 'feed/stops.txt']);
    expect(Buffer.compare(await zip.readMember('feed/stops.txt'), big)).toBe(0);
    const pieces: Uint8Array[] = [];
    for await (const piece of zip.streamMember('a.txt')) pieces.push(piece);
    expect(new TextDecoder().decode(pieces[0])).toBe('plain');
  });

  it('reads names in UTF-8 and in GB18030', async () => {
    const plain = zipSync({ 'xxxx.txt': text('x'), '站点.csv': text('y') });
    const gbk = [0xd5, 0xbe, 0xb5, 0xe3]; // 站点
    const bytes = plain.slice();
    for (let i = 0; i + 4 <= bytes.length; i++) {
      if (bytes.subarray(i, i + 4).every((byte) => byte === 0x78)) bytes.set(gbk, i);
    }
    const zip = await openZip(sourceOf(bytes));
    expect(zip.members.map((member) => member.name)).toEqual(['站点.txt', '站点.csv']);
  });

  it('reads zip64 sizes and offsets', async () => {
    const zip = await openZip(sourceOf(buildWideZip(text('wide'))));
    expect(new TextDecoder().decode(await zip.readMember('w.txt'))).toBe('wide');
  });

  it('never lists names that leave the archive', async () => {
    const zip = await openZip(sourceOf(zipSync({ '../evil.txt': text('e'), '/abs.txt': text('a'), 'C:\\w.txt': text('w'), 'dir\\ok.txt': text('o') })));
    expect(zip.members.map((member) => member.name)).toEqual(['dir/ok.txt']);
  });

  it('refuses truncated archives and what is no zip', async () => {
    const bytes = zipSync({ 'a.txt': text('hello '.repeat(1000)) });
    expect(await codeOf(openZip(sourceOf(bytes.slice(0, bytes.length - 30))))).toBe('import/zip-no-directory');
    expect(await codeOf(openZip(sourceOf(text('not a zip'))))).toMatch(/^import\/zip-/);
    expect(await codeOf(openZip(sourceOf(new Uint8Array())))).toMatch(/^import\/zip-/);
  });

  it('refuses bombs by ratio, by total size and by number of members', async () => {
    const dense = zipSync({ 'zeros.bin': new Uint8Array(60 * 2 ** 20) });
    expect(await codeOf(openZip(sourceOf(dense)))).toBe('import/zip-bomb');
    expect(await codeOf(openZip(sourceOf(dense), { maxRatio: 2000, maxTotalBytes: 2 ** 20 }))).toBe('import/zip-bomb');
    expect(await codeOf(openZip(sourceOf(zipSync({ a: text('1'), b: text('2'), c: text('3') })), { maxMembers: 2 }))).toBe('import/zip-members');
  });

  it('stops at the announced size when the data hold more', async () => {
    const bytes = zipSync({ 'zeros.bin': new Uint8Array(40 * 2 ** 20) });
    const entry = findSignature(bytes, 0x02014b50);
    const zip = await openZip(sourceOf(patch(bytes, entry + 24, 1000, 4)));
    let seen = 0;
    const run = async (): Promise<void> => {
      for await (const piece of zip.streamMember('zeros.bin')) seen += piece.byteLength;
    };
    expect(await codeOf(run())).toBe('import/zip-crc');
    expect(seen).toBe(0);
  });

  it('reads the same in one go and as a stream', async () => {
    const small = text('x,y\n'.repeat(1000));
    const large = text('x,y\n'.repeat(600_000));
    const zip = await openZip(sourceOf(zipSync({ 'small.txt': small, 'large.txt': large, 'empty.txt': [new Uint8Array(), { level: 6 }] })));
    expect(Buffer.compare(await zip.readMember('small.txt'), small)).toBe(0);
    expect(Buffer.compare(await zip.readMember('large.txt'), large)).toBe(0);
    expect((await zip.readMember('empty.txt')).length).toBe(0);
  });

  it('refuses members that share bytes', async () => {
    const bytes = zipSync({ 'a.txt': text('a'.repeat(50)), 'b.txt': text('b'.repeat(50)) }, { level: 0 });
    const first = findSignature(bytes, 0x02014b50);
    const second = first + 4 + findSignature(bytes.subarray(first + 4), 0x02014b50);
    expect(await codeOf(openZip(sourceOf(patch(bytes, second + 42, 0, 4))))).toBe('import/zip-overlap');
  });

  it('checks CRC, encryption, method and the size the caller allows', async () => {
    const bytes = zipSync({ 'a.txt': text('a'.repeat(50)) }, { level: 0 });
    const entry = findSignature(bytes, 0x02014b50);
    const read = async (changed: Uint8Array, maxBytes?: number): Promise<unknown> => (await openZip(sourceOf(changed))).readMember('a.txt', { maxBytes });
    expect(await codeOf(read(patch(bytes, 40, 0x6262, 2)))).toBe('import/zip-crc');
    expect(await codeOf(read(patch(bytes, entry + 8, 1, 2)))).toBe('import/zip-encrypted');
    expect(await codeOf(read(patch(bytes, entry + 10, 9, 2)))).toBe('import/zip-method');
    expect(await codeOf(read(bytes, 49))).toBe('import/zip-member-size');
    expect(await codeOf(read(bytes, 50))).toBe('no error');
    expect(await codeOf((await openZip(sourceOf(bytes))).readMember('b.txt'))).toBe('import/zip-no-member');
  });

  it('says so when the compressed data are damaged', async () => {
    const bytes = zipSync({ 'a.txt': text(Array.from({ length: 5000 }, (_, i) => `row ${i * 7919}`).join('\n')) });
    const zip = await openZip(sourceOf(patch(bytes, 60, 0xffffffff, 4)));
    expect(await codeOf(zip.readMember('a.txt'))).toMatch(/^import\/zip-(damaged|crc)$/);
  });
});

/** One stored member `w.txt` whose sizes and offset stand in zip64 fields only, with the zip64 end records. */
function buildWideZip(content: Uint8Array): Uint8Array {
  const plain = zipSync({ 'w.txt': content }, { level: 0 });
  const entry = findSignature(plain, 0x02014b50);
  const local = plain.slice(0, entry);
  const central = new Uint8Array(46 + 5 + 28);
  central.set(plain.slice(entry, entry + 51));
  const view = new DataView(central.buffer);
  for (const at of [20, 24, 42]) view.setUint32(at, 0xffffffff, true);
  view.setUint16(30, 28, true);
  view.setUint16(51, 1, true);
  view.setUint16(53, 24, true);
  view.setBigUint64(55, BigInt(content.length), true);
  view.setBigUint64(63, BigInt(content.length), true);
  view.setBigUint64(71, 0n, true);
  const end = new Uint8Array(56 + 20 + 22);
  const endView = new DataView(end.buffer);
  endView.setUint32(0, 0x06064b50, true);
  endView.setBigUint64(4, 44n, true);
  endView.setBigUint64(32, 1n, true);
  endView.setBigUint64(40, BigInt(central.length), true);
  endView.setBigUint64(48, BigInt(local.length), true);
  endView.setUint32(56, 0x07064b50, true);
  endView.setBigUint64(64, BigInt(local.length + central.length), true);
  endView.setUint32(76, 0x06054b50, true);
  endView.setUint16(84, 0xffff, true);
  endView.setUint16(86, 0xffff, true);
  endView.setUint32(88, 0xffffffff, true);
  endView.setUint32(92, 0xffffffff, true);
  const all = new Uint8Array(local.length + central.length + end.length);
  all.set(local);
  all.set(central, local.length);
  all.set(end, local.length + central.length);
  return all;
}
