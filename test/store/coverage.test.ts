/**
 * Coverage of land by rows against PostGIS on Helsinki: union of land, union of buffers, their intersection, within 0.1 %.
 *
 * PostGIS works in a transverse Mercator of its own around the city's middle with scale 1 (over the extract's 2 km both metrics are the same within 10⁻⁷),
 * with 64 chords a quarter circle (a disc lacks 10⁻⁴ of its area; the usual 8 would lack 6·10⁻³).
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runImport } from '../../src/base/run.ts';
import { openSnapshot } from '../../src/base/snapshot/open-snapshot.ts';
import { buildCityData } from '../../src/checkup/city/build-city-data.ts';
import type { CityData } from '../../src/checkup/city/city-data.ts';
import { isLand } from '../../src/checkup/city/land-rows.ts';
import { buildPlaceTree } from '../../src/checkup/city/place-tree.ts';
import type { LandKind } from '../../src/checkup/operators/coverage-schemas.ts';
import { landCoverage } from '../../src/checkup/operators/land-coverage.ts';
import { openFile } from '../../src/import/byte-source.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const HELSINKI = '../shared/data/helsinki/Helsinki.osm.pbf';
const LOCAL = '+proj=tmerc +lat_0=0 +lon_0=24.945 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs';
const local = (geom: string): string => `ST_Transform(${geom}, '${LOCAL}')`;

/** Radii that differ by size, small enough to leave land open: the standard's own cover all of this city. */
const THIRDS = [{ fromM2: 2000, toM2: 10_000, radiusM: 100 }, { fromM2: 10_000, radiusM: 40 }];

/** Coverages that leave part of the land open in the middle of a city. */
const CASES: readonly { readonly name: string; readonly land: LandKind; readonly kind: string; readonly params: Record<string, unknown>; readonly reach: string; readonly shape: string }[] = [
  { name: 'pharmacies, points, 200 m', land: 'construction', kind: 'pharmacy', params: { radiusM: 200, from: 'point' }, reach: '200', shape: 'ST_PointOnSurface(geom)' },
  { name: 'stops, many discs, 120 m', land: 'construction', kind: 'bus-stop', params: { radiusM: 120, from: 'boundary' }, reach: '120', shape: 'geom' },
  { name: 'parks from their border by size', land: 'construction', kind: 'park', params: { tiers: THIRDS, unsized: 'leave-out' }, reach: '(case when land_m2 < 2000 then null when land_m2 < 10000 then 100 else 40 end)', shape: 'geom' },
  { name: 'squares from their border, 150 m, on residential land', land: 'residential', kind: 'square', params: { radiusM: 150 }, reach: '150', shape: 'geom' },
];

describe.skipIf(!existsSync(HELSINKI)).each(TEST_BASES)(`coverage of land on the $kind base${existsSync(HELSINKI) ? '' : ` (needs ${HELSINKI})`}`, ({ open }) => {
  let opened: TestBase;
  let city: CityData;
  beforeAll(async () => {
    opened = await open();
    const file = await openFile(HELSINKI);
    try {
      await runImport(opened.base, { cityId: 'helsinki', files: [{ source: file, options: {} }], who: 'test' });
    } finally {
      await file.close();
    }
    const snapshot = await openSnapshot(opened.base, 'helsinki');
    city = buildCityData({ cityId: 'helsinki', period: 2025, cityClass: 'medium', cityRank: undefined, snapshot, tree: buildPlaceTree(snapshot), tables: new Map(), transit: undefined, network: undefined });
  });
  afterAll(() => opened.remove());

  test.each(CASES)('$name', async ({ land, kind, params, reach, shape }) => {
    const result = await landCoverage.run(city, landCoverage.params.parse({ land, facilities: [kind], ...params }), {});
    if ('missing' in result) throw new Error(result.missing.reason.en);
    const kinds = [...new Set(Array.from(city.snapshot.landUse.kind, (text) => city.snapshot.text(text)))].filter((text) => isLand(land, text));
    const [twin] = await opened.base.database.query<{ all_m2: number; covered_m2: number }>(
      `with city as (select ${local('geom')} as geom from place where city_id = 'helsinki' and level = 'city'),
         land as (select ST_Union(ST_MakeValid(${local('geom')})) as geom from feature where city_id = 'helsinki' and layer = 'land-use' and kind = any($1) and ST_Dimension(geom) = 2),
         inside as (select ST_Intersection(land.geom, city.geom) as geom from land, city),
         served as (select ST_Union(ST_Buffer(${local(shape)}, ${reach}, 'quad_segs=64')) as geom from facility where city_id = 'helsinki' and kind = $2 and (${reach}) is not null)
       select ST_Area(inside.geom) as all_m2, ST_Area(ST_Intersection(inside.geom, served.geom)) as covered_m2 from inside, served`,
      [kinds, kind],
    );
    const [place] = city.tree.ofLevel('city');
    const ours = { all: (result.denominator?.[place] ?? NaN) * 1e6, covered: (result.numerator?.[place] ?? NaN) * 1e6 };
    expect(twin.covered_m2).toBeGreaterThan(0.02 * twin.all_m2);
    expect(twin.covered_m2).toBeLessThan(0.98 * twin.all_m2);
    expect(Math.abs(ours.all / twin.all_m2 - 1)).toBeLessThan(1e-3);
    expect(Math.abs(ours.covered / twin.covered_m2 - 1)).toBeLessThan(1e-3);
  });
});
