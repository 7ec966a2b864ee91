import { describe, expect, it } from 'vitest';
import { formatView, parseView, readLayerChoice, readSelection, writeLayerChoice, writeSelection } from './map-address.ts';

describe('the map in the address', () => {
  it('keeps a view to about a metre', () => {
    expect(formatView({ zoom: 14.256789, lat: 30.123456789, lon: 114.3 })).toBe('#14.26/30.12346/114.30000');
    expect(parseView('#14.26/30.12346/-8.5')).toEqual({ zoom: 14.26, lat: 30.12346, lon: -8.5 });
  });

  it.each(['', '#', '#main', '#14/91/0', '#14/0/181', '#30/0/0', '#14/x/0', '#14/1'])('takes no view from %j', (hash) => {
    expect(parseView(hash)).toBeUndefined();
  });

  it('reads back the selection it wrote, slashes and Chinese in the id included', () => {
    for (const selection of [
      { type: 'feature', id: '12/345' },
      { type: 'place', id: '街区/3-07' },
      { type: 'facility', id: 'a b&c=d' },
    ] as const) {
      const query = new URLSearchParams(writeSelection(new URLSearchParams('off=poi'), selection).toString());
      expect(readSelection(query)).toEqual(selection);
      expect(query.get('off')).toBe('poi');
      expect(writeSelection(query, undefined).toString()).toBe('off=poi');
    }
    expect(readSelection(new URLSearchParams('select=planet/3'))).toBeUndefined();
    expect(readSelection(new URLSearchParams('select=place'))).toBeUndefined();
  });

  it('leaves the query empty when the layers are as a new map shows them', () => {
    const choice = { on: ['population'], off: ['poi', 'custom:trees'], hiddenKinds: ['bus-stop'], level: 'block' };
    const query = writeLayerChoice(new URLSearchParams(), choice);
    expect(readLayerChoice(new URLSearchParams(query.toString()))).toEqual(choice);
    expect(writeLayerChoice(query, { on: [], off: [], hiddenKinds: [], level: undefined }).toString()).toBe('');
  });
});
