/** A city's settings for its check-ups. */
import type { Session } from '../base/database.ts';
import { toJsonText } from '../base/store/copy-text.ts';
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { CheckupSettings } from './api.ts';
import { thresholdProblem } from './catalogue/check-indicator.ts';
import { listIndicatorsOf } from './indicators.ts';
import type { Indicator } from './model.ts';

export const NO_SETTINGS: CheckupSettings = { cityClass: null, cityRank: null, peerCities: [], thresholds: {} };

export async function readSettings(database: Session, cityId: string): Promise<CheckupSettings> {
  const [row] = await database.query<{ settings: Partial<CheckupSettings> }>('select settings from checkup_setting where city_id = $1', [cityId]);
  return { ...NO_SETTINGS, ...row?.settings };
}

/** @throws ChengmaiError input `checkup/bad-settings` on a standard or a peer that cannot be */
export async function writeSettings(database: Session, cityId: string, settings: CheckupSettings): Promise<void> {
  const cities = await database.query<{ city_id: string }>('select city_id from city');
  checkSettings(settings, { cityId, before: await readSettings(database, cityId), cities: new Set(cities.map((row) => row.city_id)), indicators: await listIndicatorsOf(database, cityId) });
  await database.query(
    'insert into checkup_setting (city_id, settings) values ($1, $2) on conflict (city_id) do update set settings = excluded.settings, updated_at = now()', [cityId, toJsonText(settings)],
  );
}

export interface SettingsScope {
  readonly cityId: string;
  /** As they are: what was right once (a peer that was deleted, an indicator that was removed) may stay. */
  readonly before: CheckupSettings;
  readonly cities: ReadonlySet<string>;
  readonly indicators: readonly Indicator[];
}

/** @throws ChengmaiError input `checkup/bad-settings` */
export function checkSettings({ peerCities, thresholds }: CheckupSettings, { cityId, before, cities, indicators }: SettingsScope): void {
  for (const [i, peer] of peerCities.entries()) {
    if (peer === cityId) throw badSettings(`peerCities[${i}]`, peer, { zh: '城市不能与自身对标，请去掉', en: 'a city is no peer of its own; take it out' });
    if (!cities.has(peer) && !before.peerCities.includes(peer)) throw badSettings(`peerCities[${i}]`, peer, { zh: '没有这个城市；外部城市的值请用 peers.csv 导入', en: 'there is no such city; import the values of others as peers.csv' });
  }
  for (const [id, threshold] of Object.entries(thresholds)) {
    const at = `thresholds.${id}`;
    const indicator = indicators.find((one) => one.id === id);
    if (indicator === undefined) {
      if (Object.hasOwn(before.thresholds, id)) continue;
      throw badSettings(at, id, { zh: '没有这个指标；标识见 chengmai indicators', en: 'there is no such indicator; chengmai indicators lists them' });
    }
    const problem = thresholdProblem(indicator, threshold);
    if (problem !== undefined) throw badSettings(at, `${threshold.op} ${threshold.value}${threshold.upper === undefined ? '' : `–${threshold.upper}`}`, problem);
  }
}

function badSettings(field: string, value: string, { zh, en }: Bilingual): ChengmaiError {
  return new ChengmaiError('input', 'checkup/bad-settings', { zh: `体检设置 ${field}（${value}）：${zh}。`, en: `The setting ${field} (${value}): ${en}.` }, { field, value });
}
