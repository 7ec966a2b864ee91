/**
 * Which coordinate system a file's numbers are in: what the user states, else what the file declares, else a guess with
 * a note. A declaration that the numbers contradict (metres declared as degrees and the like) is named as such.
 */
import { ChengmaiError } from '../../core/errors.ts';
import type { NoteBook } from '../../core/note.ts';
import type { ImportFacts } from '../model.ts';
import type { CoordinateSystem } from './coordinate-system.ts';
import { findCrs, resolveCrs, WGS84 } from './coordinate-system.ts';
import { findZoneByEasting, GAUSS_KRUEGER_ZONES } from './gauss-krueger.ts';

export interface CrsEvidence {
  readonly file: string;
  /** What the user says; wins. */
  readonly stated?: string;
  /** What the file says of itself (.prj, `crs` member, srs table …). */
  readonly declared?: string;
  /** The system of files of this format that declare nothing, where the format fixes one (GeoJSON). */
  readonly formatDefault?: CoordinateSystem;
  /** Some coordinates of the file, interleaved; non-finite ones are passed over. */
  readonly sample: ArrayLike<number>;
}

export interface ChosenCrs {
  readonly crs: CoordinateSystem;
  readonly guessed: boolean;
  /** True where the file puts latitude or northing first. */
  readonly swapped: boolean;
}

interface Extent {
  readonly count: number;
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

/** The middle half of the sample, so that a quarter of wild values on either side does not decide. */
function extentOf(sample: ArrayLike<number>): Extent {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i + 1 < sample.length; i += 2) {
    if (!Number.isFinite(sample[i]) || !Number.isFinite(sample[i + 1])) continue;
    // 0, 0 stands for "unknown" in many tables.
    if (sample[i] === 0 && sample[i + 1] === 0) continue;
    xs.push(sample[i]);
    ys.push(sample[i + 1]);
  }
  xs.sort((a, b) => a - b);
  ys.sort((a, b) => a - b);
  const cut = Math.floor((xs.length - 1) * 0.25);
  if (xs.length === 0) return { count: 0, minX: 0, maxX: 0, minY: 0, maxY: 0 };
  return { count: xs.length, minX: xs[cut], maxX: xs[xs.length - 1 - cut], minY: ys[cut], maxY: ys[ys.length - 1 - cut] };
}

const within = (low: number, value: number, high: number): boolean => value >= low && value <= high;

function fitsDegrees(e: Extent): boolean {
  return within(-180, e.minX, 180) && within(-180, e.maxX, 180) && within(-90, e.minY, 90) && within(-90, e.maxY, 90);
}

/** Latitude first: as degrees it only fits when turned round. */
function fitsDegreesSwapped(e: Extent): boolean {
  return !fitsDegrees(e) && fitsDegrees({ count: e.count, minX: e.minY, maxX: e.maxY, minY: e.minX, maxY: e.maxX });
}

/** Northings of China lie between 0.4 and 6.0 million metres (4° to 54° N). */
function isNorthing(low: number, high: number): boolean {
  return low > 400_000 && high < 6_000_000;
}

function findZoneSystem(low: number, high: number): CoordinateSystem | undefined {
  const zone = findZoneByEasting(low);
  return zone !== undefined && zone === findZoneByEasting(high) ? findCrs(`EPSG:${zone.epsg}`) : undefined;
}

/** A Gauss–Krüger zone that eastings with a zone number give away, either way round. */
function guessZone(e: Extent): { crs: CoordinateSystem; swapped: boolean } | undefined {
  if (isNorthing(e.minY, e.maxY)) {
    const crs = findZoneSystem(e.minX, e.maxX);
    if (crs !== undefined) return { crs, swapped: false };
  }
  if (isNorthing(e.minX, e.maxX)) {
    const crs = findZoneSystem(e.minY, e.maxY);
    if (crs !== undefined) return { crs, swapped: true };
  }
  return undefined;
}

/** Northing first under a projected system of the Gauss–Krüger kind: eastings are 0.1–0.9 million past the zone number. */
function looksNorthingFirst(e: Extent, crs: CoordinateSystem): boolean {
  if (crs.geographic) return false;
  const centre = Float64Array.of((e.minX + e.maxX) / 2, (e.minY + e.maxY) / 2);
  const turned = Float64Array.of(centre[1], centre[0]);
  const plausible = (point: Float64Array): boolean => {
    const back = point.slice();
    crs.toWgs84(back);
    if (!(Math.abs(back[0]) <= 180 && Math.abs(back[1]) <= 90)) return false;
    const forth = back.slice();
    crs.fromWgs84(forth);
    return Math.hypot(forth[0] - point[0], forth[1] - point[1]) < 1;
  };
  const zone = GAUSS_KRUEGER_ZONES.find(({ epsg }) => crs.id === `EPSG:${epsg}`);
  if (zone !== undefined) {
    const [least, most] = zone.prefix === undefined ? [100_000, 900_000] : [zone.prefix * 1e6, zone.prefix * 1e6 + 1e6];
    return isNorthing(e.minX, e.maxX) && e.minX > 900_000 && e.minY > least && e.maxY < most;
  }
  return !plausible(centre) && plausible(turned);
}

function shown(e: Extent): string {
  return `${e.minX}, ${e.minY}`;
}

/** The corner that is no degrees, where one is. */
function shownBeyondDegrees(e: Extent): string {
  return within(-180, e.minX, 180) && within(-90, e.minY, 90) ? `${e.maxX}, ${e.maxY}` : shown(e);
}

function missingCrs(file: string, e: Extent): ChengmaiError {
  return new ChengmaiError(
    'input',
    'import/missing-crs',
    {
      zh: `文件 ${file} 没有说明坐标系，其坐标（如 ${shownBeyondDegrees(e)}）不是经纬度；请指定坐标系（--crs EPSG:4547、EPSG:3857 …）。`,
      en: `The file ${file} does not say its coordinate system, and its coordinates (such as ${shownBeyondDegrees(e)}) are not degrees; state it (--crs EPSG:4547, EPSG:3857 …).`,
    },
    { file, value: shownBeyondDegrees(e) },
  );
}

function contradiction(file: string, crs: CoordinateSystem, e: Extent): ChengmaiError {
  return new ChengmaiError(
    'input',
    'import/crs-mismatch',
    {
      zh: `文件 ${file} 标明为经纬度坐标系 ${crs.id}，但坐标（如 ${shownBeyondDegrees(e)}）超出经纬度范围；请指定真实坐标系（--crs）。`,
      en: `The file ${file} is said to be in ${crs.id}, in degrees, but its coordinates (such as ${shownBeyondDegrees(e)}) are beyond any degrees; state the true system (--crs).`,
    },
    { file, value: shownBeyondDegrees(e) },
  );
}

function chooseWithout(evidence: CrsEvidence, e: Extent, notes: NoteBook): ChosenCrs {
  const { file, formatDefault } = evidence;
  const place = { file, value: shown(e) };
  if (e.count === 0) return { crs: formatDefault ?? WGS84, guessed: formatDefault === undefined, swapped: false };
  if (fitsDegrees(e)) {
    if (formatDefault !== undefined) return { crs: formatDefault, guessed: false, swapped: false };
    notes.add('warning', 'import/crs-guessed', { zh: '文件未说明坐标系，按 WGS 84 经纬度读取；若来自高德、腾讯（GCJ-02）或百度（BD-09），请在导入时指定。', en: 'The file does not say its coordinate system; read as WGS 84 degrees. If it comes from Gaode, Tencent (GCJ-02) or Baidu (BD-09), state so on import.' }, place);
    return { crs: WGS84, guessed: true, swapped: false };
  }
  if (fitsDegreesSwapped(e)) {
    notes.add('warning', 'import/axes-swapped', { zh: '坐标的经度与纬度写反，已对调。', en: 'Longitude and latitude stand the wrong way round; they were swapped.' }, place);
    return { crs: formatDefault ?? WGS84, guessed: true, swapped: true };
  }
  const zone = guessZone(e);
  if (zone === undefined) throw missingCrs(file, e);
  notes.add('warning', 'import/crs-guessed', { zh: `文件未说明坐标系，由带号推断为 CGCS2000 高斯-克吕格（${zone.crs.id}）；如非此系，请在导入时指定。`, en: `The file does not say its coordinate system; its zone numbers suggest CGCS2000 Gauss–Krüger (${zone.crs.id}). State the system on import if it is another.` }, place);
  return { crs: zone.crs, guessed: true, swapped: zone.swapped };
}

/** Degrees declared, metres found: a zone number tells, otherwise the file cannot be placed. */
function chooseDespiteDegrees(evidence: CrsEvidence, crs: CoordinateSystem, e: Extent, notes: NoteBook): ChosenCrs {
  const { file } = evidence;
  if (fitsDegreesSwapped(e)) {
    notes.add('warning', 'import/axes-swapped', { zh: '坐标的经度与纬度写反，已对调。', en: 'Longitude and latitude stand the wrong way round; they were swapped.' }, { file, value: shown(e) });
    return { crs, guessed: false, swapped: true };
  }
  // People say CGCS2000 and mean its Gauss–Krüger zone.
  const zone = evidence.stated === undefined || crs.id === 'EPSG:4490' ? guessZone(e) : undefined;
  if (zone === undefined) throw contradiction(file, crs, e);
  notes.add('warning', 'import/crs-lie', { zh: `文件声明坐标系为 ${crs.id}（经纬度），但坐标是带号的投影坐标，按 ${zone.crs.id} 读取。`, en: `The file declares ${crs.id}, in degrees, but its numbers are projected with a zone number; read as ${zone.crs.id}.` }, { file, value: shown(e) });
  return { crs: zone.crs, guessed: true, swapped: zone.swapped };
}

function chooseGiven(evidence: CrsEvidence, crs: CoordinateSystem, e: Extent, notes: NoteBook): ChosenCrs {
  const { file } = evidence;
  const place = { file, value: shown(e) };
  if (e.count === 0) return { crs, guessed: false, swapped: false };
  if (crs.geographic) return fitsDegrees(e) ? { crs, guessed: false, swapped: false } : chooseDespiteDegrees(evidence, crs, e, notes);
  if (fitsDegrees(e) && (Math.abs(e.maxX) > 1 || Math.abs(e.maxY) > 1)) {
    notes.add('warning', 'import/crs-lie', { zh: `标明的坐标系为 ${crs.id}（投影坐标），但坐标是经纬度，按 WGS 84 读取。`, en: `The system given is ${crs.id}, projected, but the numbers are degrees; read as WGS 84.` }, place);
    return { crs: WGS84, guessed: true, swapped: false };
  }
  if (looksNorthingFirst(e, crs)) {
    notes.add('warning', 'import/axes-swapped', { zh: '坐标的北向值写在前（测绘 X），已对调。', en: 'Northings stand first (the surveyors’ X); the axes were swapped.' }, place);
    return { crs, guessed: false, swapped: true };
  }
  return { crs, guessed: false, swapped: false };
}

/** Adds a system to what is known of a file: layers, sheets and rows of one file may each be in another. */
export function addCrs(facts: ImportFacts, id: string, guessed: boolean): void {
  const known = facts.crs === undefined ? [] : facts.crs.split(', ');
  if (!known.includes(id)) facts.crs = [...known, id].join(', ');
  facts.crsGuessed = guessed || facts.crsGuessed === true;
}

/**
 * Decides the system and adds it to `facts`.
 *
 * @throws ChengmaiError `import/missing-crs`, `import/crs-mismatch`, `import/unknown-crs` (of a stated system)
 */
export function chooseCrs(evidence: CrsEvidence, notes: NoteBook, facts?: ImportFacts): ChosenCrs {
  const extent = extentOf(evidence.sample);
  let given = evidence.stated === undefined ? undefined : resolveCrs(evidence.stated, evidence.file);
  if (given === undefined && evidence.declared !== undefined) {
    given = findCrs(evidence.declared);
    if (given === undefined) {
      notes.add('warning', 'import/unknown-crs', { zh: '文件声明的坐标系无法识别，按未声明处理。', en: 'The coordinate system that the file declares is not known; treated as not declared.' }, { file: evidence.file, value: evidence.declared.slice(0, 120) });
    }
  }
  const chosen = given === undefined ? chooseWithout(evidence, extent, notes) : chooseGiven(evidence, given, extent, notes);
  if (facts !== undefined) addCrs(facts, chosen.crs.id, chosen.guessed);
  return chosen;
}
