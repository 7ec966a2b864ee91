/** chengmai tasks CITY --lights: the figures by which tasks have their lights, with who set them and why; set, tried, given back. */
import { ChengmaiError } from '../core/errors.ts';
import type { LightPreview, TaskLights } from '../delivery/api.ts';
import type { LightSettings } from '../delivery/ledger/task-light.ts';
import { LIGHT_BOUNDS } from '../delivery/ledger/task-light.ts';
import { LIGHT_WORDS } from '../delivery/ledger/task-words.ts';
import type { CommandContext } from './command.ts';
import { readDayOption } from './day-option.ts';
import { hereOrThere } from './here-or-there.ts';
import { LIGHT_MARKS } from './light-marks.ts';

const NAMES = ['dueDays', 'lag', 'silentDays'] as const;

/** `dueDays=20,lag=10` over the present figures; `default`: null. @throws ChengmaiError input `cli/light-figures` */
function readFigures(text: string, present: LightSettings): LightSettings | null {
  if (text === 'default') return null;
  const figures: Record<keyof LightSettings, number> = { ...present };
  for (const part of text.split(',')) {
    const [, given, value] = /^\s*(\w+)\s*=\s*(\d{1,5})\s*$/.exec(part) ?? [];
    const name = NAMES.find((one) => one === given);
    if (name === undefined || Number(value) < LIGHT_BOUNDS[name][0] || Number(value) > LIGHT_BOUNDS[name][1]) throw noFigure(part);
    figures[name] = Number(value);
  }
  return figures;
}

function noFigure(part: string): ChengmaiError {
  const most = NAMES.map((name) => `${name} ${LIGHT_BOUNDS[name].join('–')}`).join(', ');
  return new ChengmaiError('input', 'cli/light-figures', { zh: `“${part}”不是亮灯规则的数值；应写作 dueDays=20,lag=10,silentDays=30（${most}），或 default 恢复默认。`, en: `"${part}" is no figure of the lights: write dueDays=20,lag=10,silentDays=30 (${most}), or default to give them back.` }, { field: '--lights', value: part });
}

const figuresText = (settings: LightSettings): string => NAMES.map((name) => `${name}=${settings[name]}`).join(',');

export async function showOrSetLights(context: CommandContext, city: string, given: string | true, { dry, reason, today }: { readonly dry: boolean; readonly reason: string | undefined; readonly today: string | undefined }): Promise<void> {
  const present = await hereOrThere(context, async (base): Promise<TaskLights> => (await import('../delivery/task-lights.ts')).readTaskLights(base, city), (remote) => remote.getTaskLights(city));
  if (given === true) return tell(context, city, present);
  const settings = readFigures(given, present.settings);
  if (dry) return tellPreview(context, city, settings ?? present.standard, readDayOption('--today', today));
  const why = (reason ?? '').trim();
  if (why === '') throw new ChengmaiError('input', 'cli/reason-needed', { zh: '调整亮灯规则须用 --reason 说明理由。', en: 'Say with --reason why the figures of the lights are set.' }, { field: '--reason' });
  tell(context, city, await hereOrThere(context, async (base): Promise<TaskLights> => (await import('../delivery/task-lights.ts')).setTaskLights(base, city, settings, { who: 'cli', reason: why }), (remote) => remote.setTaskLights(city, settings, why)));
}

function tell({ console }: CommandContext, city: string, lights: TaskLights): void {
  const own = console.say(lights.isOwn ? { zh: '本市设定', en: 'set by the city' } : { zh: '默认值', en: 'the program’s own' });
  const history = lights.history.map(({ at, who, reason, settings }) => `${at}\t${who}\t${settings === null ? 'default' : figuresText(settings)}\t${reason}`);
  console.result({ cityId: city, ...lights }, [`${figuresText(lights.settings)}\t${own}`, ...history]);
}

async function tellPreview(context: CommandContext, city: string, settings: LightSettings, today: string | undefined): Promise<void> {
  const { console } = context;
  const preview = await hereOrThere(
    context,
    async (base): Promise<LightPreview> => {
      const { previewTaskLights } = await import('../delivery/task-lights.ts');
      const { todayInChina } = await import('../delivery/task-ledger.ts');
      return previewTaskLights(base, city, settings, today ?? todayInChina());
    },
    (remote) => remote.previewTaskLights(city, { ...settings, ...(today !== undefined && { today }) }),
  );
  const moves = preview.moves.map(({ from, to, tasks }) => `${LIGHT_MARKS[from]} → ${LIGHT_MARKS[to]}\t${console.say(LIGHT_WORDS[from])} → ${console.say(LIGHT_WORDS[to])}\t${tasks}`);
  console.result({ cityId: city, dry: true, ...preview }, [...moves, console.say({ zh: `${figuresText(settings)}：${preview.changed} 项任务的亮灯将改变（仅预览）。`, en: `${figuresText(settings)}: ${preview.changed} tasks would change their light (nothing was set).` })]);
}
