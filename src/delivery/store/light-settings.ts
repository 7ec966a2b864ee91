/** The SQL of the figures that a city sets for its lights. */
import type { Session } from '../../base/database.ts';
import { toJsonText } from '../../base/store/copy-text.ts';
import type { LightSettings } from '../ledger/task-light.ts';
import { LIGHT_SETTINGS } from '../ledger/task-light.ts';

export interface LightSetting {
  readonly at: Date;
  readonly who: string;
  readonly reason: string;
  /** null: the program's own from then on. */
  readonly settings: LightSettings | null;
}

/** What the city has set, the newest first. */
export async function listLightSettings(session: Session, cityId: string): Promise<LightSetting[]> {
  const rows = await session.query<LightSetting>('select at, who, reason, settings from light_setting where city_id = $1 order by setting_id desc', [cityId]);
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(at) }));
}

/** The figures that held at a moment, or hold now; the program's own where nobody had set any. */
export async function getLightSettings(session: Session, cityId: string, moment?: Date): Promise<LightSettings> {
  const [found] = await session.query<{ settings: LightSettings | null }>(
    'select settings from light_setting where city_id = $1 and ($2::timestamptz is null or at <= $2::timestamptz) order by setting_id desc limit 1', [cityId, moment?.toISOString() ?? null],
  );
  return found?.settings ?? LIGHT_SETTINGS;
}

export async function addLightSetting(session: Session, cityId: string, { at, who, reason, settings }: Omit<LightSetting, 'at'> & { readonly at: string }): Promise<void> {
  await session.query('insert into light_setting (city_id, at, who, reason, settings) values ($1, $2, $3, $4, $5::jsonb)', [cityId, at, who, reason, settings === null ? null : toJsonText(settings)]);
}
