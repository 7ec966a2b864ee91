import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskJson } from '../../delivery/api.ts';
import { dayNumber, dayText } from '../../delivery/ledger/working-days.ts';
import { barOf, buildScale, placeOf } from './gantt-scale.ts';
import { groupTasks } from './group-tasks.ts';
import { addMonths, weeksOf } from './month-days.ts';

const task = (fields: Partial<TaskJson>): TaskJson => ({ createdAt: '2026-01-10T08:00:00Z', startAt: null, deadline: null, milestones: [], lead: [], state: 'open', light: 'green', source: 'hand', ...fields }) as unknown as TaskJson;
const TODAY = '2026-11-22';
const today = dayNumber(TODAY);

describe('the bar of a task', () => {
  it('goes from its start to the end of its last day', () => {
    expect(barOf(task({ startAt: '2026-02-01', deadline: '2026-02-03' }), today)).toEqual({ from: dayNumber('2026-02-01'), to: dayNumber('2026-02-04'), open: false });
  });

  it('begins where the task was entered when no start was told, and not after its deadline', () => {
    expect(barOf(task({ deadline: '2026-03-01' }), today).from).toBe(dayNumber('2026-01-10'));
    expect(barOf(task({ deadline: '2025-03-01' }), today)).toEqual({ from: dayNumber('2025-03-01'), to: dayNumber('2025-03-02'), open: false });
  });

  it('stays open towards today without a deadline', () => {
    expect(barOf(task({}), today)).toEqual({ from: dayNumber('2026-01-10'), to: today + 1, open: true });
  });
});

describe('the scale of a Gantt chart', () => {
  it('holds every bar and today, from the first of a month to the first of another', () => {
    const day = fc.integer({ min: today - 1500, max: today + 1500 });
    fc.assert(fc.property(fc.array(fc.tuple(day, fc.nat(900)), { minLength: 1, maxLength: 20 }), fc.constantFrom('fit', 'year', 'quarter', 'month'), (spans, kind) => {
      const tasks = spans.map(([from, days]) => task({ startAt: dayText(from), deadline: dayText(from + days) }));
      const scale = buildScale(tasks, TODAY, kind, 900);
      const places = tasks.flatMap((one) => { const bar = barOf(one, today); return [bar.from, bar.to]; });
      return scale.from <= Math.min(today, ...places) && scale.to >= Math.max(today, ...places.slice(0, 49)) && dayText(scale.from).endsWith('-01') && dayText(scale.to).endsWith('-01');
    }), { numRuns: 50 });
  });

  it('is not stretched by one deadline of many that lies far off', () => {
    const tasks = [...Array.from({ length: 99 }, () => task({ startAt: '2026-01-01', deadline: '2027-06-30' })), task({ deadline: '2099-12-31' })];
    expect(dayText(buildScale(tasks, TODAY, 'fit', 900).to)).toBe('2027-07-01');
    expect(dayText(buildScale([task({ deadline: '2099-12-31' })], TODAY, 'fit', 900).to) < '2040').toBe(true);
  });

  it('names months where there is room, else quarters, else years', () => {
    const labels = (from: string, to: string) => buildScale([task({ startAt: from, deadline: to })], TODAY, 'fit', 900).ticks.map(({ label }) => label);
    expect(labels('2026-06-01', '2027-02-01')).toEqual(['6', '7', '8', '9', '10', '11', '12', '2027', '2', '3']);
    expect(labels('2025-01-01', '2028-11-30')).toContain('Q3');
    expect(labels('2020-01-01', '2030-11-30')).toEqual(['2020', '2021', '2022', '2023', '2024', '2025', '2026', '2027', '2028', '2029', '2030']);
  });

  it('places days between nothing and the whole', () => {
    expect([placeOf({ from: 100, to: 200 }, 150), placeOf({ from: 100, to: 200 }, 50), placeOf({ from: 100, to: 200 }, 999)]).toEqual([50, 0, 100]);
  });
});

describe('months', () => {
  it('are whole weeks from Monday', () => {
    expect(weeksOf('2026-11')).toHaveLength(6);
    expect(weeksOf('2026-11')[0][0]).toBe('2026-10-26');
    expect(weeksOf('2027-02')).toHaveLength(4);
    fc.assert(fc.property(fc.integer({ min: 0, max: 2400 }), (count) => {
      const month = addMonths('1950-01', count);
      const weeks = weeksOf(month);
      return weeks.every(([monday]) => new Date(`${monday}T00:00:00Z`).getUTCDay() === 1) && weeks[0].includes(`${month}-01`) && weeks.at(-1)?.some((day) => day.startsWith(month)) === true;
    }));
  });

  it('follow one another over years', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-05', 20)]).toEqual(['2027-01', '2025-12', '2028-01']);
  });
});

describe('groups', () => {
  it('of states stand in the order of a task’s life, empty ones too where asked', () => {
    const tasks = [task({ state: 'done' }), task({ state: 'draft' })];
    expect(groupTasks(tasks, 'state', true).map(({ key, tasks: own }) => `${key} ${own.length}`)).toEqual(['draft 1', 'open 0', 'submitted 0', 'done 1', 'cancelled 0']);
    expect(groupTasks(tasks, 'state', false).map(({ key }) => key)).toEqual(['draft', 'done']);
  });

  it('of bodies stand by their number of tasks, what has none last', () => {
    expect(groupTasks([task({}), task({}), task({}), task({ lead: ['甲'] }), task({ lead: ['乙', '甲'] }), task({ lead: ['乙'] })], 'body', false).map(({ key }) => key)).toEqual(['乙', '甲', '']);
  });
});
