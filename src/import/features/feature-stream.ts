/** The common course of all vector readers: look at a sample, decide coordinate system and builder, then stream records. */
import type { Bilingual } from '../../core/bilingual.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { Box, Geometry } from '../../engine/spatial/geometry.ts';
import { boxOf, emptyBox, joinBoxes } from '../../engine/spatial/geometry.ts';
import { addCrs, chooseCrs } from '../crs/choose-crs.ts';
import type { CoordinateSystem } from '../crs/coordinate-system.ts';
import type { AttributeValue, ColumnPreview, FormatId, ImportFacts, ImportOptions, ImportRecord, Preview, ReadContext } from '../model.ts';
import { getContract } from '../table/contracts.ts';
import { chooseBuilder } from './choose-builder.ts';
import { GeometryIntake } from './geometry-intake.ts';
import type { RecordBuilder, SourceRow } from './record-builder.ts';

/** A feature as the file has it: coordinates in the file's system. */
export interface RawFeature {
  readonly row: number;
  readonly id: string | undefined;
  readonly values: Readonly<Record<string, AttributeValue>>;
  readonly geometry: Geometry | undefined;
  readonly cellId?: string;
}

export interface RowSystem {
  readonly id: string;
  readonly rows: number;
  /** True where the row left its system blank. */
  readonly guessed: boolean;
}

export interface FeatureSource {
  readonly file: string;
  readonly member: string | undefined;
  readonly features: AsyncIterable<RawFeature[]>;
  readonly declaredCrs?: string;
  readonly formatDefault?: CoordinateSystem;
  /** True where coordinates are in WGS 84 whatever the file or the options say (cell indexes). */
  readonly converted?: boolean;
  /** Which systems the rows read so far named, where each names its own; coordinates are then `converted`. */
  readonly rowSystems?: () => readonly RowSystem[];
  /** Columns in the file's order where the format lists them. */
  readonly columns?: readonly string[];
  /** Tables: rows without coordinates are no fault. */
  readonly geometryOptional?: boolean;
}

const SAMPLE_FEATURES = 500;
const SAMPLE_VERTICES = 8;
const CHUNK_RECORDS = 2_000;

interface Setup {
  readonly intake: GeometryIntake;
  readonly builder: RecordBuilder;
  readonly sample: SourceRow[];
  readonly columns: readonly string[];
}

function listColumns(features: readonly RawFeature[]): string[] {
  const columns = new Set<string>();
  for (const { values } of features) for (const key of Object.keys(values)) columns.add(key);
  return [...columns];
}

function sampleCoordinates(features: readonly RawFeature[]): number[] {
  const sample: number[] = [];
  for (const { geometry } of features) {
    if (geometry === undefined) continue;
    const { coordinates } = geometry;
    const step = 2 * Math.max(1, Math.floor(coordinates.length / 2 / SAMPLE_VERTICES));
    for (let i = 0; i + 1 < coordinates.length; i += step) sample.push(coordinates[i], coordinates[i + 1]);
  }
  return sample;
}

function copyOf(geometry: Geometry | undefined): Geometry | undefined {
  return geometry === undefined ? undefined : { ...geometry, coordinates: geometry.coordinates.slice() };
}

/** The columns of Gaode's POI service and of DataV's boundaries. */
function looksLikeGaode(columns: readonly string[]): boolean {
  const has = (...names: string[]): boolean => names.some((name) => columns.includes(name));
  return (has('adcode') && has('acroutes', 'childrenNum', 'subFeatureIndex')) || (has('typecode') && has('pname', 'cityname', 'adname', 'adcode'));
}

/** Sample rows are taken in on copies and with notes of their own, since the stream takes them in once more. */
function setUp(source: FeatureSource, raw: readonly RawFeature[], options: ImportOptions, notes: NoteBook, facts: ImportFacts): Setup {
  const hasGeometry = raw.some((feature) => feature.geometry !== undefined);
  const { file, member } = source;
  const chosen = chooseCrs(
    {
      file: member === undefined || member === file ? file : `${file} ▸ ${member}`,
      stated: source.converted === true ? undefined : options.crs,
      declared: source.declaredCrs,
      formatDefault: source.formatDefault ?? (hasGeometry ? undefined : WITHOUT_GEOMETRY),
      sample: sampleCoordinates(raw),
    },
    notes,
    hasGeometry && source.rowSystems === undefined ? facts : undefined,
  );
  const trial = new GeometryIntake(file, chosen, new NoteBook());
  const sample = raw.map(({ geometry, ...rest }) => {
    const copy = copyOf(geometry);
    return { ...rest, geometry: copy === undefined ? undefined : trial.take(copy, rest.row) };
  });
  const columns = source.columns ?? listColumns(raw);
  if (options.crs === undefined && hasGeometry && looksLikeGaode(columns)) {
    notes.add('warning', 'import/maybe-gcj02', { zh: '属性与高德或 DataV 的数据一致，其坐标通常为 GCJ-02，偏移数百米；若是，请指定坐标系 GCJ-02 重新导入。', en: 'The attributes are those of Gaode’s or DataV’s data, which come in GCJ-02, some hundred metres off; if so, import again stating GCJ-02.' }, { file });
  }
  const builder = chooseBuilder(columns, sample, { file, member, options, notes });
  if (builder.contract !== undefined) facts.contract = builder.contract;
  return { intake: new GeometryIntake(file, chosen, notes), builder, sample, columns };
}

/** Rows that name their own system: the file's are those that were met, the most frequent first. */
function addRowSystems(source: FeatureSource, facts: ImportFacts): void {
  const systems = source.rowSystems?.() ?? [];
  for (const { id, guessed } of systems.toSorted((a, b) => b.rows - a.rows)) addCrs(facts, id, guessed);
}

const WITHOUT_GEOMETRY: CoordinateSystem = { id: 'EPSG:4326', geographic: true, identity: true, toWgs84: () => undefined, fromWgs84: () => undefined };

async function takeSample(iterator: AsyncIterator<RawFeature[]>): Promise<RawFeature[]> {
  const sample: RawFeature[] = [];
  while (sample.length < SAMPLE_FEATURES) {
    const next = await iterator.next();
    if (next.done === true) break;
    sample.push(...next.value);
  }
  return sample;
}

/** Records of one layer, sheet or file, in chunks of about 2,000. */
export async function* streamRecords(source: FeatureSource, options: ImportOptions, context: ReadContext, facts: ImportFacts): AsyncGenerator<ImportRecord[], void, undefined> {
  const iterator = source.features[Symbol.asyncIterator]();
  try {
    const first = await takeSample(iterator);
    if (first.length === 0) {
      context.notes.add('warning', 'import/no-features', { zh: '其中没有任何要素或数据行。', en: 'It holds no features or rows.' }, { file: source.file, field: source.member });
      return;
    }
    const setup = setUp(source, first, options, context.notes, facts);
    const unit = source.geometryOptional === true ? 'rows' : 'features';
    let records: ImportRecord[] = [];
    for (let batch: RawFeature[] | undefined = first; batch !== undefined; ) {
      throwIfCancelled(context.signal);
      for (const feature of batch) {
        facts.seen[unit] = (facts.seen[unit] ?? 0) + 1;
        records.push(...setup.builder.build(takeIn(feature, setup.intake, source, context.notes)));
        if (records.length >= CHUNK_RECORDS) {
          yield records;
          records = [];
        }
      }
      const next: IteratorResult<RawFeature[]> = await iterator.next();
      batch = next.done === true ? undefined : next.value;
    }
    addRowSystems(source, facts);
    if (records.length > 0) yield records;
  } finally {
    await iterator.return?.();
  }
}

function takeIn(feature: RawFeature, intake: GeometryIntake, source: FeatureSource, notes: NoteBook): SourceRow {
  if (feature.geometry !== undefined) return { ...feature, geometry: intake.take(feature.geometry, feature.row) };
  if (source.geometryOptional !== true) {
    notes.add('warning', 'import/null-geometry', { zh: '要素没有几何，只保留其属性能用之处。', en: 'A feature has no geometry; only what its attributes allow was kept.' }, { file: source.file, row: feature.row });
  }
  return feature;
}

/** Roles that columns of a file without contract may be given. */
const GENERAL_ROLES: readonly { id: string; label: Bilingual; required: boolean }[] = [
  { id: 'id', label: { zh: '编号', en: 'identifier' }, required: false },
  { id: 'name', label: { zh: '名称', en: 'name' }, required: false },
  { id: 'name_en', label: { zh: '英文名称', en: 'English name' }, required: false },
  { id: 'kind', label: { zh: '类型', en: 'kind' }, required: false },
  { id: 'lon', label: { zh: '经度或东坐标', en: 'longitude or easting' }, required: false },
  { id: 'lat', label: { zh: '纬度或北坐标', en: 'latitude or northing' }, required: false },
  { id: 'geometry', label: { zh: 'WKT 几何', en: 'WKT geometry' }, required: false },
  { id: 'h3', label: { zh: 'H3 网格编号', en: 'H3 cell' }, required: false },
  { id: 'crs', label: { zh: '坐标系', en: 'coordinate system' }, required: false },
  { id: 'place_id', label: { zh: '所属空间单元编号', en: 'id of the place it belongs to' }, required: false },
  { id: 'population', label: { zh: '人口数', en: 'persons' }, required: false },
];

function listRoles(builder: RecordBuilder): Preview['roles'] {
  if (builder.contract === undefined) return GENERAL_ROLES;
  return getContract(builder.contract).columns.map(({ name, label, required }) => ({ id: name, label, required }));
}

const SAMPLES_SHOWN = 3;

function previewColumns(columns: readonly string[], raw: readonly RawFeature[], roles: ReadonlyMap<string, string>): ColumnPreview[] {
  return columns.map((name) => {
    const samples: string[] = [];
    for (const { values } of raw) {
      const value = values[name];
      if (value !== null && value !== undefined && value !== '') samples.push(String(value).slice(0, 60));
      if (samples.length >= SAMPLES_SHOWN) break;
    }
    return { name, role: roles.get(name), samples };
  });
}

function previewBox(sample: readonly SourceRow[]): Box | undefined {
  let box: Box = emptyBox();
  for (const { geometry } of sample) if (geometry !== undefined) box = joinBoxes(box, boxOf(geometry));
  return box[0] > box[2] ? undefined : box;
}

export interface PreviewHead {
  readonly format: FormatId;
  readonly summary: Bilingual;
  readonly encoding: string | undefined;
  readonly members: readonly string[];
  /** Roles that the format itself gave columns (coordinates of tables). */
  readonly roles?: ReadonlyMap<string, string>;
}

/** What the first features show. Reads no further than the sample. */
export async function previewFeatures(head: PreviewHead, source: FeatureSource, options: ImportOptions, context: ReadContext): Promise<Preview> {
  const iterator = source.features[Symbol.asyncIterator]();
  try {
    const raw = await takeSample(iterator);
    const facts: ImportFacts = { seen: {} };
    const { builder, sample, columns } = setUp(source, raw, options, context.notes, facts);
    addRowSystems(source, facts);
    const roles = new Map([...builder.roles, ...(head.roles ?? [])]);
    return {
      format: head.format,
      summary: head.summary,
      crs: facts.crs,
      crsGuessed: facts.crsGuessed ?? false,
      encoding: head.encoding,
      contract: builder.contract,
      members: head.members,
      columns: previewColumns(columns, raw, roles),
      roles: listRoles(builder),
      box: previewBox(sample),
    };
  } finally {
    await iterator.return?.();
  }
}

/** `12.3 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
