import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';
import type { Language } from '../../../core/bilingual.ts';
import type { LayerJson } from '../../../base/api.ts';
import type { Box, GeoJsonGeometry } from '../../../engine/spatial/geometry.ts';
import type { Shade } from '../../shell/appearance.tsx';
import type { Palette } from './palette.ts';

/** All that the drawing of a city depends on. The style is a function of this and of nothing else. */
export interface StyleInput {
  readonly cityId: string;
  readonly revision: number;
  /** `https://host`: MapLibre's worker needs whole addresses. */
  readonly origin: string;
  readonly box: Box | undefined;
  readonly shade: Shade;
  readonly language: Language;
  readonly layers: readonly LayerJson[];
  readonly visible: ReadonlySet<string>;
  /** The level of places drawn by density, if any. */
  readonly level: string | undefined;
  /** Whose density: the population group that the tiles count. */
  readonly group: string;
  /** Facility kinds that are switched off. */
  readonly hiddenKinds: ReadonlySet<string>;
  readonly attribution: string;
  readonly selected: GeoJsonGeometry | undefined;
}

export interface Drawing extends StyleInput {
  readonly palette: Palette;
}

export const SOURCE = 'city';
/** Grid cells come in tiles of their own, and only where they are asked for. */
export const CELLS = 'cells';

/** The font of every label: drawn glyph by glyph from the reader's own fonts, as no glyph server is named. */
export const FONT = ['-apple-system', 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'system-ui'];
/** MapLibre reads the weight out of the first family's name; the family itself need not exist. */
export const FONT_MEDIUM = ['Chengmai Medium', ...FONT];
export const FONT_BOLD = ['Chengmai Bold', ...FONT];
export const FONT_ITALIC = ['Chengmai Italic', ...FONT];

export function nameOf(language: Language): ExpressionSpecification {
  const [first, second] = language === 'en' ? ['nameEn', 'name'] : ['name', 'nameEn'];
  return ['coalesce', ['get', first], ['get', second], ''];
}

/** A value by zoom, growing by a factor between the stops as streets do. */
export function byZoom(...stops: readonly (readonly [zoom: number, value: number])[]): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;
}

export function kindIn(...kinds: readonly string[]): ExpressionSpecification {
  return ['in', ['get', 'kind'], ['literal', kinds]] as unknown as ExpressionSpecification;
}

export function geometryIs(type: 'Point' | 'LineString' | 'Polygon'): ExpressionSpecification {
  return ['==', ['geometry-type'], type];
}

export function allOf(...filters: readonly ExpressionSpecification[]): FilterSpecification {
  return ['all', ...filters] as unknown as FilterSpecification;
}
