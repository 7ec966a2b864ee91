/** A map of a city's places by grade. Longitudes are shrunk by the cosine of the middle latitude: true to shape within a city. */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import type { PlaceValue } from '../../checkup/api.ts';
import { GRADE_WORDS } from '../../checkup/findings/ledger-words.ts';
import { GRADES } from '../../checkup/model.ts';
import type { Scene, Shape } from '../draw/scene.ts';
import { GRADE_COLOURS, NO_GRADE_COLOUR } from './grade-colours.ts';
import type { ReportArea } from './report-input.ts';

const WIDTH = 600;
const MOST_HEIGHT = 620;
const MARGIN = 10;
const INK = '#1d2733';
const WHITE = '#ffffff';

interface Frame {
  readonly height: number;
  place(ring: Float64Array): Float64Array;
}

function frameOf(areas: readonly ReportArea[]): Frame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { rings } of areas) {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        west = Math.min(west, ring[i]);
        east = Math.max(east, ring[i]);
        south = Math.min(south, ring[i + 1]);
        north = Math.max(north, ring[i + 1]);
      }
    }
  }
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max((east - west) * shrink, 1e-9), (MOST_HEIGHT - 2 * MARGIN) / Math.max(north - south, 1e-9));
  const left = (WIDTH - (east - west) * shrink * scale) / 2;
  return {
    height: Math.round((north - south) * scale + 2 * MARGIN),
    place: (ring) => ring.map((value, i) => (i % 2 === 0 ? left + (value - west) * shrink * scale : MARGIN + (north - value) * scale)),
  };
}

/** Where a number stands: the middle of the widest stretch inside, along a line at half height of the largest ring. */
function labelPoint(rings: readonly Float64Array[]): readonly [number, number] {
  let largest = rings[0];
  const heightOf = (ring: Float64Array): [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 1; i < ring.length; i += 2) {
      low = Math.min(low, ring[i]);
      high = Math.max(high, ring[i]);
    }
    return [low, high];
  };
  for (const ring of rings) if (heightOf(ring)[1] - heightOf(ring)[0] > heightOf(largest)[1] - heightOf(largest)[0]) largest = ring;
  const [low, high] = heightOf(largest);
  // never through a vertex
  const y = low + (high - low) * 0.5000123;
  const crossings: number[] = [];
  for (const ring of rings) {
    const n = ring.length;
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
      if (ring[j + 1] <= y !== ring[i + 1] <= y) crossings.push(ring[j] + ((y - ring[j + 1]) / (ring[i + 1] - ring[j + 1])) * (ring[i] - ring[j]));
    }
  }
  crossings.sort((a, b) => a - b);
  let best: readonly [number, number] = [largest[0], y];
  let width = -1;
  for (let k = 0; k + 1 < crossings.length; k += 2) {
    if (crossings[k + 1] - crossings[k] > width) {
      width = crossings[k + 1] - crossings[k];
      best = [(crossings[k] + crossings[k + 1]) / 2, y];
    }
  }
  return best;
}

export interface GradeMap {
  readonly scene: Scene;
  readonly legend: readonly { readonly colour: string; readonly text: string }[];
}

/**
 * @param areas of the level that is shown
 * @param numbered places whose number in this list is written into the map: the key to a table
 */
export function drawGradeMap(areas: readonly ReportArea[], values: readonly PlaceValue[], numbered: readonly string[], title: Bilingual, language: Language): GradeMap | undefined {
  if (areas.length === 0) return undefined;
  const frame = frameOf(areas);
  const byPlace = new Map(values.map((value) => [value.placeId, value]));
  const numberOf = new Map(numbered.map((placeId, i) => [placeId, i + 1]));
  const fills: Shape[] = [];
  const numbers: Shape[] = [];
  for (const { placeId, rings } of areas) {
    const value = byPlace.get(placeId);
    const grade = value?.outside === true ? null : (value?.grade ?? null);
    const placed = rings.map((ring) => frame.place(ring));
    fills.push({ type: 'area', rings: placed, fill: grade === null ? NO_GRADE_COLOUR : GRADE_COLOURS[grade], stroke: WHITE, strokeWidth: areas.length > 400 ? 0.5 : 1 });
    const number = numberOf.get(placeId);
    if (number === undefined) continue;
    const [x, y] = labelPoint(placed);
    numbers.push({ type: 'number', x, y, value: number, size: 13, fill: INK, halo: WHITE });
  }
  const used = new Set(values.filter(({ outside }) => !outside).map(({ grade }) => grade));
  const none = { zh: '未评级或无数据', en: 'not graded, or no data' };
  return {
    scene: { width: WIDTH, height: frame.height, background: WHITE, shapes: [...fills, ...numbers], alt: `${title[language]}: ${GRADES.map((grade) => `${GRADE_WORDS[grade][language]} ${values.filter((value) => !value.outside && value.grade === grade).length}`).join(', ')}` },
    legend: [...GRADES.filter((grade) => used.has(grade)).map((grade) => ({ colour: GRADE_COLOURS[grade], text: GRADE_WORDS[grade][language] })), { colour: NO_GRADE_COLOUR, text: none[language] }],
  };
}
