import { FONT_FAMILY } from '../shell/appearance.tsx';
import type { CityMap } from './city-map.ts';
import type { DensityClasses } from './density-classes.ts';

interface ImageTexts {
  readonly title: string;
  readonly attribution: string;
  readonly fileName: string;
  readonly lengthText: (metres: number) => string;
  readonly dark: boolean;
  readonly legend: DensityClasses | undefined;
}

/** 1, 2 or 5 times a power of ten, at most `longest`. */
export function roundLength(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(longest));
  const lead = longest / power;
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}

/** Saves what the map shows, with its name, a scale bar and where the data are from. */
export function exportPng(map: CityMap, texts: ImageTexts): void {
  const picture = map.snapshot();
  const context = picture.getContext('2d');
  if (context === null) return;
  const ratio = map.pixelRatio();
  context.scale(ratio, ratio);
  const width = picture.width / ratio;
  const height = picture.height / ratio;
  const ink = texts.dark ? '#e7eeec' : '#1b2423';
  const paper = texts.dark ? 'rgba(15,20,20,0.8)' : 'rgba(255,255,255,0.85)';
  const label = (text: string, font: string, x: number, y: number, align: CanvasTextAlign): void => {
    context.font = `${font} ${FONT_FAMILY}`;
    context.textAlign = align;
    const box = context.measureText(text).width;
    const size = Number.parseInt(/\d+px/.exec(font)?.[0] ?? '12', 10);
    context.fillStyle = paper;
    context.fillRect((align === 'right' ? x - box : x) - 6, y - size - 2, box + 12, size + 8);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  };
  label(texts.title, '600 20px', 18, 34, 'left');
  if (texts.attribution !== '') label(texts.attribution, '11px', width - 14, height - 12, 'right');
  if (texts.legend !== undefined) {
    const { title, unit, classes } = texts.legend;
    const step = 44;
    const top = height - 104;
    context.fillStyle = paper;
    context.fillRect(12, top - 18, classes.length * step + 12, 58);
    label(`${title} ${unit}`, '12px', 18, top, 'left');
    classes.forEach(({ colour, from }, index) => {
      context.fillStyle = colour;
      context.fillRect(18 + index * step, top + 8, step, 10);
      label(from, '10px', 18 + index * step, top + 32, 'left');
    });
  }
  const metres = roundLength(map.metresPerPixel() * 120);
  const bar = metres / map.metresPerPixel();
  label(texts.lengthText(metres), '11px', 18, height - 22, 'left');
  context.fillStyle = ink;
  context.fillRect(18, height - 14, bar, 2);
  picture.toBlob((blob) => {
    if (blob === null) return;
    const url = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = texts.fileName;
    link.click();
    URL.revokeObjectURL(url);
  });
}
