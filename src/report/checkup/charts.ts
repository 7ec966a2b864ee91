/** Charts of the report. What is written in them stands in tables beside them too: Word's pictures are without texts. */
import type { Language } from '../../core/bilingual.ts';
import type { DimensionLine } from '../../checkup/api.ts';
import { GRADE_WORDS } from '../../checkup/findings/ledger-words.ts';
import { GRADES } from '../../checkup/model.ts';
import type { Scene, Shape } from '../draw/scene.ts';
import { GRADE_COLOURS, NO_GRADE_COLOUR, SEVERITY_COLOURS } from './grade-colours.ts';

const INK = '#1d2733';
const FAINT = '#5b6775';
const WHITE = '#ffffff';
const WIDTH = 600;

interface Bar {
  readonly label: string;
  readonly parts: readonly { readonly value: number; readonly colour: string }[];
}

/** Stacked bars, one below the other, all to one scale. */
function drawBars(bars: readonly Bar[], alt: string): Scene {
  const left = 130;
  const step = 34;
  const most = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
  const scale = (WIDTH - left - 50) / most;
  const shapes: Shape[] = [];
  bars.forEach(({ label, parts }, i) => {
    const y = 10 + i * step;
    shapes.push({ type: 'text', x: left - 10, y: y + 17, text: label, size: 13, anchor: 'end', fill: INK });
    let x = left;
    for (const { value, colour } of parts) {
      if (value === 0) continue;
      shapes.push({ type: 'box', x, y, width: value * scale, height: 24, fill: colour });
      if (value * scale > 16) shapes.push({ type: 'number', x: x + (value * scale) / 2, y: y + 12, value, size: 11, fill: INK, halo: WHITE });
      x += value * scale;
    }
    shapes.push({ type: 'text', x: x + 8, y: y + 17, text: String(parts.reduce((sum, { value }) => sum + value, 0)), size: 12, anchor: 'start', fill: FAINT });
  });
  return { width: WIDTH, height: 20 + bars.length * step, background: WHITE, shapes, alt };
}

export interface Chart {
  readonly scene: Scene;
  readonly legend: readonly { readonly colour: string; readonly text: string }[];
}

/** How many indicators of each dimension have which grade; those without one last. */
export function drawDimensions(dimensions: readonly DimensionLine[], language: Language): Chart {
  const none = { zh: '未评级', en: 'not graded' }[language];
  const bars = dimensions.map(({ name, counts, total, graded }): Bar => ({
    label: name[language],
    parts: [...GRADES.map((grade) => ({ value: counts[grade], colour: GRADE_COLOURS[grade] })), { value: total - graded, colour: NO_GRADE_COLOUR }],
  }));
  const alt = dimensions.map(({ name, counts }) => `${name[language]}: ${GRADES.map((grade) => `${GRADE_WORDS[grade][language]} ${counts[grade]}`).join(', ')}`).join('; ');
  return { scene: drawBars(bars, alt), legend: [...GRADES.map((grade) => ({ colour: GRADE_COLOURS[grade], text: GRADE_WORDS[grade][language] })), { colour: NO_GRADE_COLOUR, text: none }] };
}

/** Findings by severity, from 1 to 5. */
export function drawSeverities(bySeverity: readonly number[], words: readonly string[]): Chart {
  const bars = bySeverity.map((value, i): Bar => ({ label: `${i + 1} ${words[i]}`.slice(0, 22), parts: [{ value, colour: SEVERITY_COLOURS[i] }] }));
  return { scene: drawBars(bars, bySeverity.map((value, i) => `${words[i]}: ${value}`).join(', ')), legend: words.map((text, i) => ({ colour: SEVERITY_COLOURS[i], text: `${i + 1} ${text}` })) };
}
