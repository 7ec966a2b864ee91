/**
 * Named typed arrays in one buffer: the same bytes go to a cache file, a worker and a browser, and opening copies nothing.
 *
 * Little-endian. Header, 24 bytes: magic u32, format version u32, directory length u32, 0 u32, total length f64. Then the
 * directory as UTF-8 JSON (`meta` of the writer's and the sections' names, types, offsets, lengths), then the sections, each
 * at a multiple of 8. A reader refuses another magic, version or length; it never guesses.
 */
export type SectionArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

const TYPES = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;
type ArrayOf<Name extends TypeName> = InstanceType<(typeof TYPES)[Name]>;

const MAGIC = 0x4e534d43; // "CMSN"
const HEADER_BYTES = 24;

interface Entry {
  readonly name: string;
  readonly type: TypeName;
  readonly offset: number;
  readonly length: number;
}

export interface SectionReader<Meta> {
  readonly meta: Meta;
  has(name: string): boolean;
  /** A view of a section, of the type it must have. @throws RangeError where there is none of that name and type */
  get<Name extends TypeName>(name: string, type: Name): ArrayOf<Name>;
  /** Views of all sections, in the order in which they were written. */
  list(): (readonly [name: string, array: SectionArray])[];
}

function typeOf(array: SectionArray): TypeName {
  if (array instanceof Float64Array) return 'f64';
  if (array instanceof Float32Array) return 'f32';
  if (array instanceof Int32Array) return 'i32';
  return array instanceof Uint32Array ? 'u32' : 'u8';
}

const align = (offset: number): number => Math.ceil(offset / 8) * 8;

/** One buffer of copies of all sections and `meta` as JSON. `version` is that of what the sections mean: a reader asks for it. */
export function writeSections(version: number, meta: unknown, sections: Readonly<Record<string, SectionArray>>): Uint8Array<ArrayBuffer> {
  // offsets count from the start of the data, so that the directory's own length does not matter
  const entries: Entry[] = [];
  let size = 0;
  for (const [name, array] of Object.entries(sections)) {
    entries.push({ name, type: typeOf(array), offset: size, length: array.length });
    size = align(size + array.byteLength);
  }
  const directory = new TextEncoder().encode(JSON.stringify({ meta, sections: entries }));
  const start = align(HEADER_BYTES + directory.length);
  const bytes = new Uint8Array(start + size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, version, true);
  view.setUint32(8, directory.length, true);
  view.setFloat64(16, bytes.length, true);
  bytes.set(directory, HEADER_BYTES);
  for (const { name, offset } of entries) {
    const array = sections[name];
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + offset);
  }
  return bytes;
}

/**
 * Opens a buffer of sections; views are made when asked for.
 *
 * @throws RangeError on bytes of another kind, version or length
 */
export function readSections<Meta>(version: number, bytes: Uint8Array<ArrayBuffer>): SectionReader<Meta> {
  if (bytes.byteOffset % 8 !== 0) throw new RangeError('the buffer does not start at a multiple of 8');
  if (bytes.length < HEADER_BYTES) throw new RangeError(`a buffer of ${bytes.length} bytes has no header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('not a buffer of sections');
  if (view.getUint32(4, true) !== version) throw new RangeError(`version ${view.getUint32(4, true)} where ${version} is read`);
  if (view.getFloat64(16, true) !== bytes.length) throw new RangeError(`${bytes.length} bytes where the header says ${view.getFloat64(16, true)}`);
  const directoryLength = view.getUint32(8, true);
  if (HEADER_BYTES + directoryLength > bytes.length) throw new RangeError('the directory reaches beyond the buffer');
  const directory = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(HEADER_BYTES, HEADER_BYTES + directoryLength))) as { meta: Meta; sections: Entry[] };
  const start = align(HEADER_BYTES + directoryLength);
  const byName = new Map(directory.sections.map((entry) => [entry.name, entry]));
  for (const { name, type, offset, length } of directory.sections) {
    if (start + offset + length * TYPES[type].BYTES_PER_ELEMENT > bytes.length) throw new RangeError(`section ${name} reaches beyond the buffer`);
  }
  return {
    meta: directory.meta,
    has: (name) => byName.has(name),
    get<Name extends TypeName>(name: string, type: Name): ArrayOf<Name> {
      const entry = byName.get(name);
      if (entry === undefined || entry.type !== type) throw new RangeError(`no section ${name} of type ${type}`);
      return new TYPES[type](bytes.buffer, bytes.byteOffset + start + entry.offset, entry.length) as ArrayOf<Name>;
    },
    list: () => directory.sections.map(({ name, type, offset, length }) => [name, new TYPES[type](bytes.buffer, bytes.byteOffset + start + offset, length)] as const),
  };
}
