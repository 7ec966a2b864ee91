import type { Shade } from '../../shell/appearance.tsx';

/** Every colour of the map in one shade: quiet ground, so that what the city has stands out. */
export interface Palette {
  readonly ground: string;
  readonly landUse: Readonly<Record<LandUseClass, string>>;
  readonly water: string;
  readonly waterEdge: string;
  /** From low to high houses. */
  readonly building: readonly [string, string, string];
  readonly buildingEdge: string;
  readonly street: Readonly<Record<StreetClass, readonly [fill: string, casing: string]>>;
  readonly path: string;
  readonly rail: string;
  readonly railGap: string;
  readonly boundary: string;
  readonly transit: string;
  readonly custom: string;
  readonly poi: string;
  readonly selected: string;
  readonly label: string;
  readonly labelQuiet: string;
  readonly labelWater: string;
  readonly labelGreen: string;
  readonly labelTransit: string;
  readonly halo: string;
  readonly placeEdge: string;
  /** Seven steps, few to many: lightness alone tells them apart, so that any eye can read them. */
  readonly density: readonly string[];
  readonly noData: string;
}

export type LandUseClass = 'residential' | 'commercial' | 'industrial' | 'civic' | 'green' | 'forest' | 'grass' | 'farm' | 'sport' | 'sand' | 'paved';
export type StreetClass = 'motorway' | 'trunk' | 'primary' | 'secondary' | 'tertiary' | 'local' | 'service';

const LIGHT: Palette = {
  ground: '#f5f3ee',
  landUse: {
    residential: '#efece5',
    commercial: '#f4e9e3',
    industrial: '#eae6ea',
    civic: '#f2ecdc',
    green: '#d5e9cb',
    forest: '#c4dfba',
    grass: '#deecd2',
    farm: '#eef0dc',
    sport: '#cfe6d8',
    sand: '#f3ead2',
    paved: '#eceae6',
  },
  water: '#b5d8e8',
  waterEdge: '#9cc7da',
  building: ['#e4ddd2', '#d3c8ba', '#b9ac9d'],
  buildingEdge: '#cbc1b3',
  street: {
    motorway: ['#f1b585', '#cf8a55'],
    trunk: ['#f5c999', '#d69f66'],
    primary: ['#f9dea9', '#d8b878'],
    secondary: ['#fdf0cb', '#d8c698'],
    tertiary: ['#ffffff', '#d3ccbf'],
    local: ['#ffffff', '#dcd6cb'],
    service: ['#fdfcfa', '#e2ddd4'],
  },
  path: '#b9a68e',
  rail: '#8f8b88',
  railGap: '#f5f3ee',
  boundary: '#8c6f9c',
  transit: '#2f6fb0',
  custom: '#b4457e',
  poi: '#8d8378',
  selected: '#d6336c',
  label: '#2c3433',
  labelQuiet: '#68665f',
  labelWater: '#33708f',
  labelGreen: '#3f7040',
  labelTransit: '#28598f',
  halo: 'rgba(255,255,255,0.92)',
  placeEdge: '#5d6f6d',
  density: ['#f4f6cf', '#cfe9b6', '#86cfb9', '#44b3c2', '#2589bb', '#2458a3', '#12286f'],
  noData: '#dcdad5',
};

const DARK: Palette = {
  ground: '#161b1c',
  landUse: {
    residential: '#1a2021',
    commercial: '#241f20',
    industrial: '#201f25',
    civic: '#23211b',
    green: '#1a2c21',
    forest: '#172a1d',
    grass: '#1c2a21',
    farm: '#1f251c',
    sport: '#193029',
    sand: '#282417',
    paved: '#1d2122',
  },
  water: '#123343',
  waterEdge: '#1b4659',
  building: ['#262d2e', '#30393a', '#435051'],
  buildingEdge: '#38413f',
  street: {
    motorway: ['#a56d3f', '#5c3f27'],
    trunk: ['#8d653f', '#503b27'],
    primary: ['#766041', '#443828'],
    secondary: ['#5c5442', '#37332a'],
    tertiary: ['#474d4c', '#292e2e'],
    local: ['#3b4241', '#252b2b'],
    service: ['#303736', '#222828'],
  },
  path: '#5a5548',
  rail: '#737b7c',
  railGap: '#161b1c',
  boundary: '#a98bbb',
  transit: '#6aaef2',
  custom: '#e884b6',
  poi: '#8c9492',
  selected: '#ff7aa8',
  label: '#e4eae8',
  labelQuiet: '#a4adab',
  labelWater: '#78b4d0',
  labelGreen: '#86b98a',
  labelTransit: '#8fc0f0',
  halo: 'rgba(15,20,20,0.88)',
  placeEdge: '#7f9390',
  density: ['#22343d', '#21505f', '#237480', '#389a89', '#74bf79', '#bfdc62', '#fdf3a0'],
  noData: '#2c3131',
};

export const PALETTES: Readonly<Record<Shade, Palette>> = { light: LIGHT, dark: DARK };
