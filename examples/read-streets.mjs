// Reads the streets of an OpenStreetMap file without a base, and sums their length by class.
//
//   node examples/read-streets.mjs FILE.osm.pbf
import { openFile, readStreets } from 'chengmai/import';

const source = await openFile(process.argv[2]);
const metres = new Map();
let streets = 0;
for await (const chunk of readStreets(source)) {
  for (let i = 0; i < chunk.count; i++) {
    let length = 0;
    for (let v = (i === 0 ? 0 : chunk.ends[i - 1]) + 1; v < chunk.ends[i]; v++) {
      const middle = ((chunk.latE7[v] + chunk.latE7[v - 1]) / 2e7) * (Math.PI / 180);
      const north = (chunk.latE7[v] - chunk.latE7[v - 1]) * 0.0111;
      const east = (chunk.lonE7[v] - chunk.lonE7[v - 1]) * 0.0111 * Math.cos(middle);
      length += Math.hypot(north, east);
    }
    const kind = chunk.tagsOf(i).highway;
    metres.set(kind, (metres.get(kind) ?? 0) + length);
    streets++;
  }
}
await source.close();
console.log(`${streets} streets`);
for (const [kind, length] of [...metres].sort((a, b) => b[1] - a[1]).slice(0, 8)) console.log(`${kind.padEnd(16)} ${(length / 1000).toFixed(1)} km`);
