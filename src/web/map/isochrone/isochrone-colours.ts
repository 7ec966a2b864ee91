/** Colours of isochrones: near ones strong, far ones pale on the light map; the other way round on the dark one. Violet, which no ground has. */
import type { Shade } from '../../shell/appearance.tsx';

const ENDS: Readonly<Record<Shade, readonly [near: string, far: string]>> = {
  light: ['#5e1a8c', '#cf95e6'],
  dark: ['#f1cdff', '#8a4bb0'],
};

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** One colour a limit, the nearest first. */
export function isochroneColours(count: number, shade: Shade): string[] {
  const [near, far] = ENDS[shade].map(channels);
  return Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0.3 : i / (count - 1);
    const hex = near.map((value, c) => Math.round(value + share * (far[c] - value)).toString(16).padStart(2, '0'));
    return `#${hex.join('')}`;
  });
}
