/** 国发〔2014〕51号: the class of a city by the residents of its urban districts (recalled, very widely known). */
import type { CityClass } from '../model.ts';

const CLASSES: readonly (readonly [least: number, cityClass: CityClass])[] = [
  [10_000_000, 'super-large'],
  [5_000_000, 'very-large'],
  [3_000_000, 'large-1'],
  [1_000_000, 'large-2'],
  [500_000, 'medium'],
  [200_000, 'small-1'],
];

export function cityClassOf(persons: number): CityClass {
  // a sum of shares of persons may be short of the whole number by a rounding
  const whole = Math.round(persons);
  return CLASSES.find(([least]) => whole >= least)?.[1] ?? 'small-2';
}
