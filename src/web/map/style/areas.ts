import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { LandUseClass } from './palette.ts';
import { allOf, byZoom, geometryIs, SOURCE } from './style-input.ts';
import type { Drawing } from './style-input.ts';

/** OSM values of landuse, leisure, natural and amenity, by how they are painted. */
export const LAND_USE_CLASSES: Readonly<Record<LandUseClass, readonly string[]>> = {
  residential: ['residential', 'allotments'],
  commercial: ['commercial', 'retail', 'marketplace'],
  industrial: ['industrial', 'railway', 'quarry', 'landfill', 'port', 'depot', 'garages', 'construction', 'brownfield', 'greenfield'],
  civic: ['school', 'university', 'college', 'kindergarten', 'hospital', 'clinic', 'education', 'religious', 'military', 'civic', 'institutional', 'public', 'cemetery', 'grave_yard', 'place_of_worship'],
  green: ['park', 'garden', 'recreation_ground', 'village_green', 'common', 'dog_park', 'nature_reserve', 'zoo', 'playground', 'flowerbed'],
  forest: ['forest', 'wood', 'scrub', 'wetland', 'plant_nursery'],
  grass: ['grass', 'meadow', 'grassland', 'heath', 'greenery', 'shrubbery', 'fell'],
  farm: ['farmland', 'farmyard', 'orchard', 'vineyard', 'greenhouse_horticulture', 'farm'],
  sport: ['pitch', 'track', 'sports_centre', 'stadium', 'golf_course', 'swimming_pool', 'fitness_station'],
  sand: ['beach', 'sand', 'bare_rock', 'scree', 'shingle', 'mud'],
  paved: ['parking', 'square', 'pedestrian', 'plaza', 'apron', 'aerodrome'],
};

function landUseColour({ palette }: Drawing): ExpressionSpecification {
  const cases = Object.entries(LAND_USE_CLASSES).flatMap(([name, kinds]) => [kinds, palette.landUse[name as LandUseClass]]);
  return ['match', ['get', 'kind'], ...cases, palette.landUse.paved] as unknown as ExpressionSpecification;
}

/** Height in metres. Storeys of 3.2 m stand for it where it is not given; a house of neither counts as three storeys. */
const HEIGHT_M: ExpressionSpecification = [
  'case',
  ['has', 'height'], ['to-number', ['get', 'height'], 9],
  ['has', 'levels'], ['*', 3.2, ['to-number', ['get', 'levels'], 3]],
  9,
];

export function groundLayers(drawing: Drawing): LayerSpecification[] {
  const { palette, visible } = drawing;
  const layers: LayerSpecification[] = [{ id: 'ground', type: 'background', paint: { 'background-color': palette.ground } }];
  if (visible.has('land-use')) {
    layers.push({
      id: 'land-use',
      type: 'fill',
      source: SOURCE,
      'source-layer': 'land-use',
      filter: geometryIs('Polygon'),
      paint: { 'fill-color': landUseColour(drawing), 'fill-antialias': true },
    });
  }
  if (visible.has('water')) {
    layers.push(
      {
        id: 'water',
        type: 'fill',
        source: SOURCE,
        'source-layer': 'water',
        filter: geometryIs('Polygon'),
        paint: { 'fill-color': palette.water, 'fill-outline-color': palette.waterEdge },
      },
      {
        id: 'waterway',
        type: 'line',
        source: SOURCE,
        'source-layer': 'water',
        filter: allOf(geometryIs('LineString'), ['!=', ['get', 'tunnel'], 'yes']),
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
          'line-color': palette.water,
          'line-width': [
            'interpolate', ['exponential', 1.5], ['zoom'],
            10, ['match', ['get', 'kind'], 'river', 1.4, 'canal', 1, 0.5],
            16, ['match', ['get', 'kind'], 'river', 9, 'canal', 6, 2.4],
          ],
        },
      },
    );
  }
  return layers;
}

export function buildingLayers({ palette, visible }: Drawing): LayerSpecification[] {
  if (!visible.has('building')) return [];
  const [low, middle, high] = palette.building;
  return [
    {
      id: 'building',
      type: 'fill',
      source: SOURCE,
      'source-layer': 'building',
      minzoom: 13,
      filter: geometryIs('Polygon'),
      paint: {
        'fill-color': ['interpolate', ['linear'], HEIGHT_M, 6, low, 24, middle, 90, high],
        'fill-outline-color': palette.buildingEdge,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.4, 15, 1],
      },
    },
  ];
}

export function boundaryLayers({ palette, visible }: Drawing): LayerSpecification[] {
  if (!visible.has('boundary')) return [];
  return [
    {
      id: 'boundary',
      type: 'line',
      source: SOURCE,
      'source-layer': 'boundary',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.boundary, 'line-opacity': 0.55, 'line-width': byZoom([8, 0.8], [16, 2]), 'line-dasharray': [4, 2, 1, 2] },
    },
  ];
}
