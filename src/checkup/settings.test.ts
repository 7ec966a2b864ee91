import { expect, it } from 'vitest';
import { ChengmaiError } from '../core/errors.ts';
import type { CheckupSettings } from './api.ts';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import { checkSettings, NO_SETTINGS } from './settings.ts';

const scope = { cityId: 'here', before: NO_SETTINGS, cities: new Set(['here', 'there']), indicators: listCatalogue() };

function fieldOf(settings: Partial<CheckupSettings>, before: Partial<CheckupSettings> = {}): string | undefined {
  try {
    checkSettings({ ...NO_SETTINGS, ...settings }, { ...scope, before: { ...NO_SETTINGS, ...before } });
  } catch (error) {
    if (error instanceof ChengmaiError && error.code === 'checkup/bad-settings') return error.place.field;
    throw error;
  }
  return undefined;
}
const own = (id: string, op: '>=' | '<=' | 'between', value: number, upper?: number): Partial<CheckupSettings> => ({ thresholds: { [id]: { op, value, source: '本市', ...(upper !== undefined && { upper }) } } });

it('a peer is another city of the base', () => {
  expect(fieldOf({ peerCities: ['there'] })).toBeUndefined();
  expect(fieldOf({ peerCities: ['there', 'here'] })).toBe('peerCities[1]');
  expect(fieldOf({ peerCities: ['nowhere'] })).toBe('peerCities[0]');
});

it('an own standard is for an indicator there is, the right way round', () => {
  expect(fieldOf(own('park-coverage', '>=', 80))).toBeUndefined();
  expect(fieldOf(own('park-coverage', '<=', 80))).toBe('thresholds.park-coverage');
  expect(fieldOf(own('park-coverage', '>=', 0.8))).toBe('thresholds.park-coverage');
  expect(fieldOf(own('road-density', 'between', 8, 4))).toBe('thresholds.road-density');
  expect(fieldOf(own('road-density', '>=', 8, 9))).toBe('thresholds.road-density');
  expect(fieldOf(own('no-such', '>=', 8))).toBe('thresholds.no-such');
  expect(fieldOf(own('constructor', '>=', 8))).toBe('thresholds.constructor');
});

it('what was right when it was set may stay: a city deleted since, an indicator removed since', () => {
  expect(fieldOf({ peerCities: ['gone'], ...own('gone-too', '>=', 1) }, { peerCities: ['gone'], ...own('gone-too', '>=', 1) })).toBeUndefined();
});
