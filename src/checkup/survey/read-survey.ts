/** A city's survey of the period: topics with their scores, whether the sample is what the manual asks for, and what of the file could not be used. */
import { NoteBook } from '../../core/note.ts';
import type { Note } from '../../core/note.ts';
import type { AttributeValue } from '../../import/model.ts';
import type { CityTable, PlaceTree } from '../city/city-data.ts';
import { checkSample } from './check-sample.ts';
import type { SampleCheck } from './check-sample.ts';
import { readAnswers } from './read-answers.ts';
import type { TopicScore } from './score-topics.ts';
import { scoreTopic } from './score-topics.ts';
import { SURVEY_TOPICS } from './topics.ts';

export interface Survey {
  readonly sample: SampleCheck;
  /** By topic id. */
  readonly scores: ReadonlyMap<string, TopicScore>;
  readonly notes: readonly Note[];
}

/** Rows of another year than the one that is checked do not count; rows without a year do. */
function rowsOfPeriod(years: readonly AttributeValue[] | undefined, rowCount: number, period: number): Uint8Array {
  const counts = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) counts[row] = typeof years?.[row] === 'number' && years[row] !== period ? 0 : 1;
  return counts;
}

/** Says which rows are of another year: they are not counted, and without a word a survey of last year looks like none. */
export function noteOtherYears({ columns, rowCount }: CityTable, period: number): Note[] {
  const notes = new NoteBook();
  const ofPeriod = rowsOfPeriod(columns['year'], rowCount, period);
  const years = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) if (ofPeriod[row] === 0) years.set(Number(columns['year'][row]), (years.get(Number(columns['year'][row])) ?? 0) + 1);
  const isAny = ofPeriod.includes(1);
  for (const [year, count] of [...years].sort(([a], [b]) => a - b)) {
    notes.add(isAny ? 'info' : 'warning', `survey/other-year/${year}`, {
      zh: `问卷（survey.csv）中 ${year} 年的回答不是体检年份 ${period} 的，未计入${isAny ? '' : '；该年没有问卷，评价未考虑居民意见'}。如有误请更正列 year，或以 --period ${year} 体检。`,
      en: `Answers of ${year} in the survey (survey.csv) are not of the year that is checked, ${period}; they were left out${isAny ? '' : ', so that there is no survey and grades leave residents out'}. Correct the column year, or check ${year} with --period ${year}.`,
    }, { file: 'survey.csv', field: 'year', value: String(year) }, count);
  }
  return notes.list();
}

/**
 * @param residents by place number; NaN where unknown
 * @returns undefined where the file has no answers of the period
 */
export function readSurvey(table: CityTable, tree: PlaceTree, residents: Float64Array, period: number): Survey | undefined {
  const ofPeriod = rowsOfPeriod(table.columns['year'], table.rowCount, period);
  if (!ofPeriod.includes(1)) return undefined;
  const notes = new NoteBook();
  const communities = [...tree.ofLevel('community')].filter((place) => tree.outside[place] === 0);
  const city = tree.ofLevel('city').at(0);
  const total = city === undefined ? NaN : residents[city];
  const sample = checkSample({
    rowCount: table.rowCount, among: ofPeriod, column: (name) => table.columns[name], place: table.place, communities, residents: Number.isNaN(total) ? undefined : total,
  });
  const scores = new Map<string, TopicScore>();
  for (const { id, name } of SURVEY_TOPICS) {
    const header = [id, name.zh, name.en].find((one) => one in table.columns);
    if (header === undefined) continue;
    const { scores: given, unreadable } = readAnswers(table.columns[header]);
    if (unreadable.length > 0) {
      notes.add('warning', `survey/unreadable/${id}`, {
        zh: `问卷“${name.zh}”列中有既非 1–5、0–100 也非满意程度的回答，未计入。`,
        en: `Answers on “${name.en}” are neither 1–5, 0–100 nor words of satisfaction; they were left out.`,
      }, { field: header, row: unreadable[0] + 2, value: String(table.columns[header][unreadable[0]]) }, unreadable.length);
    }
    const score = scoreTopic(given, sample.counts, table.place, (community) => (Number.isNaN(residents[community]) ? undefined : residents[community]));
    if (score !== undefined) scores.set(id, score);
  }
  for (const { id, kept: isKept, text } of sample.rules) {
    if (isKept === false) notes.add('warning', `survey/sample/${id}`, { zh: `问卷样本不符合要求：${text.zh}。`, en: `The survey's sample is not as asked for: ${text.en}.` });
  }
  return { sample, scores, notes: notes.list() };
}
