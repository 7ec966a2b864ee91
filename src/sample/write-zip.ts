/**
 * Writes a zip member by member, deflated as it comes (PKWARE APPNOTE 6.3, no zip64: members stay below 4 GiB).
 *
 * The dates are fixed so that the same content gives the same bytes. Sizes and check sums are written back into each
 * local header, so that no data descriptor is needed.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Deflate } from 'fflate';

/** 2025-01-01 00:00 in DOS form. */
const DOS_DATE = ((2025 - 1980) << 9) | (1 << 5) | 1;
const CHUNK_CHARACTERS = 1 << 17;

interface Member {
  readonly name: Buffer;
  readonly offset: number;
  crc: number;
  size: number;
  packed: number;
}

export class ZipWriter {
  readonly #file: number;
  readonly #members: Member[] = [];
  #position = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  #write(bytes: Uint8Array): void {
    writeSync(this.#file, bytes);
    this.#position += bytes.length;
  }

  /** Adds a text member; `fill` calls `put` with as many pieces as it likes. */
  addText(name: string, fill: (put: (text: string) => void) => void): void {
    const member: Member = { name: Buffer.from(name), offset: this.#position, crc: 0, size: 0, packed: 0 };
    this.#members.push(member);
    this.#write(localHeader(member));
    const deflate = new Deflate({ level: 6 }, (chunk) => {
      member.packed += chunk.length;
      this.#write(chunk);
    });
    let pending = '';
    const flush = (last: boolean): void => {
      const bytes = Buffer.from(pending);
      pending = '';
      member.crc = crc32(bytes, member.crc);
      member.size += bytes.length;
      deflate.push(bytes, last);
    };
    fill((text) => {
      pending += text;
      if (pending.length > CHUNK_CHARACTERS) flush(false);
    });
    flush(true);
    writeSync(this.#file, localHeader(member), 0, 30, member.offset);
  }

  close(): void {
    const start = this.#position;
    for (const member of this.#members) this.#write(centralHeader(member));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.#members.length, 8);
    end.writeUInt16LE(this.#members.length, 10);
    end.writeUInt32LE(this.#position - start, 12);
    end.writeUInt32LE(start, 16);
    this.#write(end);
    closeSync(this.#file);
  }
}

/** Version, flags (UTF-8 names), method, date, check sum and sizes: the part both headers share. */
function writeShared(header: Buffer, at: number, member: Member): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(0x0800, at + 2);
  header.writeUInt16LE(8, at + 4);
  header.writeUInt16LE(0, at + 6);
  header.writeUInt16LE(DOS_DATE, at + 8);
  header.writeUInt32LE(member.crc, at + 10);
  header.writeUInt32LE(member.packed, at + 14);
  header.writeUInt32LE(member.size, at + 18);
  header.writeUInt16LE(member.name.length, at + 22);
}

function localHeader(member: Member): Buffer {
  const header = Buffer.alloc(30 + member.name.length);
  header.writeUInt32LE(0x04034b50, 0);
  writeShared(header, 4, member);
  header.set(member.name, 30);
  return header;
}

function centralHeader(member: Member): Buffer {
  const header = Buffer.alloc(46 + member.name.length);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  writeShared(header, 6, member);
  header.writeUInt32LE(member.offset, 42);
  header.set(member.name, 46);
  return header;
}
