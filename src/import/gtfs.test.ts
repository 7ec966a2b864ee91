import { existsSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { NoteBook } from '../core/note.ts';
import type { Note } from '../core/note.ts';
import { toGeoJson } from '../engine/spatial/geometry.ts';
import { bytesSource, openFile } from './byte-source.ts';
import { gtfsReader } from './gtfs.ts';
import type { ByteSource, FeatureRecord, ImportFacts, ImportOptions, ImportRecord, TransitServiceRecord, TransitTripRecord } from './model.ts';

/** A feed of two lines: metro M1 (stops A, B, C on the equator, 0.01° apart) with a shape, bus 2 (C, D) without one. */
const FEED: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\nT,City Transit,http://x,Asia/Shanghai\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_code\n' +
    'A,Alpha,0.0,114.00,0,,a1\nB,Beta,0.0,114.01,0,,\nC,Gamma,0.0,114.03,0,S,\nD,Delta,0.01,114.03,0,,\nS,Gamma station,0.0,114.031,1,,\nE,Gate 1,,,2,S,\n',
  'routes.txt': 'route_id,agency_id,route_short_name,route_long_name,route_type,route_color\nM1,T,1号线,Line 1,1,FF0000\nB2,T,2,,3,\n',
  'calendar.txt': 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWK,1,1,1,1,1,0,0,20250101,20251231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nWK,20251001,2\nHOL,20251001,1\n',
  'shapes.txt': 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nsh,0.0,114.03,30\nsh,0.0,114.00,10\nsh,0.001,114.01,20\n',
  'trips.txt': 'route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\nM1,WK,t1,Gamma,0,sh\nM1,WK,t2,Gamma,0,sh\nB2,HOL,t3,,,\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n' +
    't1,08:00:00,08:00:30,A,1\nt1,,,B,2\nt1,8:06:30,8:06:30,C,3\n' +
    't2,24:10:00,24:10:00,C,9\nt2,23:58:00,23:58:00,A,4\n' +
    't3,07:00:00,07:00:00,C,1\nt3,07:10:00,07:10:00,D,2\n',
  'frequencies.txt': 'trip_id,start_time,end_time,headway_secs,exact_times\nt3,07:00:00,09:00:00,600,1\n',
};

function feedZip(changes: Readonly<Record<string, string | Uint8Array | undefined>> = {}, folder = ''): ByteSource {
  const files: Record<string, Uint8Array> = {};
  for (const [name, content] of Object.entries({ ...FEED, ...changes })) {
    if (content !== undefined) files[folder + name] = typeof content === 'string' ? strToU8(content) : content;
  }
  return bytesSource('feed.zip', zipSync(files));
}

interface Result {
  records: ImportRecord[];
  notes: Note[];
  facts: ImportFacts;
  trips: TransitTripRecord[];
  services: TransitServiceRecord[];
  stops: FeatureRecord[];
  routes: FeatureRecord[];
}

async function readFeed(source: ByteSource, options: ImportOptions = {}): Promise<Result> {
  const notes = new NoteBook();
  const facts: ImportFacts = { seen: {} };
  const records: ImportRecord[] = [];
  for await (const chunk of gtfsReader.read(source, options, { notes }, facts)) records.push(...chunk);
  const features = records.filter((record) => record.type === 'feature');
  return {
    records,
    notes: notes.list(),
    facts,
    trips: records.filter((record) => record.type === 'transit-trip'),
    services: records.filter((record) => record.type === 'transit-service'),
    stops: features.filter((record) => record.layer === 'transit-stop'),
    routes: features.filter((record) => record.layer === 'transit-route'),
  };
}

function countOf(notes: readonly Note[], code: string): number {
  return notes.find((note) => note.code === `import/gtfs-${code}`)?.count ?? 0;
}

async function codeOf(run: Promise<unknown>): Promise<{ code: string; place: { file?: string; field?: string }; text: { zh: string; en: string } }> {
  return run.then(
    () => ({ code: 'no error', place: {}, text: { zh: '', en: '' } }),
    (error: { code: string; place: object; text: { zh: string; en: string } }) => error,
  );
}

describe('gtfsReader', () => {
  it('knows a feed by its members', () => {
    const bytes = zipSync({ 'feed/agency.txt': strToU8('agency_name\nX\n') });
    expect(gtfsReader.detect('x.zip', bytes)?.format).toBe('gtfs');
    expect(gtfsReader.detect('x.zip', zipSync({ 'readme.txt': strToU8('x') }))).toBeUndefined();
    expect(gtfsReader.detect('stops.txt', strToU8(FEED['stops.txt']))).toBeUndefined();
  });

  it('reads stops with kinds, codes, entrances placed at their station, and the modes that call', async () => {
    const { stops, notes } = await readFeed(feedZip());
    expect(stops.map((stop) => [stop.sourceId, stop.kind, stop.attributes.modes])).toEqual([
      ['stop/A', 'stop', 'metro'],
      ['stop/B', 'stop', 'metro'],
      ['stop/C', 'stop', 'bus,metro'],
      ['stop/D', 'stop', 'bus'],
      ['stop/S', 'station', 'bus,metro'],
      ['stop/E', 'entrance', 'bus,metro'],
    ]);
    expect(stops[0].attributes.stop_code).toBe('a1');
    expect(stops[5].attributes.parent_station).toBe('S');
    expect(toGeoJson(stops[5].geometry).coordinates).toEqual([114.031, 0]);
    expect(countOf(notes, 'position-from-parent')).toBe(1);
  });

  it('draws routes by sorted shapes, and by stops where there is no shape', async () => {
    const { routes, notes } = await readFeed(feedZip());
    expect(routes.map((route) => [route.sourceId, route.kind, route.name, route.attributes.agency_name])).toEqual([
      ['route/M1', 'metro', '1号线 Line 1', 'City Transit'],
      ['route/B2', 'bus', '2', 'City Transit'],
    ]);
    expect(toGeoJson(routes[0].geometry).coordinates).toEqual([[114, 0], [114.01, 0.001], [114.03, 0]]);
    expect(toGeoJson(routes[1].geometry).coordinates).toEqual([[114.03, 0], [114.03, 0.01]]);
    expect(routes[0].attributes).toMatchObject({ route_color: 'FF0000', trips: 2 });
    expect(countOf(notes, 'route-by-stops')).toBe(1);
  });

  it('interpolates by distance, sorts stops and goes past 24:00', async () => {
    const { trips, notes } = await readFeed(feedZip());
    const [t1, t2, t3] = trips;
    // B lies a third of the way from A (dep. 08:00:30) to C (arr. 08:06:30): 28,830 + 120 s.
    expect([...t1.arrivalS]).toEqual([28_800, 28_950, 29_190]);
    expect([...t1.departureS]).toEqual([28_830, 28_950, 29_190]);
    expect(t2.stopIds).toEqual(['A', 'C']);
    expect([...t2.arrivalS]).toEqual([86_280, 87_000]);
    expect(t3.frequencies).toEqual([{ startS: 25_200, endS: 32_400, headwayS: 600, exact: true }]);
    expect(t1).toMatchObject({ routeId: 'M1', serviceId: 'WK', shapeId: 'sh', headsign: 'Gamma', directionId: 0 });
    expect(t3).toMatchObject({ shapeId: undefined, headsign: undefined, directionId: undefined });
    expect(countOf(notes, 'interpolated')).toBe(1);
    expect(countOf(notes, 'unsorted-sequence')).toBe(1);
  });

  it('interpolates by shape_dist_traveled where the feed gives it', async () => {
    const { trips } = await readFeed(
      feedZip({ 'stop_times.txt': 'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\nt1,08:00:00,08:00:00,A,1,0\nt1,,,B,2,75\nt1,08:10:00,08:10:00,C,3,100\n' }),
    );
    expect([...trips[0].arrivalS]).toEqual([28_800, 29_250, 29_400]);
  });

  it('reads services of both calendars', async () => {
    const { services } = await readFeed(feedZip());
    expect(services).toEqual([
      { type: 'transit-service', serviceId: 'WK', weekdays: [true, true, true, true, true, false, false], startDate: '2025-01-01', endDate: '2025-12-31', addedDates: [], removedDates: ['2025-10-01'] },
      { type: 'transit-service', serviceId: 'HOL', weekdays: Array.from({ length: 7 }, () => false), startDate: undefined, endDate: undefined, addedDates: ['2025-10-01'], removedDates: [] },
    ]);
  });

  it('takes a byte-order mark, CRLF, quotes, spaces, sub-folders, capitals and GB18030', async () => {
    const gbk = Uint8Array.from([...strToU8('stop_id,stop_name,stop_lat,stop_lon\nA,'), 0xd5, 0xbe, ...strToU8(',0,114\nB,'), 0xd6, 0xd0, 0xb9, 0xfa, ...strToU8(',0,114.01\nC,c,0,114.03\nD,d,0.01,114.03\n')]);
    const { stops, routes, trips, facts } = await readFeed(
      feedZip({ 'stops.txt': gbk, 'routes.txt': '\ufeffroute_id , route_long_name,ROUTE_TYPE\r\n"M1","Line ""One"",\r\nexpress", 1 \r\n\r\nB2,x,3\r\n' }, 'Feed 2025/'),
    );
    expect(stops.slice(0, 2).map((stop) => stop.name)).toEqual(['站', '中国']);
    expect(routes[0].name).toBe('Line "One",\r\nexpress');
    expect(trips).toHaveLength(3);
    expect(facts.encoding).toBe('gb18030');
    expect(facts.seen).toMatchObject({ stops: 4, routes: 2, trips: 3, stop_times: 7 });
  });

  it('counts what it cannot use, with member, row and field', async () => {
    const { notes, trips, stops } = await readFeed(
      feedZip({
        'stops.txt': `${FEED['stops.txt']}A,again,0,114,0,,\nX,far,95,114,0,,\nZ,null island,0,0,0,,\n,noid,0,114,0,,\n`,
        'trips.txt': `${FEED['trips.txt']}NOPE,WK,t4,,,\nM1,NOPE,t5,,,\nM1,WK,t1,,,\nM1,WK,t6,,7,zz\nM1,WK,t7,,,\n`,
        'stop_times.txt':
          `${FEED['stop_times.txt']}t6,25:61:00,07:00:00,A,1\nt6,07:20:00,07:20:00,C,2\nt6,7:10,7:10,B,x\nt6,07:10:00,07:10:00,Q,5\n` +
          'nope,07:10:00,07:10:00,A,5\nt6,07:10:00,07:10:00,X,7\nt7,07:00:00,07:00:00,A,1\n',
        'calendar.txt': `${FEED['calendar.txt']}BACK,1,0,0,0,0,0,0,20250601,20250101\n`,
        'calendar_dates.txt': 'service_id,date,exception_type\nWK,20250230,2\nHOL,20251001,1\nHOL,20251002,3\n',
        'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nt3,07:00:00,06:00:00,600\nnope,07:00:00,08:00:00,600\n',
      }),
    );
    const counts = Object.fromEntries(notes.map((note) => [note.code.replace('import/gtfs-', ''), note.count]));
    expect(counts).toMatchObject({
      'duplicate-stop': 1,
      'bad-coordinate': 2,
      'bad-id': 1,
      'unknown-route': 1,
      'unknown-service': 1,
      'duplicate-trip': 1,
      'bad-direction': 1,
      'unknown-shape': 1,
      'bad-time': 1,
      'bad-sequence': 1,
      'unknown-stop': 1,
      'unknown-trip': 2,
      'stop-without-position': 1,
      'short-trip': 1,
      'bad-date': 1,
      'bad-exception-type': 1,
      'dates-backwards': 1,
      'bad-frequency': 1,
    });
    expect(notes.find((note) => note.code === 'import/gtfs-bad-time')?.examples).toEqual([{ file: 'feed.zip/stop_times.txt', row: 9, field: 'arrival_time', value: '25:61:00' }]);
    expect(trips.map((trip) => trip.tripId)).toEqual(['t1', 't2', 't3', 't6']);
    expect(stops.map((stop) => stop.sourceId)).not.toContain('stop/X');
  });

  it('mends times that run backwards or forget midnight, and cuts untimed ends', async () => {
    const { trips, notes } = await readFeed(
      feedZip({
        'stop_times.txt':
          'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n' +
          't1,23:50:00,23:50:00,A,1\nt1,00:05:00,00:05:00,B,2\nt1,00:20:00,00:20:00,C,3\n' +
          't2,08:00:00,08:00:00,A,1\nt2,07:59:00,07:59:00,B,2\nt2,08:05:00,08:05:00,C,3\n' +
          't3,,,A,1\nt3,08:00:00,08:00:00,B,2\nt3,08:05:00,08:05:00,C,3\nt3,,,D,4\n',
      }),
    );
    expect(trips.map((trip) => [...trip.arrivalS])).toEqual([
      [85_800, 86_700, 87_600],
      [28_800, 28_800, 29_100],
      [28_800, 29_100],
    ]);
    expect(trips[2].stopIds).toEqual(['B', 'C']);
    expect([countOf(notes, 'past-midnight'), countOf(notes, 'time-backwards'), countOf(notes, 'untimed-end')]).toEqual([2, 1, 2]);
  });

  it('does without optional files and says which required one is missing', async () => {
    const without = await readFeed(feedZip({ 'agency.txt': undefined, 'shapes.txt': undefined, 'frequencies.txt': undefined, 'calendar_dates.txt': undefined }));
    expect(without.trips.map((trip) => trip.tripId)).toEqual(['t1', 't2']);
    expect(countOf(without.notes, 'no-agency')).toBe(1);
    for (const name of ['stops.txt', 'routes.txt', 'trips.txt', 'stop_times.txt']) {
      const error = await codeOf(readFeed(feedZip({ [name]: undefined }, 'sub/')));
      expect(error.code).toBe('import/gtfs-missing-file');
      expect(error.text.en).toContain(`sub/${name}`);
      expect(error.text.zh).toContain(`sub/${name}`);
    }
    expect((await codeOf(readFeed(feedZip({ 'calendar.txt': undefined, 'calendar_dates.txt': undefined })))).code).toBe('import/gtfs-missing-file');
    expect(await codeOf(readFeed(feedZip({ 'stop_times.txt': 'trip_id,stop_id\n' })))).toMatchObject({ code: 'import/gtfs-missing-column', place: { file: 'feed.zip/stop_times.txt', field: 'stop_sequence' } });
    expect((await codeOf(readFeed(feedZip({ 'stops.txt': '' })))).code).toBe('import/gtfs-no-header');
    expect((await codeOf(readFeed(feedZip({ 'stops.txt': `${'a,'.repeat(600)}b\n` })))).code).toBe('import/gtfs-columns');
  });

  it('refuses tables with more rows than memory is meant to hold', async () => {
    const error = await codeOf(readFeed(feedZip({ 'agency.txt': `agency_id,agency_name\n${'a,b\n'.repeat(100_001)}` })));
    expect(error).toMatchObject({ code: 'import/gtfs-too-large', place: { file: 'feed.zip/agency.txt', row: 100_001 } });
  });

  it('leaves out a row whose quote is never closed, and reads the next', async () => {
    const { stops, notes } = await readFeed(feedZip({ 'stops.txt': `stop_id,stop_name,stop_lat,stop_lon\nQ,"open,0,114\n${FEED['stops.txt'].split('\n').slice(1, 5).join('\n')}\n` }));
    expect(stops.map((stop) => stop.sourceId)).toEqual(['stop/A', 'stop/B', 'stop/C', 'stop/D']);
    expect(countOf(notes, 'long-row')).toBe(1);
  });

  it('keeps several feeds of one archive apart', async () => {
    const files: Record<string, Uint8Array> = {};
    for (const folder of ['north/', 'south/']) for (const [name, content] of Object.entries(FEED)) files[folder + name] = strToU8(content);
    const source = bytesSource('both.zip', zipSync(files));
    const { trips, stops } = await readFeed(source);
    expect(trips).toHaveLength(6);
    expect(new Set(stops.map((stop) => stop.sourceId)).size).toBe(12);
    expect(trips[3]).toMatchObject({ tripId: 'south/t1', routeId: 'south/M1', serviceId: 'south/WK', shapeId: 'south/sh' });
    expect(trips[3].stopIds[0]).toBe('south/A');
    expect((await readFeed(source, { member: 'north' })).trips[0].tripId).toBe('t1');
  });

  it('moves GCJ-02 feeds to WGS 84 when told so', async () => {
    const changes = { 'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\nA,a,30.5,114.3\nB,b,30.5,114.31\nC,c,30.5,114.32\nD,d,30.51,114.32\n' };
    const { stops, facts } = await readFeed(feedZip(changes), { crs: 'GCJ-02' });
    const [lon, lat] = stops[0].geometry.coordinates;
    expect(Math.hypot((lon - 114.3) * 95_800, (lat - 30.5) * 110_900)).toBeGreaterThan(300);
    expect(facts.crs).toBe('GCJ-02');
  });

  it('takes English names from translations of both forms', async () => {
    const now = await readFeed(
      feedZip({ 'translations.txt': 'table_name,field_name,language,translation,record_id,field_value\nstops,stop_name,en,Alpha Gate,A,\nstops,stop_name,en-GB,Beta Road,,Beta\nstops,stop_name,ja,ガンマ,C,\nroutes,route_short_name,en,Metro 1,M1,\n' }),
    );
    expect(now.stops.map((stop) => stop.nameEn)).toEqual(['Alpha Gate', 'Beta Road', undefined, undefined, undefined, undefined]);
    expect(now.routes.map((route) => route.nameEn)).toEqual(['Metro 1 Line 1', undefined]);
    const old = await readFeed(feedZip({ 'translations.txt': 'trans_id,lang,translation\nDelta,en,Delta Quay\n' }));
    expect(old.stops[3].nameEn).toBe('Delta Quay');
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    controller.abort();
    const iterate = async (): Promise<void> => {
      for await (const chunk of gtfsReader.read(feedZip(), {}, { notes: new NoteBook(), signal: controller.signal }, { seen: {} })) expect(chunk).toBeUndefined();
    };
    expect((await codeOf(iterate())).code).toBe('core/cancelled');
  });

  it('previews operator, counts and extent', async () => {
    const preview = await gtfsReader.preview(feedZip(), {}, { notes: new NoteBook() });
    expect(preview.summary.en).toBe('GTFS feed: City Transit, 2 routes, 6 stops');
    expect(preview.box).toEqual([114, 0, 114.031, 0.01]);
  });
});

const EPTC = '../shared/data/porto-alegre/poa_eptc.zip';

describe.skipIf(!existsSync(EPTC))('a feed of Porto Alegre (needs ../shared)', () => {
  it('keeps every row of it', async () => {
    const source = await openFile(EPTC);
    const { trips, stops, routes, services } = await readFeed(source);
    await source.close();
    // Counted with Python's csv module.
    expect([stops.length, routes.length, services.length, trips.length]).toEqual([3986, 115, 115, 2374]);
    expect(trips.reduce((sum, trip) => sum + trip.stopIds.length, 0)).toBe(130_019);
    expect(trips.every((trip) => trip.arrivalS.every((timeS, i) => i === 0 || timeS >= trip.departureS[i - 1]))).toBe(true);
  });
});
