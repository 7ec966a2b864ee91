/** The indicators of a city: the catalogue and what its users added. */
import type { Database, Session } from '../base/database.ts';
import { toJsonText } from '../base/store/copy-text.ts';
import { ChengmaiError } from '../core/errors.ts';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import { readUserIndicators } from './catalogue/read-user-indicators.ts';
import type { Indicator } from './model.ts';

export async function listUserIndicators(database: Session, cityId: string): Promise<Indicator[]> {
  const rows = await database.query<{ definition: Indicator }>('select definition from user_indicator where city_id = $1 order by added_at, indicator_id', [cityId]);
  return rows.map((row) => row.definition);
}

export async function listIndicatorsOf(database: Session, cityId: string): Promise<Indicator[]> {
  return [...listCatalogue(), ...(await listUserIndicators(database, cityId))];
}

/**
 * Adds what a YAML or JSON text defines, all or nothing; one of an id that a user gave before is replaced.
 *
 * @param file as errors name it
 * @returns the ids
 * @throws ChengmaiError input, as readUserIndicators does
 */
export async function addUserIndicators(database: Database, cityId: string, text: string, file: string, who: string): Promise<string[]> {
  const indicators = readUserIndicators(text, { file, taken: listCatalogue().map(({ id }) => id) });
  await database.transaction(async (transaction) => {
    for (const indicator of indicators) {
      await transaction.query(
        `insert into user_indicator (city_id, indicator_id, definition, who) values ($1, $2, $3, $4)
         on conflict (city_id, indicator_id) do update set definition = excluded.definition, who = excluded.who, added_at = now()`,
        [cityId, indicator.id, toJsonText(indicator), who],
      );
    }
  });
  return indicators.map(({ id }) => id);
}

/** @throws ChengmaiError not-found `checkup/no-user-indicator` */
export async function removeUserIndicator(database: Session, cityId: string, indicatorId: string): Promise<void> {
  const rows = await database.query('delete from user_indicator where city_id = $1 and indicator_id = $2 returning indicator_id', [cityId, indicatorId]);
  if (rows.length > 0) return;
  throw new ChengmaiError('not-found', 'checkup/no-user-indicator', {
    zh: `没有用户指标“${indicatorId}”；内置指标不能删除。`,
    en: `There is no user indicator "${indicatorId}"; those of the catalogue cannot be removed.`,
  }, { value: indicatorId });
}
