/** Where days stand along a Gantt chart, and which lines of time it draws. Days are numbers since 1970-01-01. */
import type { TaskJson } from '../../delivery/api.ts';
import { dayNumber, dayText } from '../../delivery/ledger/working-days.ts';
import { addMonths } from './month-days.ts';
import type { Scale } from './tasks-address.ts';

/** Pixels a day of the scales that scroll. */
const DAY_PX: Readonly<Record<Exclude<Scale, 'fit'>, number>> = { year: 0.55, quarter: 1.6, month: 5 };
/** Beyond so many years from today a bar ends at the edge. */
const MOST_DAYS = Math.round(12 * 365.25);
/** Of many tasks, the latest few do not decide: one deadline in 2099 must not squeeze the rest to a hair. */
const SHARE_SHOWN = 0.98;

export interface TimeScale {
  readonly from: number;
  /** The day after the last. */
  readonly to: number;
  /** Pixels of the whole; undefined: as wide as there is room. */
  readonly widthPx: number | undefined;
  readonly ticks: readonly { readonly day: number; readonly label: string; readonly strong: boolean }[];
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  /** No deadline: the bar is open towards its end. */
  readonly open: boolean;
}

export function barOf(task: TaskJson, today: number): Bar {
  const created = dayNumber(task.createdAt.slice(0, 10));
  const end = task.deadline === null ? undefined : dayNumber(task.deadline);
  const told = task.startAt === null ? created : dayNumber(task.startAt);
  // entered after its own deadline: all that is known is the deadline
  const from = end === undefined ? told : Math.min(told, end);
  return { from, to: (end ?? Math.max(today, from)) + 1, open: end === undefined };
}

/** 0–100 along the scale, held at its edges. */
export function placeOf(scale: Pick<TimeScale, 'from' | 'to'>, day: number): number {
  return Math.min(100, Math.max(0, (100 * (day - scale.from)) / (scale.to - scale.from)));
}

export function buildScale(tasks: readonly TaskJson[], todayText: string, scale: Scale, roomPx: number): TimeScale {
  const today = dayNumber(todayText);
  const spans = tasks.map((task) => {
    const { from, to } = barOf(task, today);
    const days = [from, to, ...task.milestones.map(({ due }) => dayNumber(due))];
    return { from: Math.min(...days), to: Math.max(...days) };
  });
  const first = Math.max(today - MOST_DAYS, Math.min(today - 15, ...spans.map(({ from }) => from)));
  const ends = spans.map(({ to }) => to).sort((a, b) => a - b);
  const last = Math.min(today + MOST_DAYS, Math.max(today + 30, ends[Math.ceil(SHARE_SHOWN * ends.length) - 1] ?? today));
  const startMonth = dayText(first).slice(0, 7);
  const endMonth = addMonths(dayText(last - 1).slice(0, 7), 1);
  const [from, to] = [dayNumber(`${startMonth}-01`), dayNumber(`${endMonth}-01`)];
  const dayPx = scale === 'fit' ? roomPx / (to - from) : Math.max(DAY_PX[scale], roomPx / (to - from));
  return { from, to, widthPx: scale === 'fit' ? undefined : Math.round(dayPx * (to - from)), ticks: ticksOf(startMonth, endMonth, dayPx) };
}

const TICK_PX = 44;

/** Months where there is room for their names, else quarters, else years. */
function ticksOf(from: string, to: string, dayPx: number): TimeScale['ticks'] {
  const step = [1, 3, 12, 24, 60].find((months) => months * 30.4 * dayPx >= TICK_PX) ?? 120;
  const ticks: { day: number; label: string; strong: boolean }[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    const [year, number] = month.split('-').map(Number);
    if ((year * 12 + number - 1) % step !== 0) continue;
    ticks.push({ day: dayNumber(`${month}-01`), label: number === 1 || step >= 12 ? String(year) : step === 3 ? `Q${(number + 2) / 3}` : String(number), strong: number === 1 });
  }
  return ticks;
}
