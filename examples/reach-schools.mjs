// The street engine as a library: how many schools are within a 15-minute walk of each corner of a grid, and where the nearest is.
//
//   node examples/reach-schools.mjs FILE.osm.pbf LON,LAT LON,LAT …        (the schools)
import { buildHierarchy, buildIsochrone, buildTravelGraph, collectNearest, linkPoints, openNearest, profileOf, StreetSearch, sumReachable } from 'chengmai/engine';
import { openFile, readNetwork } from 'chengmai/import';

const [file, ...places] = process.argv.slice(2);
if (places.length === 0) {
  console.error('node examples/reach-schools.mjs FILE.osm.pbf LON,LAT LON,LAT …');
  process.exit(2);
}
const source = await openFile(file);
const { network } = await readNetwork(source);
await source.close();

// Costs are whole seconds; 4.5 km/h, private streets of estates only to begin and to end a trip.
const travel = buildTravelGraph(network, profileOf('walk', { speedKmh: 4.5, local: 'ends' }));
const schools = linkPoints(travel, Float64Array.from(places.flatMap((place) => place.split(',').map(Number))));

// A grid of 20 × 20 points over the network's box.
const [west, south, east, north] = network.meta.bbox;
const corners = Float64Array.from({ length: 800 }, (_, i) => (i % 2 === 0 ? west + ((east - west) * ((i >> 1) % 20)) / 19 : south + ((north - south) * Math.floor(i / 40)) / 19));
const origins = linkPoints(travel, corners);

const limit = 15 * 60;
const hierarchy = buildHierarchy(travel.graph, { bound: limit });
const { sums } = sumReachable({ graph: travel.graph, hierarchy }, { origins, opportunities: schools, weights: [new Int32Array(schools.count).fill(1)], limits: [limit], travel });
const reached = sums[0][0];
console.log(`${reached.filter((count) => count > 0).length} of ${origins.count} corners reach a school in 15 minutes, at most ${Math.max(...reached)}`);

const nearest = collectNearest(openNearest(travel.graph, hierarchy), { facilities: [schools], k: 1, limit, origins, travel });
const best = nearest.cost.reduce((least, cost, i) => (cost < nearest.cost[least] ? i : least), 0);
console.log(nearest.facility[best] < 0 ? 'no corner is within reach of one' : `the closest corner walks ${nearest.cost[best]} s to school ${nearest.facility[best]}`);

const { polygons } = buildIsochrone(new StreetSearch(travel), schools, [0], [300, 600, 900]);
console.log(`isochrones of school 0 have ${polygons.map(({ coordinates }) => coordinates.length / 2).join(', ')} vertices`);
