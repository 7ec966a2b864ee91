/** The figures of the lights that a city sets: who, when, why; what follows them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCity } from '../../src/base/store/cities.ts';
import { lightPreviewSchema, taskLightsSchema } from '../../src/delivery/api.ts';
import { LIGHT_SETTINGS } from '../../src/delivery/ledger/task-light.ts';
import { getLightSettings } from '../../src/delivery/store/light-settings.ts';
import { buildTaskList, createTasks, listReminders, readTaskHistory } from '../../src/delivery/task-ledger.ts';
import { previewTaskLights, readTaskLights, setTaskLights } from '../../src/delivery/task-lights.ts';
import { readBulletinInput } from '../../src/report/delivery/read-bulletin-input.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const CITY = 'dengshi';
const TODAY = '2026-03-01';
const author = { who: '张三', reason: '年度督办方案' };
const page = { order: 'number', limit: 10, offset: 0, today: TODAY } as const;

describe.each(TEST_BASES)('lights of a city on the $kind base', ({ open }) => {
  let opened: TestBase;
  beforeAll(async () => {
    opened = await open();
    await createCity(opened.base.database, CITY, { zh: '灯市', en: 'Dengshi' });
    // due in 14, 31 and 306 days; the last one was begun 59 days ago
    const tasks = ['2026-03-15', '2026-04-01', '2027-01-01'].map((deadline, i) => ({ source: 'hand' as const, title: `任务${i}`, state: 'open' as const, startAt: i === 2 ? '2026-01-01' : '2026-02-27', deadline }));
    await createTasks(opened.base, CITY, tasks, author);
  });
  afterAll(() => opened.remove());
  const lights = async () => (await buildTaskList(opened.base, CITY, {}, page)).tasks.map(({ light }) => light);

  test('are the program’s own until somebody sets them, and shown before', async () => {
    expect(await readTaskLights(opened.base, CITY)).toEqual({ settings: LIGHT_SETTINGS, standard: LIGHT_SETTINGS, isOwn: false, history: [] });
    expect(await lights()).toEqual(['yellow', 'green', 'green']);
    const preview = await previewTaskLights(opened.base, CITY, { dueDays: 31, lag: 20, silentDays: 30 }, TODAY);
    expect(lightPreviewSchema.parse(preview)).toEqual(preview);
    expect(preview).toMatchObject({ changed: 2, before: { yellow: 1, green: 2 }, after: { yellow: 3, green: 0 }, moves: [{ from: 'green', to: 'yellow', tasks: 2 }] });
    expect(await lights()).toEqual(['yellow', 'green', 'green']);
  });

  test('decide lights and reminders once they are set, are kept with who and why, and given back', async () => {
    const before = new Date();
    const set = await setTaskLights(opened.base, CITY, { dueDays: 31, lag: 20, silentDays: 30 }, author);
    expect(taskLightsSchema.parse(set)).toEqual(set);
    expect(set).toMatchObject({ isOwn: true, settings: { dueDays: 31 }, history: [{ who: '张三', reason: '年度督办方案', settings: { silentDays: 30 } }] });
    expect(await lights()).toEqual(['yellow', 'yellow', 'yellow']);
    expect((await readTaskHistory(opened.base, CITY, (await buildTaskList(opened.base, CITY, {}, page)).tasks[2].taskId, TODAY)).task).toMatchObject({ light: 'yellow', lightRule: 'silent' });
    expect((await listReminders(opened.base, CITY, TODAY, 0)).map(({ kind }) => kind)).toEqual(['silent']);
    // the same once more is no change
    expect((await setTaskLights(opened.base, CITY, { dueDays: 31, lag: 20, silentDays: 30 }, author)).history).toHaveLength(1);
    expect(await getLightSettings(opened.base.database, CITY, before)).toEqual(LIGHT_SETTINGS);
    const back = await setTaskLights(opened.base, CITY, null, { who: '李四', reason: '试行结束' });
    expect(back).toMatchObject({ isOwn: false, settings: LIGHT_SETTINGS, history: [{ who: '李四', settings: null }, { who: '张三' }] });
    expect(await lights()).toEqual(['yellow', 'green', 'green']);
  });

  test('of a bulletin are by the figures that held on its day', async () => {
    await createTasks(opened.base, CITY, [{ source: 'hand', title: '远期任务', state: 'open', startAt: '2100-01-20', deadline: '2100-02-20' }], author);
    await setTaskLights(opened.base, CITY, { dueDays: 30, lag: 20, silentDays: 60 }, author);
    const rule = async () => (await readBulletinInput(opened.base, CITY, { quarter: { year: 2100, number: 1 }, today: '2100-02-01', language: 'zh' })).tasks.at(-1)?.lightRule;
    expect(await rule()).toBe('due-soon');
    await opened.base.database.query(`update light_setting set at = '2100-02-03T00:00:00Z' where city_id = $1 and settings->>'dueDays' = '30'`, [CITY]);
    expect(await rule()).toBe('on-plan');
  });

  test('go with their city', async () => {
    await expect(readTaskLights(opened.base, 'nowhere')).rejects.toMatchObject({ code: 'base/no-city' });
    await expect(setTaskLights(opened.base, 'nowhere', null, author)).rejects.toMatchObject({ code: 'base/no-city' });
    await opened.base.database.query('delete from city where city_id = $1', [CITY]);
    expect(await opened.base.database.query('select 1 from light_setting')).toEqual([]);
  });
});
