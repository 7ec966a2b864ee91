/** The indicators of a city: the catalogue and what its users added. */
import type { Database, Session } from '../base/database.ts';
import { toJsonText } from '../base/store/copy-text.ts';
import { ChengmaiError } from '../core/errors.ts';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import { MOST_USER_INDICATORS, readUserIndicators } from './catalogue/read-user-indicators.ts';
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
 * @throws ChengmaiError input, as readUserIndicators does; `checkup/too-many-indicators` where the city would have more than {@link MOST_USER_INDICATORS} of its own
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
    const [{ count }] = await transaction.query<{ count: number }>('select count(*)::integer as count from user_indicator where city_id = $1', [cityId]);
    if (count > MOST_USER_INDICATORS) throw tooMany(file, count);
  });
  return indicators.map(({ id }) => id);
}

/** Each is measured in every check-up: without a bound a script could make one last for hours. */
function tooMany(file: string, count: number): ChengmaiError {
  return new ChengmaiError('input', 'checkup/too-many-indicators', {
    zh: `加上 ${file}，该城市的自定义指标将有 ${count} 个，最多 ${MOST_USER_INDICATORS} 个；未添加任何一个。请先删除不用的（chengmai indicators 城市 --remove 标识）。`,
    en: `With ${file} the city would have ${count} indicators of its own, at most ${MOST_USER_INDICATORS} are possible; none was added. Remove some first (chengmai indicators CITY --remove ID).`,
  }, { file, value: String(count) });
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
