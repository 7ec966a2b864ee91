// Reads a made-up feed of N million stop times: time, processor time and peak memory of the whole process.
//
//   npm run build && node bench/gtfs.mjs [MILLIONS]     (default 5; the feed is written to bench/out once)
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Zip, ZipDeflate } from 'fflate';

const STOPS_PER_TRIP = 50;
const out = join(dirname(fileURLToPath(import.meta.url)), 'out');

const clock = (s) => [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60].map((n) => String(n).padStart(2, '0')).join(':');

/** 1,000 routes with shapes of 300 points, 10,000 stops, trips of 50 stops each. */
function* tables(trips) {
  const rows = (n, row) => Array.from({ length: n }, (_, i) => row(i)).join('');
  yield ['agency.txt', ['agency_id,agency_name,agency_url,agency_timezone\nT,City,http://x,Asia/Shanghai\n']];
  yield ['stops.txt', ['stop_id,stop_name,stop_lat,stop_lon\n', rows(10_000, (i) => `S${100_000 + i},站点 ${i},${(30.4 + (i % 100) * 0.004).toFixed(6)},${(114 + Math.floor(i / 100) * 0.005).toFixed(6)}\n`)]];
  yield ['routes.txt', ['route_id,agency_id,route_short_name,route_long_name,route_type\n', rows(1000, (i) => `R${i},T,${i}路,,3\n`)]];
  yield ['calendar.txt', ['service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWK,1,1,1,1,1,0,0,20250101,20251231\n']];
  yield ['shapes.txt', ['shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n', rows(300_000, (i) => `sh${Math.floor(i / 300)},${(30.4 + (i % 300) * 0.001).toFixed(6)},${(114 + Math.floor(i / 300) * 0.0005).toFixed(6)},${i % 300}\n`)]];
  yield ['trips.txt', ['route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\n', rows(trips, (i) => `R${i % 1000},WK,trip-${1_000_000 + i},终点 ${i % 1000},${i % 2},sh${i % 1000}\n`)]];
  const stopTimes = function* () {
    yield 'trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n';
    for (let i = 0; i < trips; i++) {
      let s = 5 * 3600 + ((i * 613) % 68_000);
      yield rows(STOPS_PER_TRIP, (k) => {
        const line = `trip-${1_000_000 + i},${clock(s)},${clock(s + 20)},S${100_000 + ((i * 7 + k * 13) % 10_000)},${k + 1},0,0\n`;
        s += 120 + ((i + k) % 60);
        return line;
      });
    }
  };
  yield ['stop_times.txt', stopTimes()];
}

function writeFeed(path, trips) {
  const file = openSync(path, 'w');
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    writeSync(file, bytes);
  });
  const encoder = new TextEncoder();
  for (const [name, pieces] of tables(trips)) {
    const member = new ZipDeflate(name, { level: 1 });
    zip.add(member);
    for (const piece of pieces) member.push(encoder.encode(piece));
    member.push(new Uint8Array(0), true);
  }
  zip.end();
  closeSync(file);
}

async function readFeed(path) {
  const { openFile } = await import('../dist/import/byte-source.js');
  const { gtfsReader } = await import('../dist/import/gtfs.js');
  const { NoteBook } = await import('../dist/core/note.js');
  const source = await openFile(path);
  const start = performance.now();
  let trips = 0;
  let stopTimes = 0;
  for await (const chunk of gtfsReader.read(source, {}, { notes: new NoteBook() }, { seen: {} })) {
    for (const record of chunk) {
      if (record.type !== 'transit-trip') continue;
      trips++;
      stopTimes += record.stopIds.length;
    }
  }
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(`${trips} trips, ${stopTimes} stop times: ${((performance.now() - start) / 1000).toFixed(1)} s, ${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s of processor, peak ${Math.round(maxRSS / 1024)} MB`);
}

if (process.argv[2] === '--read') await readFeed(process.argv[3]);
else {
  const millions = Number(process.argv[2] ?? 5);
  const path = join(out, `feed-${millions}m.zip`);
  mkdirSync(out, { recursive: true });
  if (!existsSync(path)) writeFeed(path, Math.round((millions * 1e6) / STOPS_PER_TRIP));
  // A process of its own, so that writing the feed does not count.
  process.stdout.write(execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--read', path]));
}
