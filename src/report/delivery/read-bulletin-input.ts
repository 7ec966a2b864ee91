/** Reads the ledger as it stood at the end of a quarter and of the one before. */
import type { Language } from '../../core/bilingual.ts';
import { ChengmaiError } from '../../core/errors.ts';
import type { Base } from '../../base/open.ts';
import { getCity } from '../../base/store/cities.ts';
import { listTargets } from '../../delivery/document-views.ts';
import { taskJson } from '../../delivery/ledger/task-row.ts';
import { getLightSettings } from '../../delivery/store/light-settings.ts';
import { findFirstChange, listChangesAfter, listTasks } from '../../delivery/store/tasks.ts';
import { todayInChina } from '../../delivery/task-ledger.ts';
import type { BulletinInput } from './bulletin-input.ts';
import { ledgerAt } from './ledger-at.ts';
import type { Quarter } from '../../delivery/ledger/quarter.ts';
import { endOfDay, firstDay, lastDay, quarterAfter, quarterText } from '../../delivery/ledger/quarter.ts';

/** @throws ChengmaiError not-found `base/no-city`, input `report/quarter-ahead` */
export async function readBulletinInput(base: Base, cityId: string, { quarter, today, language }: { readonly quarter: Quarter; readonly today: string; readonly language: Language }): Promise<BulletinInput> {
  if (firstDay(quarter) > today) {
    throw new ChengmaiError('input', 'report/quarter-ahead', { zh: `${quarterText(quarter)} 尚未开始；请选择本季度或以前的季度。`, en: `${quarterText(quarter)} has not begun; choose the present quarter or an earlier one.` }, { field: 'quarter', value: quarterText(quarter) });
  }
  const city = await getCity(base.database, cityId);
  const earlier = lastDay(quarterAfter(quarter, -1));
  const asOf = lastDay(quarter) < today ? lastDay(quarter) : today;
  const end = endOfDay(asOf);
  const { rows, changes, first, figures, figuresBefore } = await base.database.transaction(async (session) => ({
    rows: await listTasks(session, cityId), changes: await listChangesAfter(session, cityId, endOfDay(earlier)), first: await findFirstChange(session, cityId),
    // the lights of a day are by the figures that held on it
    figures: await getLightSettings(session, cityId, end), figuresBefore: await getLightSettings(session, cityId, endOfDay(earlier)),
  }));
  return {
    language, cityName: city.name, quarter, asOf,
    tasks: ledgerAt(rows, changes.filter(({ at }) => at > end)).map((row) => taskJson(row, asOf, figures)),
    before: ledgerAt(rows, changes).map((row) => taskJson(row, earlier, figuresBefore)),
    recordedSince: first === undefined ? null : todayInChina(first),
    targets: await listTargets(base, cityId, asOf),
  };
}
