import type { Shade } from '../shell/appearance.tsx';

/**
 * The map's icons, drawn at run time: a disc in the colour of its group and a white glyph. Glyphs are paths of our own
 * on a 24 × 24 grid; no sprite is fetched.
 */
export type IconGroup = 'learning' | 'health' | 'care' | 'green' | 'sport' | 'culture' | 'shop' | 'service' | 'safety' | 'transport' | 'utility';

const COLOURS: Readonly<Record<IconGroup, readonly [light: string, dark: string]>> = {
  learning: ['#3f6fb5', '#6f9ee0'],
  health: ['#c8453f', '#ea7a72'],
  care: ['#b0568c', '#dc8abb'],
  green: ['#4a8a45', '#74b56d'],
  sport: ['#2e8f78', '#56bda4'],
  culture: ['#7c5bb0', '#a98be0'],
  shop: ['#c07a21', '#e0a352'],
  service: ['#5c6b78', '#94a5b4'],
  safety: ['#a83a32', '#e0766c'],
  transport: ['#2b6ca3', '#62a6e0'],
  utility: ['#7b7466', '#aba493'],
};

const GLYPHS = {
  cap: 'M12 5 2.5 9.5 12 14l7.5-3.600V16h1.500V9.500zM6.5 13.300V17c1.5 1.3 3.4 2 5.5 2s4-.7 5.5-2v-3.700L12 16z',
  blocks: 'M4 12.500h7V20H4zM13 12.500h7V20h-7zM8.5 4h7v7h-7z',
  cross: 'M9.5 4h5v5.500H20v5h-5.500V20h-5v-5.500H4v-5h5.500z',
  heart: 'M12 20 4.6 12.700a4.7 4.7 0 0 1 6.6-6.600l.8.8.8-.8a4.7 4.7 0 0 1 6.6 6.600z',
  tree: 'M12 3a5.6 5.6 0 0 0-5.4 7.100A4.4 4.4 0 0 0 8.5 18.400H11V21h2v-2.600h2.500a4.4 4.4 0 0 0 1.9-8.300A5.6 5.6 0 0 0 12 3z',
  ball: 'M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zm0 4.3 3.7 2.7-1.4 4.300H9.700l-1.4-4.300z',
  book: 'M3.5 5.500c3-.8 5.7-.4 7.7 1v12.700c-2-1.3-4.7-1.7-7.7-1zM20.5 5.500c-3-.8-5.7-.4-7.7 1v12.700c2-1.3 4.7-1.7 7.7-1z',
  bag: 'M8 8V7a4 4 0 0 1 8 0v1h3.500l-.8 12H5.300L4.5 8zm2 0h4V7a2 2 0 0 0-4 0z',
  basket: 'M3 10h3.200L9.5 4.500l1.7 1L8.5 10h7l-2.7-4.5 1.7-1L17.8 10H21v2h-1l-1.6 8H5.600L4 12H3z',
  fork: 'M7 3v6a2.5 2.5 0 0 0 2 2.400V21h2v-9.600A2.5 2.5 0 0 0 13 9V3h-1.500v5h-.8V3H9.300v5h-.8V3zM15 12V6c0-2 1.2-3 2.5-3v18h-2v-9z',
  bus: 'M6 3.500h12a2 2 0 0 1 2 2V17h-1.500v3h-3v-3h-7v3h-3v-3H4V5.500a2 2 0 0 1 2-2zM6 6v5.500h12V6zm1 7.500V15h2.500v-1.500zm7.5 0V15H17v-1.500z',
  train: 'M8 3h8a3.5 3.5 0 0 1 3.5 3.500v8A3.5 3.5 0 0 1 16 18l2.5 3H16l-2.3-2.700h-3.400L8 21H5.500L8 18a3.5 3.5 0 0 1-3.5-3.500v-8A3.5 3.5 0 0 1 8 3zM7 6.500v5h10v-5zm5 7a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.800z',
  parking: 'M7.5 4H13a5 5 0 0 1 0 10h-2.500v6h-3zm3 2.700v4.600H13a2.3 2.3 0 0 0 0-4.600z',
  toilet: 'M7 3.500A1.8 1.8 0 1 1 7 7a1.8 1.8 0 0 1 0-3.600zM4.5 8h5l.7 6H8.500v6.500h-3V14H3.800zM17 3.500A1.8 1.8 0 1 1 17 7a1.8 1.8 0 0 1 0-3.600zM15.5 8h3l2.3 7.500h-2v5h-3.600v-5h-2zM11.5 3h1v18h-1z',
  shield: 'M12 3 4.5 5.800v5.700c0 4.3 3 7.7 7.5 9.5 4.5-1.8 7.5-5.2 7.5-9.500V5.800z',
  flame: 'M12.5 2.500c.6 3.5 5.5 5.6 5.5 11a6 6 0 0 1-12 0c0-2.7 1.3-4.5 2.6-6 .2 1.7.9 2.7 1.9 3.2-.3-3.2.3-6 2-8.200z',
  hall: 'M12 3 3 8v1.500h18V8zM5 11v6h2.500v-6zm5.7 0v6h2.600v-6zm5.8 0v6H19v-6zM3 18.500V21h18v-2.500z',
  coin: 'M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.3 7h2.200l1.5 3 1.5-3h2.200l-2 3.900h1.500v1.500H13v1h2.200v1.500H13V17h-2v-2.100H8.800v-1.500H11v-1H8.800v-1.500h1.500z',
  mail: 'M3 6h18v12H3zm2 2v.6l7 4.7 7-4.700V8l-7 4.600z',
  recycle: 'M9 3h6l1 2h4v2.200H4V5h4zM5.5 9h13l-1 12h-11zm3.3 2.5.4 7h1.500l-.3-7zm5 0-.3 7H15l.4-7z',
  tent: 'M12 4 2.5 20H10l2-5 2 5h7.500z',
  bolt: 'M13.5 2.5 5 13.500h5.500L9 21.5 19 10h-6z',
  figure: 'M12 3a2.3 2.3 0 1 1 0 4.600A2.3 2.3 0 0 1 12 3zM8 9h8l1 6h-2.200l-.4 6H9.600l-.4-6H7z',
  dot: 'M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10z',
} as const;

type Glyph = keyof typeof GLYPHS;

/** First match wins: words that stand in the ids of facility kinds and OSM values. */
const RULES: readonly (readonly [pattern: RegExp, group: IconGroup, glyph: Glyph])[] = [
  [/kindergarten|nursery|childcare|creche|infant|toddler/, 'learning', 'blocks'],
  [/elder|senior|nursing|social.facility|disab|welfare|day.care/, 'care', 'heart'],
  [/school|college|university|education|training/, 'learning', 'cap'],
  [/hospital|clinic|health|doctor|dentist|medical|veterin|pharmacy|chemist/, 'health', 'cross'],
  [/playground/, 'green', 'figure'],
  [/pitch|sport|fitness|gym|stadium|track|swimming|ball/, 'sport', 'ball'],
  [/fire/, 'safety', 'flame'],
  [/police|security/, 'safety', 'shield'],
  [/shelter|assembly|refuge/, 'safety', 'tent'],
  [/parking|bicycle/, 'transport', 'parking'],
  [/charg|power|energy|gas|fuel/, 'utility', 'bolt'],
  [/metro|subway|rail|train|tram/, 'transport', 'train'],
  [/bus|ferry|transit/, 'transport', 'bus'],
  [/toilet|restroom/, 'utility', 'toilet'],
  [/waste|recycl|garbage|refuse|rubbish/, 'utility', 'recycle'],
  [/park|garden|green|square|plaza|wood|open.space/, 'green', 'tree'],
  [/cultur|library|museum|theatre|cinema|arts|worship|heritage/, 'culture', 'book'],
  [/market|grocer|fresh|butcher/, 'shop', 'basket'],
  [/restaurant|cafe|canteen|food|dining|\bbar\b|\bpub\b/, 'shop', 'fork'],
  [/shop|store|mall|commerc|convenience|retail/, 'shop', 'bag'],
  [/bank|atm|finance/, 'service', 'coin'],
  [/post|mail|parcel|express|telecom/, 'service', 'mail'],
  [/government|townhall|office|service|community|committee|administration|court|centre/, 'service', 'hall'],
];

export interface IconLook {
  readonly group: IconGroup;
  readonly path: string;
  readonly colour: string;
}

export function iconOf(kind: string, shade: Shade): IconLook {
  const rule = RULES.find(([pattern]) => pattern.test(kind));
  const [group, glyph] = rule === undefined ? (['service', 'dot'] as const) : [rule[1], rule[2]];
  return { group, path: GLYPHS[glyph], colour: COLOURS[group][shade === 'dark' ? 1 : 0] };
}

const PREFIX = 'facility';

/** The id under which the style asks for a kind's icon. */
export function facilityImageId(shade: Shade, kind: string): string {
  return `${PREFIX}/${shade}/${kind}`;
}

const SIZE = 24;

const HATCH = 'hatch';
const HATCH_PX = 8;

/** Thin slanting lines over nothing, for areas that are not judged; they meet at the edges of the square. */
function drawHatch(shade: Shade, pixelRatio: number): ImageData | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = HATCH_PX * pixelRatio;
  canvas.height = HATCH_PX * pixelRatio;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.scale(pixelRatio, pixelRatio);
  context.strokeStyle = shade === 'dark' ? 'rgba(200,215,212,0.38)' : 'rgba(70,80,78,0.42)';
  context.lineWidth = 1;
  context.beginPath();
  for (const x of [-HATCH_PX, 0, HATCH_PX]) {
    context.moveTo(x - 1, HATCH_PX + 1);
    context.lineTo(x + HATCH_PX + 1, -1);
  }
  context.stroke();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The pixels of an icon or pattern that the style asked for; undefined for ids that are none of ours. */
export function drawIcon(id: string, pixelRatio: number): ImageData | undefined {
  const [prefix, shade, ...rest] = id.split('/');
  if (prefix === HATCH && (shade === 'light' || shade === 'dark')) return drawHatch(shade, pixelRatio);
  if (prefix !== PREFIX || (shade !== 'light' && shade !== 'dark')) return undefined;
  const look = iconOf(rest.join('/'), shade);
  const canvas = document.createElement('canvas');
  canvas.width = SIZE * pixelRatio;
  canvas.height = SIZE * pixelRatio;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.scale(pixelRatio, pixelRatio);
  context.beginPath();
  context.arc(SIZE / 2, SIZE / 2, SIZE / 2 - 1, 0, 2 * Math.PI);
  context.fillStyle = look.colour;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = shade === 'dark' ? '#12181a' : '#ffffff';
  context.stroke();
  context.translate(SIZE * 0.22, SIZE * 0.22);
  context.scale(0.56, 0.56);
  context.fillStyle = shade === 'dark' ? '#12181a' : '#ffffff';
  context.fill(new Path2D(look.path), 'evenodd');
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
