// Reads the files that the parent sends, one at a time, with the built readers, and says how each ended.
import { bytesSource } from '../../../dist/import/byte-source.js';
import { NoteBook } from '../../../dist/core/note.js';
import { READERS } from '../../../dist/import/readers.js';
import { recogniseFile } from '../../../dist/import/recognise.js';

const MAX_RECORDS = 2_000_000;

/** Throws where a record breaks what import/model.ts promises. */
function checkRecord(record) {
  const fail = (what) => {
    throw new Error(`broken record: ${what} in ${JSON.stringify({ ...record, geometry: undefined, values: undefined }).slice(0, 300)}`);
  };
  const { geometry } = record;
  if (geometry !== undefined) {
    const { coordinates, partEnds, polygonEnds } = geometry;
    if (coordinates.length === 0 || coordinates.length % 2 !== 0) fail('odd or no coordinates');
    for (let i = 0; i < coordinates.length; i += 2) {
      if (!(Math.abs(coordinates[i]) <= 180.000001) || !(Math.abs(coordinates[i + 1]) <= 90.000001)) fail(`position ${coordinates[i]}, ${coordinates[i + 1]}`);
    }
    if (partEnds !== undefined && partEnds[partEnds.length - 1] !== coordinates.length / 2) fail('parts');
    if (polygonEnds !== undefined && polygonEnds[polygonEnds.length - 1] !== partEnds.length) fail('polygons');
  }
  if (record.type === 'transit-trip' && (record.stopIds.length < 2 || record.arrivalS.length !== record.stopIds.length || record.departureS.length !== record.stopIds.length)) fail('trip');
  if (record.type === 'population-cell' && !(record.persons >= 0 && Number.isFinite(record.persons))) fail('persons');
  if ((record.type === 'population-raster' || record.type === 'surface-raster') && record.values.length !== record.width * record.height) fail('raster size');
  if (record.type === 'population-raster') for (const value of record.values) if (value < 0 || value === Infinity) fail(`value ${value}`);
  for (const [key, value] of Object.entries(record.attributes ?? record.values ?? {})) {
    if (record.type.endsWith('raster')) break;
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value)) fail(`attribute ${key}`);
    if (typeof value === 'number' && !Number.isFinite(value)) fail(`attribute ${key} = ${value}`);
  }
}

/** `input` errors with both languages are how a reader may end; everything else is a fault. */
function explain(error, stage) {
  if (error?.name === 'ChengmaiError' && error.kind === 'input' && error.text.zh !== '' && error.text.en !== '') return { end: 'error', code: error.code };
  return { end: 'fault', what: `${stage}: ${error?.stack ?? String(error)}`.slice(0, 1500) };
}

async function readOne({ format, name, bytes, options }) {
  try {
    await recogniseFile(bytesSource(name, bytes));
  } catch (error) {
    const outcome = explain(error, 'recognise');
    if (outcome.end === 'fault') return outcome;
  }
  const reader = READERS.find((candidate) => candidate.format === format);
  try {
    await reader.preview(bytesSource(name, bytes), options, { notes: new NoteBook() });
  } catch (error) {
    const outcome = explain(error, 'preview');
    if (outcome.end === 'fault') return outcome;
  }
  const notes = new NoteBook();
  let records = 0;
  try {
    for await (const chunk of reader.read(bytesSource(name, bytes), options, { notes }, { seen: {} })) {
      for (const record of chunk) checkRecord(record);
      records += chunk.length;
      if (records > MAX_RECORDS) return { end: 'fault', what: `over ${MAX_RECORDS} records of ${bytes.length} bytes` };
    }
  } catch (error) {
    return explain(error, 'read');
  }
  for (const note of notes.list()) if (note.text.zh === '' || note.text.en === '' || !(note.count > 0)) return { end: 'fault', what: `note ${note.code} says nothing` };
  return { end: 'read', records, notes: notes.list().length };
}

process.on('message', (job) => {
  const before = process.resourceUsage().maxRSS;
  readOne(job).then(
    (outcome) => process.send({ ...outcome, peakMb: Math.round(process.resourceUsage().maxRSS / 1024), beforeMb: Math.round(before / 1024) }),
    (error) => process.send({ end: 'fault', what: String(error?.stack ?? error), peakMb: 0, beforeMb: 0 }),
  );
});
process.send({ end: 'ready', formats: READERS.map((reader) => reader.format) });
