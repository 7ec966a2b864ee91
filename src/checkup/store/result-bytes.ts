/**
 * A result as bytes: values of all places, and what stands behind them. Deflated sections (engine/spatial/section-buffer.ts).
 *
 * Facilities are kept as their kind and number within it, because the numbers of a snapshot move when a facility of another kind is added; the
 * same kind, the same numbers. Numbers of places, population points, buildings and rows stay, as a result is only found again where these are as they were.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import type { Bilingual } from '../../core/bilingual.ts';
import type { Note } from '../../core/note.ts';
import type { SnapshotMeta } from '../../base/snapshot/model.ts';
import type { SectionArray, SectionReader } from '../../engine/spatial/section-buffer.ts';
import { readSections, writeSections } from '../../engine/spatial/section-buffer.ts';
import type { TableContract } from '../../import/model.ts';
import type { PlaceValues, ResultDetail } from '../operators/operator.ts';

export const RESULT_VERSION = 1;
/** Level 1: a third of the bytes at 100 MB/s, level 6 a few per cent less at a fifth of the speed. */
const LEVEL = 1;

interface ResultMeta {
  readonly quality: PlaceValues['quality'];
  readonly notes: readonly Note[];
  /** Kinds of `facility.kind`, by number. */
  readonly facilityKinds: readonly string[];
  readonly rowsTable: TableContract | null;
  readonly words: readonly Bilingual[] | null;
}

/** What of a result was measured how: kept beside the values, so that a reused result says the same. */
export interface MeasuredBy {
  readonly operator: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly needs: readonly string[];
}

type FacilityKinds = SnapshotMeta['facilityKinds'];

function splitFacilities(facilities: Uint32Array, kinds: FacilityKinds): { names: string[]; kind: Uint32Array; at: Uint32Array } {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const [kind, at] = [new Uint32Array(facilities.length), new Uint32Array(facilities.length)];
  facilities.forEach((facility, i) => {
    const range = kinds.find(({ start, end }) => facility >= start && facility < end);
    if (range === undefined) throw new RangeError(`no kind has the facility ${facility}`);
    let number = numbers.get(range.kind);
    if (number === undefined) numbers.set(range.kind, (number = names.push(range.kind) - 1));
    kind[i] = number;
    at[i] = facility - range.start;
  });
  return { names, kind, at };
}

function detailSections(detail: ResultDetail, kinds: FacilityKinds): { sections: Record<string, SectionArray>; facilityKinds: string[] } {
  const sections: Record<string, SectionArray> = {};
  let facilityKinds: string[] = [];
  if (detail.facilities !== undefined) {
    const { names, kind, at } = splitFacilities(detail.facilities, kinds);
    facilityKinds = names;
    sections['facility.kind'] = kind;
    sections['facility.at'] = at;
  }
  const add = (name: string, part: Readonly<Record<string, unknown>> | undefined): void => {
    for (const [key, value] of Object.entries(part ?? {})) if (ArrayBuffer.isView(value)) sections[`${name}.${key}`] = value as SectionArray;
  };
  add('unserved', detail.unserved);
  add('load', detail.load);
  add('rows', detail.rows);
  add('buildings', detail.buildings);
  add('lines', detail.lines);
  add('lacking', detail.lacking);
  if (detail.nearestM !== undefined) sections['nearestM'] = detail.nearestM;
  if (detail.points !== undefined) sections['points'] = detail.points;
  return { sections, facilityKinds };
}

export function writeResult(values: PlaceValues, measuredBy: MeasuredBy, kinds: FacilityKinds): Uint8Array<ArrayBuffer> {
  const { sections: detail, facilityKinds } = detailSections(values.detail ?? {}, kinds);
  const sections: Record<string, SectionArray> = { value: values.value };
  for (const name of ['numerator', 'denominator', 'n'] as const) {
    const array = values[name];
    if (array !== undefined) sections[name] = array;
  }
  const meta: ResultMeta & MeasuredBy = {
    quality: values.quality, notes: values.notes ?? [], facilityKinds, rowsTable: values.detail?.rows?.table ?? null, words: values.detail?.lacking?.words ?? null, ...measuredBy,
  };
  for (const name of Object.keys(detail)) sections[`detail.${name}`] = detail[name];
  const bytes = deflateSync(writeSections(RESULT_VERSION, meta, sections), { level: LEVEL });
  return new Uint8Array(bytes);
}

export interface ReadResult {
  readonly values: PlaceValues;
  readonly measuredBy: MeasuredBy;
}

/** Inflated and aligned: sections are views. */
function openResult(bytes: Uint8Array): SectionReader<ResultMeta & MeasuredBy> {
  const whole = inflateSync(bytes);
  return readSections<ResultMeta & MeasuredBy>(RESULT_VERSION, whole.byteOffset % 8 === 0 && whole.buffer instanceof ArrayBuffer ? new Uint8Array(whole.buffer, whole.byteOffset, whole.length) : new Uint8Array(whole));
}

/**
 * @param kinds of the snapshot that facility numbers are to be of; without it the result comes without facilities
 * @throws RangeError on bytes of another version
 */
export function readResult(bytes: Uint8Array, kinds?: FacilityKinds): ReadResult {
  const sections = openResult(bytes);
  const { quality, notes, operator, params, needs } = sections.meta;
  const f64 = (name: string): Float64Array | undefined => (sections.has(name) ? sections.get(name, 'f64') : undefined);
  const [numerator, denominator, n] = [f64('numerator'), f64('denominator'), f64('n')];
  return {
    values: {
      value: sections.get('value', 'f64'), quality, notes,
      ...(numerator !== undefined && { numerator }), ...(denominator !== undefined && { denominator }), ...(n !== undefined && { n }),
      detail: readDetail(sections, kinds),
    },
    measuredBy: { operator, params, needs },
  };
}

function readDetail(sections: SectionReader<ResultMeta & MeasuredBy>, kinds: FacilityKinds | undefined): ResultDetail {
  const { rowsTable, words } = sections.meta;
  const has = (name: string): boolean => sections.has(`detail.${name}`);
  const u32 = (name: string): Uint32Array => sections.get(`detail.${name}`, 'u32');
  const f32 = (name: string): Float32Array => sections.get(`detail.${name}`, 'f32');
  const i32 = (name: string): Int32Array => sections.get(`detail.${name}`, 'i32');
  return {
    ...(has('facility.at') && kinds !== undefined && { facilities: joinFacilities(sections, kinds) }),
    ...(has('unserved.point') && { unserved: { point: u32('unserved.point'), persons: f32('unserved.persons') } }),
    ...(has('nearestM') && { nearestM: f32('nearestM') }),
    ...(has('load.demand') && { load: { demand: f32('load.demand'), capacity: f32('load.capacity') } }),
    ...(has('rows.row') && rowsTable !== null && { rows: { table: rowsTable, row: u32('rows.row') } }),
    ...(has('buildings.building') && { buildings: { building: u32('buildings.building'), value: f32('buildings.value') } }),
    ...(has('lines.ends') && { lines: { verticesE7: i32('lines.verticesE7'), ends: u32('lines.ends') } }),
    ...(has('points') && { points: i32('points') }),
    ...(has('lacking.first') && words !== null && { lacking: { words, first: u32('lacking.first'), word: sections.get('detail.lacking.word', 'u8') } }),
  };
}

function joinFacilities(sections: SectionReader<ResultMeta>, kinds: FacilityKinds): Uint32Array {
  const starts = sections.meta.facilityKinds.map((kind) => kinds.find((one) => one.kind === kind)?.start ?? 0);
  const kind = sections.get('detail.facility.kind', 'u32');
  return sections.get('detail.facility.at', 'u32').map((at, i) => at + starts[kind[i]]);
}
