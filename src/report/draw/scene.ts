/**
 * A picture as plain shapes, in pixels from the top left. It becomes SVG (with its texts, for pages) or PNG (without: Word shows texts beside it, so
 * that no font need be on the machine that makes the report).
 */
export type Shape =
  | { readonly type: 'area'; /** Rings x, y interleaved, closed or not; even-odd. */ readonly rings: readonly Float64Array[]; readonly fill: string; readonly stroke?: string; readonly strokeWidth?: number }
  | { readonly type: 'line'; readonly points: Float64Array; readonly stroke: string; readonly width: number }
  | { readonly type: 'box'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly fill: string }
  | { readonly type: 'dot'; readonly x: number; readonly y: number; readonly radius: number; readonly fill: string }
  /** Whole numbers, drawn in both kinds of picture: keys to a table. */
  | { readonly type: 'number'; readonly x: number; readonly y: number; readonly value: number; readonly size: number; readonly fill: string; readonly halo: string }
  | { readonly type: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly size: number; readonly anchor: 'start' | 'middle' | 'end'; readonly fill: string; readonly bold?: boolean };

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly shapes: readonly Shape[];
  /** Says what is to be seen, for those who cannot. */
  readonly alt: string;
}

/** `#rrggbb` → its parts, 0–255. @throws RangeError on anything else */
export function parseColour(colour: string): readonly [red: number, green: number, blue: number] {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (match === null) throw new RangeError(`"${colour}" is no colour like #1a2b3c`);
  return [parseInt(match[1], 16), parseInt(match[2], 16), parseInt(match[3], 16)];
}
