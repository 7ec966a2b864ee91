/**
 * shelter-area: effective area of emergency shelters ÷ residents, m² (#54).
 *
 * Σ effective_m2 of the shelters in a place ÷ its residents. Shelters that give only a capacity count with capacity × the m² that GB 51143-2015 has for their
 * class, where the indicator says so; they are noted, and the value is then a proxy. A place where people live and no shelter is has 0: the register is
 * of the whole city. Numerator: m². Denominator: residents. n: shelters. Cost: one pass over the rows.
 */
import { NoteBook } from '../../core/note.ts';
import type { AttributeValue } from '../../import/model.ts';
import { isFilled, numberOf, plainText } from './cell-values.ts';
import { UNKNOWN, YES, compileCondition, conditionColumns } from './conditions.ts';
import type { ShelterAreaParams } from './count-params.ts';
import { shelterAreaParams } from './count-params.ts';
import { conditionNeeds, groupNeed } from './count-needs.ts';
import { openRows } from './count-rows.ts';
import { missingAnswers, missingPopulation } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import { personsByPlace } from './per-place.ts';
import { noteCells, notePlaces, noteUnknown, sumRows } from './sum-rows.ts';

function perPersonM2(value: AttributeValue | undefined, classes: ShelterAreaParams['fromCapacity']): number | undefined {
  return isFilled(value) ? classes.find((each) => plainText(value).includes(plainText(each.class)))?.m2 : undefined;
}

export const shelterArea = defineOperator<ShelterAreaParams>({
  id: 'shelter-area',
  title: { zh: '人均避难面积', en: 'Shelter area per person' },
  params: shelterAreaParams,
  needs: ({ where, group }) => ['place', groupNeed(group), 'table:shelters', ...conditionNeeds(where)],
  run(city, { where, fromCapacity, group }) {
    const opened = openRows(city, 'shelters', [where], fromCapacity.length === 0 ? ['effective_m2'] : []);
    if ('missing' in opened) return opened;
    const persons = personsByPlace(city, group);
    if (persons === undefined) return missingPopulation(group);
    const { table, places } = opened;
    const { effective_m2: effective, capacity, class: classes } = table.columns;
    const ask = where === undefined ? undefined : compileCondition(where, table, city.period);
    const [area, used] = [new Float64Array(table.rowCount), new Float64Array(table.rowCount)];
    const tally = { unsure: 0, empty: 0, impossible: 0, estimated: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      const answer = ask?.(row) ?? YES;
      if (answer === UNKNOWN) tally.unsure++;
      if (answer !== YES) continue;
      const stated = numberOf(effective?.[row]);
      const estimate = (numberOf(capacity?.[row]) ?? NaN) * (perPersonM2(classes?.[row], fromCapacity) ?? NaN);
      const m2 = stated ?? (Number.isNaN(estimate) ? undefined : estimate);
      if (m2 === undefined) tally.empty++;
      else if (m2 < 0) tally.impossible++;
      else {
        if (stated === undefined) tally.estimated++;
        area[row] = m2;
        used[row] = 1;
      }
    }
    const n = sumRows(city, places, used);
    if (!used.some((each) => each === 1)) return missingAnswers('shelters', ['effective_m2'], table.rowCount, table.leftOut);
    const notes = new NoteBook();
    notePlaces(notes, 'shelters', places);
    noteCells(notes, 'shelters', 'effective_m2', tally.empty, tally.impossible);
    if (where !== undefined) noteUnknown(notes, 'shelters', conditionColumns(where), tally.unsure);
    if (tally.estimated > 0) notes.add('warning', 'checkup/shelter-estimated', { zh: '有场所只有容量，有效面积按其类别的人均面积折算。', en: 'Shelters that give only a capacity count with the area a person that their class has.' }, { file: 'shelters.csv', field: 'capacity' }, tally.estimated);
    const numerator = sumRows(city, places, area);
    return {
      value: numerator.map((sum, place) => (persons[place] > 0 ? sum / persons[place] : NaN)), numerator, denominator: persons, n,
      quality: tally.estimated > 0 ? 'proxy' : 'measured', detail: { rows: { table: 'shelters', row: Uint32Array.from(used.keys()).filter((row) => used[row] === 1) } }, notes: notes.list(),
    };
  },
});
