import { describe, expect, it } from 'vitest';
import type { LayerJson } from '../../base/api.ts';
import type { LayerChoice } from './map-address.ts';
import { listVisible, switchLayer } from './map-data.ts';

const NOTHING_CHOSEN: LayerChoice = { on: [], off: [], hiddenKinds: [], level: undefined };

function layer(id: string, count = 10): LayerJson {
  return { id, title: { zh: id, en: id }, group: 'feature', count, kinds: [], geometryTypes: ['Point'], minZoom: 0 };
}

describe('the layers of a new map', () => {
  it('leave out registers, large own layers and what facilities say again', () => {
    const layers = ['street', 'facility', 'poi', 'population', 'custom:cases', 'custom:trees'].map((id) => layer(id));
    expect([...listVisible([...layers, layer('custom:grid', 1_227)], NOTHING_CHOSEN)]).toEqual(['street', 'facility', 'custom:trees']);
  });

  it('show the population where it is all there is, until places are painted by it', () => {
    const layers = [layer('boundary', 1), layer('population')];
    expect(listVisible(layers, NOTHING_CHOSEN).has('population')).toBe(true);
    expect(listVisible(layers, { ...NOTHING_CHOSEN, level: 'cell' }).has('population')).toBe(false);
  });

  it('come back when a layer is switched there and back', () => {
    const layers = [layer('street'), layer('custom:grid', 1_227)];
    const shown = switchLayer(layers, NOTHING_CHOSEN, 'custom:grid', true);
    expect(shown.on).toEqual(['custom:grid']);
    expect(switchLayer(layers, shown, 'custom:grid', false)).toEqual(NOTHING_CHOSEN);
    expect(switchLayer(layers, NOTHING_CHOSEN, 'street', false).off).toEqual(['street']);
  });
});
