/**
 * Says where the map is too thin for what is computed from it. Thresholds are ours, far below what any mapped city has: 3 m² of building footprint a resident
 * (the sample city has 12, central Helsinki 68), land use known for 30 % of the city's ground.
 */
import type { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { sumInside } from '../city/roll-up.ts';
import { personsByPlace } from './per-place.ts';

const LEAST_FOOTPRINT_M2 = 3;
const LEAST_LAND_SHARE = 0.3;

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
};

export function noteThinBuildings(city: CityData, notes: NoteBook): void {
  const persons = personsByPlace(city, 'total');
  if (persons === undefined) return;
  const residents = sum(Array.from(city.tree.ofLevel('city'), (place) => persons[place]));
  const { building } = city.snapshot;
  const drawn = sumInside(city, city.tree.locate(building.centreE7), building.footprintM2);
  const a = sum(Array.from(city.tree.ofLevel('city'), (place) => drawn[place])) / residents;
  if (!(a < LEAST_FOOTPRINT_M2)) return;
  notes.add('warning', 'checkup/thin-buildings', {
    zh: `地图中的建筑很不完整（人均占地 ${a.toFixed(2)} m²），结果只反映已绘制的部分。`,
    en: `The map's buildings are far from complete (${a.toFixed(2)} m² of footprint a resident); the value tells of what is mapped only.`,
  });
}

/** Overlaps count twice here, so a thin map may pass for one that is not; never the other way round. */
export function noteThinLand(city: CityData, notes: NoteBook): void {
  const share = sum(city.snapshot.landUse.areaM2) / sum(Array.from(city.tree.ofLevel('city'), (place) => city.snapshot.place.areaM2[place]));
  if (!(share < LEAST_LAND_SHARE)) return;
  const percent = (100 * share).toFixed(1);
  notes.add('warning', 'checkup/thin-land-use', {
    zh: `地图中的土地利用很不完整（至多覆盖全市 ${percent}%），结果只反映已绘制的部分。`,
    en: `The map's land use is far from complete (it covers ${percent} % of the city at most); the value tells of what is mapped only.`,
  });
}
