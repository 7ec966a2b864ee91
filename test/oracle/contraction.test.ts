/** Real streets, contracted and edge by edge: the same costs between the same points, in every mode. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import type { Network } from '../../src/engine/graph/network/network.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import { UNREACHED } from '../../src/engine/graph/search/search-graph.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { openFile } from '../../src/import/byte-source.ts';
import { readNetwork } from '../../src/import/osm/read-network.ts';
import { costRow } from '../engine/plain-costs.ts';

const FOLDER = '../shared/data';
const SMALL_BYTES = 1_000_000;
const files = existsSync(FOLDER) ? readdirSync(FOLDER).flatMap((city) => readdirSync(`${FOLDER}/${city}`).filter((name) => name.endsWith('.pbf')).map((name) => `${city}/${name}`)) : [];
const PROFILES = [profileOf('walk'), profileOf('walk', { local: 'ends', unit: 'mm' }), profileOf('bike', { local: 'ends' }), profileOf('drive', { local: 'ends' })];

/** Points anywhere in the box of a network. */
function scatter(network: Network, count: number): Float64Array {
  const [west, south, east, north] = network.meta.bbox as readonly [number, number, number, number];
  const random = new Random(7);
  return Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? west + random.next() * (east - west) : south + random.next() * (north - south)));
}

describe.skipIf(files.length === 0)(`contraction of real streets${files.length === 0 ? ` (skipped: no files in ${FOLDER})` : ''}`, () => {
  it.each(files)('changes no cost: %s', async (file) => {
    const source = await openFile(`${FOLDER}/${file}`);
    const isSmall = source.sizeBytes < SMALL_BYTES;
    const { network } = await readNetwork(source, { threads: 0 });
    await source.close();
    const lonLat = scatter(network, 100);
    for (const profile of isSmall ? PROFILES : PROFILES.slice(3)) {
      const contracted = buildTravelGraph(network, profile);
      const whole = buildTravelGraph(network, profile, { contract: false });
      const links = linkPoints(contracted, lonLat);
      const wholeLinks = linkPoints(whole, lonLat);
      expect(wholeLinks.edge).toEqual(links.edge);
      let reached = 0;
      for (let p = 0; p < 4; p++) {
        const row = costRow(contracted, links, p);
        expect(row, `${profile.mode} from ${p}`).toEqual(costRow(whole, wholeLinks, p));
        reached += row.filter((cost) => cost < UNREACHED).length;
      }
      expect(reached).toBeGreaterThan(0);
    }
  });
});
