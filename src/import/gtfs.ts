/**
 * GTFS Schedule feeds (https://gtfs.org/documentation/schedule/reference/), one or several folders in a zip archive.
 *
 * In: the archive. Out: services, trips with whole timetables, stops (`transit-stop`) with the modes that call there and
 * routes (`transit-route`) drawn by their shapes. The feed's own ids are kept; where one archive holds several feeds,
 * the folder's name goes before them.
 */
import { ChengmaiError } from '../core/errors.ts';
import type { Box } from '../engine/spatial/geometry.ts';
import { emptyBox, joinBoxes } from '../engine/spatial/geometry.ts';
import { resolveCrs, WGS84 } from './crs/coordinate-system.ts';
import type { Feed, FeedMembers } from './gtfs/feed.ts';
import { buildDecoding, findFeedEncoding, listFeeds, requireTables } from './gtfs/feed.ts';
import { addFeedNote } from './gtfs/feed-notes.ts';
import { findRouteRecord, readRoutes } from './gtfs/routes.ts';
import { readServices, serviceToRecord } from './gtfs/services.ts';
import { readShapes } from './gtfs/shapes.ts';
import { readStopTimes } from './gtfs/stop-times.ts';
import { readStops, spreadModes, stopToRecord } from './gtfs/stops.ts';
import { buildTripRecords } from './gtfs/trip-records.ts';
import { readEnglishTexts } from './gtfs/translations.ts';
import { readTrips } from './gtfs/trips.ts';
import type { ByteSource, FeatureRecord, FormatReader, ImportFacts, ImportOptions, ImportRecord, Preview, ReadContext, Recognition } from './model.ts';
import type { ZipArchive } from './zip.ts';
import { isZip, openZip } from './zip.ts';

const CHUNK_RECORDS = 4000;
const TABLE_NAMES = /(?:^|\/)(?:agency|stops|routes|trips|stop_times|calendar|calendar_dates|shapes|frequencies)\.txt$/i;

/** Names in the local headers that lie within the head. */
function listNames(head: Uint8Array): string[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const names: string[] = [];
  for (let at = 0; at + 30 <= head.length; at++) {
    if (head[at] !== 0x50 || view.getUint32(at, true) !== 0x04034b50) continue;
    names.push(new TextDecoder().decode(head.subarray(at + 30, at + 30 + view.getUint16(at + 26, true))));
  }
  return names;
}

function detect(_name: string, head: Uint8Array): Recognition | undefined {
  if (!isZip(head) || !listNames(head).some((name) => TABLE_NAMES.test(name))) return undefined;
  return { format: 'gtfs', confidence: 0.9 };
}

function chooseFeeds(archive: ZipArchive, options: ImportOptions): FeedMembers[] {
  const feeds = listFeeds(archive.members);
  const wanted = options.member === undefined ? feeds : feeds.filter((feed) => feed.folder === options.member || feed.folder === `${options.member}/`);
  if (wanted.length === 0) {
    const folders = feeds.map((feed) => feed.folder || '/').join(', ');
    throw new ChengmaiError(
      'input',
      'import/gtfs-no-feed',
      {
        zh: options.member === undefined ? `压缩包 ${archive.name} 中没有 GTFS 数据（缺 stops.txt 等文件）。` : `压缩包 ${archive.name} 中没有文件夹 ${options.member}，现有：${folders}。`,
        en: options.member === undefined ? `The archive ${archive.name} holds no GTFS feed (no stops.txt and so on).` : `The archive ${archive.name} has no folder ${options.member} with a feed; it has ${folders}.`,
      },
      { file: archive.name, value: options.member },
    );
  }
  for (const feed of wanted) requireTables(archive.name, feed);
  return wanted;
}

async function openFeed(archive: ZipArchive, members: FeedMembers, several: boolean, options: ImportOptions, context: ReadContext, facts: ImportFacts): Promise<Feed> {
  const crs = options.crs === undefined ? WGS84 : resolveCrs(options.crs, archive.name);
  facts.crs = crs.id;
  facts.crsGuessed = false;
  const { encoding, guessed } = await findFeedEncoding(archive, members, options.encoding);
  facts.encoding = encoding;
  if (guessed) addFeedNote(context.notes, 'guessed-encoding', { file: archive.name, value: encoding });
  return {
    archive,
    ...members,
    idPrefix: several ? members.folder : '',
    crs,
    decode: buildDecoding(encoding),
    context,
    facts,
    totalBytes: [...members.tables.values()].reduce((sum, member) => sum + member.sizeBytes, 0),
    doneBytes: 0,
  };
}

function* inChunks(records: Iterable<ImportRecord>): Generator<ImportRecord[], void, undefined> {
  let chunk: ImportRecord[] = [];
  for (const record of records) {
    chunk.push(record);
    if (chunk.length < CHUNK_RECORDS) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function* readFeed(feed: Feed): AsyncGenerator<ImportRecord[], void, undefined> {
  const english = await readEnglishTexts(feed);
  const stops = await readStops(feed, english);
  const routes = await readRoutes(feed, english);
  const services = await readServices(feed);
  yield* inChunks(services.list.map(serviceToRecord));
  const shapes = await readShapes(feed);
  const trips = await readTrips(feed, routes, services, shapes);
  const times = await readStopTimes(feed, stops, trips);
  yield* buildTripRecords(feed, { stops, routes, services, shapes, trips, times });
  spreadModes(stops.list);
  yield* inChunks(stops.list.filter((stop) => !Number.isNaN(stop.lon)).map(stopToRecord));
  const routeRecords = function* (): Generator<FeatureRecord> {
    for (const route of routes.list) {
      const record = findRouteRecord(feed, route, shapes, stops.list);
      if (record !== undefined) yield record;
    }
  };
  yield* inChunks(routeRecords());
}

async function* read(source: ByteSource, options: ImportOptions, context: ReadContext, facts: ImportFacts): AsyncGenerator<ImportRecord[], void, undefined> {
  const archive = await openZip(source);
  const feeds = chooseFeeds(archive, options);
  const used = new Set(feeds.flatMap((feed) => [...feed.tables.values()].map((member) => member.name)));
  for (const member of archive.members) {
    if (!used.has(member.name)) addFeedNote(context.notes, 'unknown-file', { file: `${archive.name}/${member.name}` });
  }
  for (const members of feeds) yield* readFeed(await openFeed(archive, members, feeds.length > 1, options, context, facts));
}

async function preview(source: ByteSource, options: ImportOptions, context: ReadContext): Promise<Preview> {
  const archive = await openZip(source);
  const feeds = chooseFeeds(archive, options);
  const facts: ImportFacts = { seen: {} };
  let box: Box = emptyBox();
  const operators = new Set<string>();
  for (const members of feeds) {
    const feed = await openFeed(archive, members, feeds.length > 1, options, context, facts);
    const english = await readEnglishTexts(feed);
    for (const stop of (await readStops(feed, english)).list) if (!Number.isNaN(stop.lon)) box = joinBoxes(box, [stop.lon, stop.lat, stop.lon, stop.lat]);
    for (const route of (await readRoutes(feed, english)).list) if (typeof route.attributes.agency_name === 'string') operators.add(route.attributes.agency_name);
  }
  const { stops = 0, routes = 0 } = facts.seen;
  const operator = [...operators].slice(0, 3).join(', ');
  return {
    format: 'gtfs',
    summary: {
      zh: `GTFS 公交数据：${operator || source.name}，${routes} 条线路、${stops} 个站点${feeds.length > 1 ? `，${feeds.length} 组数据` : ''}`,
      en: `GTFS feed: ${operator || source.name}, ${routes} routes, ${stops} stops${feeds.length > 1 ? `, ${feeds.length} feeds` : ''}`,
    },
    crs: facts.crs,
    crsGuessed: false,
    encoding: facts.encoding,
    contract: undefined,
    members: feeds.length > 1 ? feeds.map((feed) => feed.folder) : archive.members.map((member) => member.name),
    columns: [],
    roles: [],
    box: box[0] <= box[2] ? box : undefined,
  };
}

export const gtfsReader: FormatReader = {
  format: 'gtfs',
  label: { zh: 'GTFS 公交时刻表', en: 'GTFS timetable' },
  detect,
  preview,
  read,
};
