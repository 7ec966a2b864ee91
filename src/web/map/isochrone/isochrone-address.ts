/**
 * What of the isochrones is in the address, so that a link shows another reader the same: `reach` is the mode and says that they
 * are open, `from` the places, `min` the limits, `kmh` the speed, `lines=no` leaves the streets out.
 */
import type { TravelMode } from '../../../base/network/reach/isochrone-api.ts';

export interface IsochroneChoice {
  readonly mode: TravelMode;
  /** Ascending, each once, at least one. */
  readonly minutes: readonly number[];
  /** km/h; undefined for the mode's usual one. */
  readonly speedKmh: number | undefined;
  readonly places: readonly (readonly [lon: number, lat: number])[];
  readonly streets: boolean;
}

export const USUAL_MINUTES: readonly number[] = [5, 10, 15];
export const MODES: readonly TravelMode[] = ['walk', 'bike', 'drive'];
export const USUAL_CHOICE: IsochroneChoice = { mode: 'walk', minutes: USUAL_MINUTES, speedKmh: undefined, places: [], streets: true };
const LONGEST_MINUTES = 240;
const MOST_LIMITS = 8;
const MOST_PLACES = 50;

/** `5, 10，15` → [5, 10, 15]; undefined where it is no list of minutes. */
export function parseMinutes(text: string): number[] | undefined {
  const parts = text.normalize('NFKC').split(/[\s,、;]+/).filter((part) => part !== '');
  const values = [...new Set(parts.map(Number))].sort((a, b) => a - b);
  const fits = values.length > 0 && values.length <= MOST_LIMITS && values.every((value) => value > 0 && value <= LONGEST_MINUTES);
  return fits ? values : undefined;
}

function parsePlaces(text: string): [number, number][] {
  return text.split(';').flatMap((part): [number, number][] => {
    const numbers = part.split(',').map((one) => (one.trim() === '' ? NaN : Number(one)));
    const [lon, lat] = numbers;
    return numbers.length === 2 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [[lon, lat]] : [];
  });
}

/** Undefined where the isochrones are not open. */
export function readIsochrones(query: URLSearchParams): IsochroneChoice | undefined {
  const mode = MODES.find((one) => one === query.get('reach'));
  if (mode === undefined) return undefined;
  const speed = Number(query.get('kmh') ?? NaN);
  return {
    mode,
    minutes: parseMinutes(query.get('min') ?? '') ?? USUAL_MINUTES,
    speedKmh: speed >= 0.1 && speed <= 300 ? speed : undefined,
    places: parsePlaces(query.get('from') ?? '').slice(0, MOST_PLACES),
    streets: query.get('lines') !== 'no',
  };
}

/** Six decimals are a decimetre: the same streets are reached. */
export function roundPlace([lon, lat]: readonly [number, number]): [number, number] {
  return [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
}

export function writeIsochrones(query: URLSearchParams, choice: IsochroneChoice | undefined): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const key of ['reach', 'from', 'min', 'kmh', 'lines']) next.delete(key);
  if (choice === undefined) return next;
  next.set('reach', choice.mode);
  if (choice.places.length > 0) next.set('from', choice.places.map((place) => roundPlace(place).join(',')).join(';'));
  if (choice.minutes.join() !== USUAL_MINUTES.join()) next.set('min', choice.minutes.join(','));
  if (choice.speedKmh !== undefined) next.set('kmh', String(choice.speedKmh));
  if (!choice.streets) next.set('lines', 'no');
  return next;
}

/** A further place, or the only one. */
export function placeAt(choice: IsochroneChoice, place: readonly [number, number], add: boolean): IsochroneChoice {
  const places = add ? [...choice.places, roundPlace(place)].slice(-MOST_PLACES) : [roundPlace(place)];
  return { ...choice, places };
}
