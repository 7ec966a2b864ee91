/** The indicators of a city: the catalogue and what its users added. */
import type { Session } from '../base/database.ts';
import { toJsonText } from '../base/store/copy-text.ts';
import { ChengmaiError } from '../core/errors.ts';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import type { Indicator } from './model.ts';

export async function listUserIndicators(database: Session, cityId: string): Promise<Indicator[]> {
  const rows = await database.query<{ definition: Indicator }>('select definition from user_indicator where city_id = $1 order by added_at, indicator_id', [cityId]);
  return rows.map((row) => row.definition);
}

export async function listIndicatorsOf(database: Session, cityId: string): Promise<Indicator[]> {
  return [...listCatalogue(), ...(await listUserIndicators(database, cityId))];
}

/** Adds one, or replaces the one of the same id. @throws ChengmaiError conflict `checkup/indicator-exists` where the catalogue has that id */
export async function addUserIndicator(database: Session, cityId: string, indicator: Indicator, who: string): Promise<void> {
  if (listCatalogue().some(({ id }) => id === indicator.id)) {
    throw new ChengmaiError('conflict', 'checkup/indicator-exists', {
      zh: `指标标识“${indicator.id}”已被内置指标占用；请换一个标识。`,
      en: `The id "${indicator.id}" belongs to an indicator of the catalogue; take another.`,
    }, { field: 'id', value: indicator.id });
  }
  await database.query(
    `insert into user_indicator (city_id, indicator_id, definition, who) values ($1, $2, $3, $4)
     on conflict (city_id, indicator_id) do update set definition = excluded.definition, who = excluded.who, added_at = now()`,
    [cityId, indicator.id, toJsonText(indicator), who],
  );
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
