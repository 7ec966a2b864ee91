/** The words under which tables name an indicator: its id, its number in the national list, its Chinese name. */
import type { Note } from '../../core/note.ts';
import { NoteBook } from '../../core/note.ts';
import type { CityTable } from '../city/city-data.ts';
import type { Indicator } from '../model.ts';
import { isFilled, plainText } from '../operators/cell-values.ts';
import { findOperator } from '../operators/list.ts';

/** By word, as `plainText` has it and without a leading #. Of two indicators of one name the first has it. */
export function indicatorsByWord(indicators: readonly Indicator[]): ReadonlyMap<string, Indicator> {
  const byWord = new Map<string, Indicator>();
  for (const indicator of indicators) {
    for (const word of [indicator.id, ...(indicator.number === undefined ? [] : [String(indicator.number)]), indicator.name.zh]) {
      const plain = plainText(word).replace(/^#/, '');
      if (!byWord.has(plain)) byWord.set(plain, indicator);
    }
  }
  return byWord;
}

/** Rows of the departments' statistics that no indicator asks for, by any of the words it reads them under: a slip in the id, or a figure for nobody. */
export function noteUnknownIndicators(table: Pick<CityTable, 'columns'> | undefined, indicators: readonly Indicator[]): readonly Note[] {
  const notes = new NoteBook();
  const known = new Set([...indicatorsByWord(indicators).keys(), ...indicators.flatMap(({ methods }) => methods.flatMap(wordsRead))]);
  for (const cell of table?.columns['indicator_id'] ?? []) {
    if (!isFilled(cell) || known.has(plainText(cell).replace(/^#/, ''))) continue;
    notes.add('warning', 'checkup/unknown-indicator', {
      zh: 'indicators_dept.csv 中的指标编号不属于任何指标，该行未使用；编号见 docs/indicators.md。',
      en: 'indicators_dept.csv names an indicator that does not exist; the row is not used. The ids are in docs/indicators.md.',
    }, { file: 'indicators_dept.csv', field: 'indicator_id', value: String(cell) });
  }
  return notes.list();
}

/** Methods read figures of other names too: built-up area, population (land-consumption). */
function wordsRead({ operator, params }: Indicator['methods'][number]): string[] {
  const read = findOperator(operator)?.params.safeParse(params);
  return read?.success !== true ? [] : Object.values(read.data as Readonly<Record<string, unknown>>).flat().filter((word) => typeof word === 'string').map((word) => plainText(word).replace(/^#/, ''));
}
