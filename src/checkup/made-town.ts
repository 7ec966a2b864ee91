/** A made-up town of two blocks that has something of all that the catalogue asks for. */
import { listCatalogue } from './catalogue/list-catalogue.ts';
import type { CityPlan } from './city/make-city.ts';
import { gridStreets } from './city/make-city.ts';
import { listNeeds } from './measure.ts';

/** The kinds of facilities that the catalogue asks for. */
export const ASKED_KINDS: readonly string[] = [...new Set(listCatalogue().flatMap(listNeeds).flatMap((need) => (need.startsWith('facility:') ? [need.slice('facility:'.length)] : [])))];

const facilities = ASKED_KINDS.map((kind, i) => ({ kind, at: [(97 * i) % 2000, (31 * i) % 1000] as const, registry: true, capacity: 300, floorM2: 900, landM2: 3000 }));

export const MADE_TOWN = {
  places: [
    { id: 'town', level: 'city', box: [0, 0, 2000, 1000] }, { id: 'd', level: 'district', parent: 'town', box: [0, 0, 2000, 1000] },
    { id: 'b1', level: 'block', parent: 'd', box: [0, 0, 1000, 1000] }, { id: 'b2', level: 'block', parent: 'd', box: [1000, 0, 2000, 1000] },
    { id: 'c1', level: 'community', parent: 'b1', box: [0, 0, 1000, 1000], population: 6000 }, { id: 'c2', level: 'community', parent: 'b2', box: [1000, 0, 2000, 1000], population: 7000 },
    { id: 'h1', level: 'cell', parent: 'town', box: [0, 0, 1000, 1000] }, { id: 'z1', level: 'zone', parent: 'town', box: [1000, 0, 2000, 1000] },
  ],
  residents: Array.from({ length: 20 }, (_, i) => ({ at: [50 + 100 * i, 450] as const, persons: { total: 600, '0-2': 20, '3-5': 20, '6-11': 60, '12-14': 30, '65+': 90 } })),
  facilities,
  landUse: [{ kind: 'residential', box: [0, 0, 900, 900] }, { kind: 'industrial', box: [1100, 0, 1900, 900] }, { kind: 'park', box: [900, 0, 1100, 400] }, { kind: 'retail', box: [900, 500, 1100, 900] }],
  buildings: Array.from({ length: 10 }, (_, i) => ({ box: [200 * i, 400, 200 * i + 50, 440] as const, kind: 'apartments', storeys: 6, residential: true })),
  jobs: [{ at: [1500, 500], count: 1000 }],
  streets: gridStreets([0, 0, 2000, 1000], 250),
  tables: {
    indicators_dept: [{ indicator_id: '30', unit_id: 'town', year: 2025, value: 5 }],
    buildings: [{ bldg_id: '1', community_id: 'c1', year_built: 1990, storeys: 6, units: 12, hazard_struct: true, lift: false, floor_area: 900 }],
    community_services: [{ community_id: 'c1', parking: 1, households: 10, ev_private: 0, ev_public: 0, ebike_slots: 0, property_mgmt: true, waste_sort: false, smart: false }],
    shelters: [{ id: 's', class: '短期固定', effective_m2: 100, unit_id: 'c1' }], cases: [{ code: '1', unit_id: 'c1' }], hotline: [{ id: '1', unit_id: 'c1' }], tasks: [{ task_id: '1', title: 't', status: '完成' }],
    parks: [{ park_id: 'z1', land_ha: 1, floor: 2, vacant_floor: 1, jobs: 3, resident_workers: 1 }], units: [{ unit_id: 'c1', built_after_2018: true, households: 10 }],
  },
} satisfies CityPlan;
