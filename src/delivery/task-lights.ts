/** The figures by which a city's tasks have their lights: shown with who set them and why, tried before they are set, set, and given back. */
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import { isSameJson } from '../core/same-json.ts';
import type { LightPreview, TaskLights } from './api.ts';
import type { LightSettings } from './ledger/task-light.ts';
import { LIGHT_SETTINGS, taskDay, taskLight } from './ledger/task-light.ts';
import type { Light } from './model.ts';
import { LIGHTS } from './model.ts';
import { addLightSetting, getLightSettings, listLightSettings } from './store/light-settings.ts';
import { holdCity, listTasks } from './store/tasks.ts';

/** @throws ChengmaiError not-found `base/no-city` */
export async function readTaskLights(base: Base, cityId: string): Promise<TaskLights> {
  await getCity(base.database, cityId);
  const history = await listLightSettings(base.database, cityId);
  const own = history.at(0)?.settings ?? null;
  return { settings: own ?? LIGHT_SETTINGS, standard: LIGHT_SETTINGS, isOwn: own !== null, history: history.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })) };
}

/**
 * Sets a city's figures, or gives them back to the program's own (null). What is the same already is not written again.
 *
 * @throws ChengmaiError not-found `base/no-city`
 */
export async function setTaskLights(base: Base, cityId: string, settings: LightSettings | null, { who, reason }: { readonly who: string; readonly reason: string }): Promise<TaskLights> {
  await base.database.transaction(async (session) => {
    await holdCity(session, cityId);
    const standing = (await listLightSettings(session, cityId)).at(0)?.settings ?? null;
    if (!isSameJson(standing, settings)) await addLightSetting(session, cityId, { at: new Date().toISOString(), who, reason, settings });
  });
  return readTaskLights(base, cityId);
}

/** What figures would change if they were set: lights of a day, of tasks that change from one to another. @throws ChengmaiError not-found `base/no-city` */
export async function previewTaskLights(base: Base, cityId: string, settings: LightSettings, today: string): Promise<LightPreview> {
  await getCity(base.database, cityId);
  const present = await getLightSettings(base.database, cityId);
  const count = (): Record<Light, number> => ({ red: 0, yellow: 0, green: 0, blue: 0, grey: 0 });
  const [before, after, moved] = [count(), count(), new Map<string, number>()];
  for (const row of await listTasks(base.database, cityId)) {
    const day = taskDay(row, today);
    const [from, to] = [taskLight(row, day, present).light, taskLight(row, day, settings).light];
    before[from]++;
    after[to]++;
    if (from !== to) moved.set(`${from}>${to}`, (moved.get(`${from}>${to}`) ?? 0) + 1);
  }
  const moves = LIGHTS.flatMap((from) => LIGHTS.flatMap((to) => { const tasks = moved.get(`${from}>${to}`); return tasks === undefined ? [] : [{ from, to, tasks }]; }));
  return { today, settings, changed: moves.reduce((sum, { tasks }) => sum + tasks, 0), before, after, moves };
}
