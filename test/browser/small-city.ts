/** A town of 36 street blocks as a GeoJSON file with OpenStreetMap's tags: small enough to import in a second. */

export const CENTRE = { lon: 114.3, lat: 30.6 } as const;
export const SCHOOL = { lon: 114.302, lat: 30.6005, name: '江汉路第一小学', nameEn: 'Jianghan Road First Primary School' } as const;
const STEP = 0.002;
const HALF = 3;

interface Feature {
  type: 'Feature';
  id: string;
  properties: Record<string, string>;
  geometry: { type: 'Point' | 'LineString' | 'Polygon'; coordinates: unknown };
}

function rectangle(west: number, south: number, east: number, north: number): number[][][] {
  return [[[west, south], [east, south], [east, north], [west, north], [west, south]]];
}

export function buildSmallCity(): string {
  const features: Feature[] = [];
  const add = (properties: Record<string, string>, type: Feature['geometry']['type'], coordinates: unknown): void => {
    features.push({ type: 'Feature', id: String(features.length + 1), properties, geometry: { type, coordinates } });
  };
  const low = -HALF * STEP;
  const high = HALF * STEP;
  for (let i = -HALF; i <= HALF; i++) {
    const at = i * STEP;
    const highway = i === 0 ? 'primary' : 'residential';
    add({ highway, name: `解放路${i + HALF + 1}段`, 'name:en': `Jiefang Road ${i + HALF + 1}` }, 'LineString', [[CENTRE.lon + at, CENTRE.lat + low], [CENTRE.lon + at, CENTRE.lat + high]]);
    add({ highway, name: `中山路${i + HALF + 1}段`, 'name:en': `Zhongshan Road ${i + HALF + 1}` }, 'LineString', [[CENTRE.lon + low, CENTRE.lat + at], [CENTRE.lon + high, CENTRE.lat + at]]);
  }
  for (let x = -HALF; x < HALF; x++) {
    for (let y = -HALF; y < HALF; y++) {
      const west = CENTRE.lon + x * STEP;
      const south = CENTRE.lat + y * STEP;
      if (x === 0 && y === -1) {
        add({ leisure: 'park', name: '江滩公园', 'name:en': 'Riverside Park' }, 'Polygon', rectangle(west + 0.0002, south + 0.0002, west + 0.0018, south + 0.0018));
        continue;
      }
      add({ building: 'apartments', 'building:levels': String(6 + ((x + y + 6) % 4) * 8) }, 'Polygon', rectangle(west + 0.0003, south + 0.0003, west + 0.0009, south + 0.0016));
    }
  }
  add({ amenity: 'school', name: SCHOOL.name, 'name:en': SCHOOL.nameEn }, 'Point', [SCHOOL.lon, SCHOOL.lat]);
  add({ natural: 'water', name: '沙湖', 'name:en': 'Sha Lake' }, 'Polygon', rectangle(CENTRE.lon + high, CENTRE.lat + low, CENTRE.lon + high + 0.004, CENTRE.lat + high));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

/** A table whose coordinates stand in columns that no reader can know by name. */
export function buildTreeTable(): string {
  const rows = Array.from({ length: 24 }, (_, i) => `T${i + 1},樟树,${(CENTRE.lon - 0.004 + i * 0.0003).toFixed(5)},${(CENTRE.lat + 0.0021).toFixed(5)},${10 + i}`);
  return ['树号,树种,甲,乙,胸径', ...rows].join('\n');
}
