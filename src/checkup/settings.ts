/** A city's settings for its check-ups. */
import type { Session } from '../base/database.ts';
import { toJsonText } from '../base/store/copy-text.ts';
import type { CheckupSettings } from './api.ts';

export const NO_SETTINGS: CheckupSettings = { cityClass: null, cityRank: null, peerCities: [], thresholds: {} };

export async function readSettings(database: Session, cityId: string): Promise<CheckupSettings> {
  const [row] = await database.query<{ settings: Partial<CheckupSettings> }>('select settings from checkup_setting where city_id = $1', [cityId]);
  return { ...NO_SETTINGS, ...row?.settings };
}

export async function writeSettings(database: Session, cityId: string, settings: CheckupSettings): Promise<void> {
  await database.query(
    'insert into checkup_setting (city_id, settings) values ($1, $2) on conflict (city_id) do update set settings = excluded.settings, updated_at = now()', [cityId, toJsonText(settings)],
  );
}
