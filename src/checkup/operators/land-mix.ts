/**
 * 用地混合度: Shannon entropy of the land uses of a place ÷ ln(number of classes), 0 (one use only) … 1 (all alike); Frank & Pivo 1994. Land of no class (roads, water,
 * fields) is left out. Land is that of the map, so quality is `proxy`. Classes are a convention of ours; others may be given.
 */
import { evenness } from '../../engine/statistics/entropy.ts';
import type { CityData } from '../city/city-data.ts';
import { landAreas } from '../city/land-areas.ts';
import { makeOf } from '../city/map-values.ts';
import type { LandMixParams } from './living-params.ts';
import { landMixSchema } from './living-params.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { missingLand } from './per-place.ts';

const CLASSES: NonNullable<LandMixParams['classes']> = [
  { name: 'living', kinds: ['residential'] },
  { name: 'work', kinds: ['industrial', 'depot', 'port', 'harbour', 'office'] },
  { name: 'trade', kinds: ['commercial', 'retail', 'marketplace'] },
  { name: 'public', kinds: ['civic_admin', 'institutional', 'education', 'healthcare', 'religious', 'school', 'kindergarten', 'university', 'college', 'hospital', 'clinic', 'public', 'government', 'townhall', 'courthouse', 'social_facility', 'community_centre', 'museum', 'stadium', 'sports_centre', 'sports_hall', 'place_of_worship'] },
  { name: 'green', kinds: ['park', 'garden', 'recreation_ground', 'village_green', 'playground', 'pitch', 'square', 'plaza', 'common', 'nature_reserve'] },
];

function runMix(city: CityData, { classes = CLASSES }: LandMixParams): OperatorResult {
  const areas = classes.map(({ kinds }) => landAreas(city, kinds));
  if (areas.some((each) => each === undefined)) return missingLand();
  const known = areas.filter((each) => each !== undefined);
  const { count } = city.tree;
  const denominator = new Float64Array(count);
  const value = makeOf(Float64Array, count, (place) => {
    const amounts = known.map((each) => each[place]);
    denominator[place] = amounts.reduce((a, b) => a + b, 0);
    return evenness(amounts);
  });
  return { value, denominator, quality: 'proxy' };
}

export const landMix = defineOperator({ id: 'land-mix', title: { zh: '用地混合度', en: 'Mix of land uses' }, params: landMixSchema, needs: () => ['place', 'land-use'], run: (city, params) => runMix(city, params) });
