/**
 * task-rate: tasks done ÷ tasks due in the year that is checked, % (#60 问题整治完成率), 限时 and 尽力 apart or together.
 *
 * Due: the deadline lies in the year, no later than `asOf`. A time-limited task (限时) that was done late is not met: its status says so (逾期完成), or
 * its day of completion (column finish_date, where the register has one) lies after the deadline. A best-effort task (尽力) counts once it is done. A status that
 * says neither is unknown and noted. Numerator: met. Denominator: due and known. n: due. Cost: one pass over the rows.
 */
import { NoteBook } from '../../core/note.ts';
import type { AttributeValue } from '../../import/model.ts';
import type { CityTable } from '../city/city-data.ts';
import { listWhere, mapTo } from '../city/map-values.ts';
import { isFilled, momentOf, plainText } from './cell-values.ts';
import { UNKNOWN, YES, compileCondition, conditionColumns } from './conditions.ts';
import type { TaskRateParams } from './count-params.ts';
import { taskRateParams } from './count-params.ts';
import { openRows } from './count-rows.ts';
import { missingAnswers, missingReason } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import { notePlaces, noteUnknown, sumRows } from './sum-rows.ts';

export type TaskState = 'done' | 'done-late' | 'open' | 'unknown';

/** What a status says. "未完成" holds "完成", so no comes first. */
export function taskState(status: AttributeValue | undefined): TaskState {
  if (!isFilled(status)) return 'unknown';
  const text = plainText(status);
  if (/未|没有|进行|办理中|处置中|整改中|推进|在办|待|挂账|延期中|open|pending|progress|ongoing|overdue|not /.test(text)) return 'open';
  if (/完成|办结|销号|结案|已整改|整改到位|达标|done|complete|closed|finished|resolved/.test(text)) return /逾期|超期|延期|超时|late/.test(text) ? 'done-late' : 'done';
  return /逾期|超期|超时/.test(text) ? 'open' : 'unknown';
}

const isTimed = (value: AttributeValue | undefined): boolean | undefined => (isFilled(value) ? /^timed$|限时/.test(plainText(value)) : undefined);

/** The day a task was done, in any of the columns that registers have for it. */
function finishedMs({ columns }: CityTable, row: number): number | undefined {
  return ['finish_date', 'finish_time', '完成日期', '完成时间', '办结日期'].map((column) => momentOf(columns[column]?.[row])).find((moment) => moment !== undefined);
}

/** What became of a task: not asked, not due in the year, unknown, met, missed, or missed because it was late. */
type Outcome = 'not-asked' | 'unsure' | 'undated' | 'not-due' | 'silent' | 'met' | 'open' | 'late';

/** Tells each row of the register of tasks. */
function outcomesOf(table: CityTable, params: TaskRateParams, period: number): (row: number) => Outcome {
  const { deadline, status, class: classes } = table.columns;
  const ask = params.where === undefined ? undefined : compileCondition(params.where, table, period);
  const [from, to] = [momentOf(`${period}-01-01`) ?? NaN, momentOf(`${period}-${params.asOf}`, true) ?? NaN];
  return (row) => {
    const timed = isTimed(classes?.[row]);
    if (params.class !== 'all' && timed !== (params.class === 'timed')) return 'not-asked';
    const answer = ask?.(row) ?? YES;
    if (answer !== YES) return answer === UNKNOWN ? 'unsure' : 'not-asked';
    const by = momentOf(deadline[row], true);
    if (by === undefined) return 'undated';
    if (by < from || by > to) return 'not-due';
    const state = taskState(status[row]);
    if (state === 'unknown') return 'silent';
    if (state === 'open') return 'open';
    const isLate = state === 'done-late' || (finishedMs(table, row) ?? -Infinity) > by;
    return timed === true && isLate ? 'late' : 'met';
  };
}

export const taskRate = defineOperator<TaskRateParams>({
  id: 'task-rate',
  title: { zh: '整治完成率', en: 'Tasks done of those due' },
  params: taskRateParams,
  needs: () => ['place', 'settings', 'table:tasks'],
  run(city, params) {
    const opened = openRows(city, 'tasks', [params.where], ['deadline', 'status', ...(params.class === 'all' ? [] : ['class'])]);
    if ('missing' in opened) return opened;
    const { table, places } = opened;
    const outcomes = Array.from({ length: table.rowCount }, (_, row) => row).map(outcomesOf(table, params, city.period));
    const count = (...wanted: readonly Outcome[]): number => outcomes.filter((outcome) => wanted.includes(outcome)).length;
    const sum = (...wanted: readonly Outcome[]): Float64Array => sumRows(city, places, mapTo(Float64Array, outcomes, (outcome) => (wanted.includes(outcome) ? 1 : 0)));
    if (count('met', 'open', 'late', 'silent') === 0) return missingReason('no-data', { zh: `督办任务（tasks.csv）中没有 ${city.period} 年到期的任务。`, en: `The supervised tasks (tasks.csv) have none that was due in ${city.period}.` }, { zh: 'tasks.csv 的列 deadline、status、class', en: 'columns deadline, status and class of tasks.csv' });
    if (count('met', 'open', 'late') === 0) return missingAnswers('tasks', ['status'], table.rowCount);
    const notes = new NoteBook();
    notePlaces(notes, 'tasks', places);
    noteUnknown(notes, 'tasks', ['deadline'], count('undated'));
    noteUnknown(notes, 'tasks', ['status'], count('silent'));
    if (params.where !== undefined) noteUnknown(notes, 'tasks', conditionColumns(params.where), count('unsure'));
    if (count('late') > 0) notes.add('info', 'checkup/late-task', { zh: '限时任务逾期完成，按未完成计。', en: 'Time-limited tasks that were done late count as not met.' }, { file: 'tasks.csv' }, count('late'));
    const [numerator, denominator] = [sum('met'), sum('met', 'open', 'late')];
    const missed = listWhere(outcomes.length, (row) => outcomes[row] === 'open' || outcomes[row] === 'late');
    return {
      value: numerator.map((met, place) => (denominator[place] > 0 ? (100 * met) / denominator[place] : NaN)),
      numerator, denominator, n: sum('met', 'open', 'late', 'silent'), quality: 'measured', detail: { rows: { table: 'tasks', row: missed } }, notes: notes.list(),
    };
  },
});
