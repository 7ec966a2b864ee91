/** chengmai tasks CITY: the ledger of tasks with the lights of the day, as a workbook or a calendar, and an edited workbook back in. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { ChengmaiError } from '../core/errors.ts';
import type { taskImportSchema, TaskList } from '../delivery/api.ts';
import { LIGHT_WORDS } from '../delivery/ledger/task-words.ts';
import { LIGHTS, TASK_SOURCES } from '../delivery/model.ts';
import type { z } from 'zod';
import { buildCommand, runAction } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { readDayOption } from './day-option.ts';
import { hereOrThere } from './here-or-there.ts';
import { LIGHT_MARKS } from './light-marks.ts';
import { byBody, readDays, remind } from './task-bodies.ts';
import { showOrSetLights } from './task-lights.ts';
import { checkOutput, writeWhole } from './table-output.ts';

type TaskImport = z.infer<typeof taskImportSchema>;

interface TasksOptions extends CommonOptions {
  readonly light?: string;
  readonly source?: string;
  readonly body?: string;
  readonly document?: string;
  readonly dueTo?: string;
  readonly today?: string;
  readonly output?: string;
  readonly import?: string;
  readonly dry?: boolean;
  readonly undo?: string;
  readonly sync?: boolean;
  readonly byBody?: boolean;
  readonly remind?: string;
  readonly lights?: string | true;
  readonly reason?: string;
}

/** Shown on screen; the workbook has all. */
const SHOWN = 40;

export function tasksCommand(): Command {
  return buildCommand('tasks', 'the ledger of tasks, with lights 督办台账')
    .argument('<city>', 'id of the city 城市标识')
    .addOption(new Option('--light <light>', 'red, yellow, green, blue, grey 亮灯').choices([...LIGHTS]))
    .addOption(new Option('--source <source>', 'where tasks come from 任务来源').choices([...TASK_SOURCES]))
    .option('--body <name>', 'of one body, leading or supporting 责任单位')
    .option('--document <id>', 'of one policy document 政策文件')
    .option('--due-to <day>', 'due until 到期日止')
    .option('--today <day>', 'lights of another day 按某日亮灯')
    .option('--by-body', 'a line a body; with -o FILE.zip a folder a body 按单位汇总，或分单位导出')
    .option('--remind <days>', 'what is late or due within so many days, as letters to the bodies; -o .txt or .xlsx 催办提醒')
    .option('--lights [figures]', 'the figures of the lights; set by dueDays=20,lag=10,silentDays=30, given back by "default" 亮灯规则的数值')
    .option('--reason <text>', 'why they are set 调整理由')
    .option('-o, --output <file>', 'as .xlsx or .ics 导出工作簿或日历')
    .option('--import <file.xlsx>', 'take over an edited workbook, or a list of tasks 导入')
    .option('--dry', 'with --import and --lights: say what would change, change nothing 仅预览')
    .option('--undo <set>', 'take back a change set, as --import names it 撤销一批改动')
    .option('--sync', 'take the imported tasks.csv into the ledger 读入已导入的督办任务表')
    .action((city: string, options: TasksOptions) =>
      runAction(options, async (context) => {
        checkOptions(options);
        if (options.undo !== undefined) return undo(context, city, options.undo);
        if (options.sync === true) return sync(context, city);
        if (options.import !== undefined) return bringIn(context, city, options.import, options.dry === true);
        if (options.lights !== undefined) return showOrSetLights(context, city, options.lights, { dry: options.dry === true, reason: options.reason, today: options.today });
        if (options.remind !== undefined) return remind(context, city, { within: readDays(options.remind), body: options.body, today: options.today, output: options.output });
        if (options.byBody === true) return byBody(context, city, queryOf(options, {}), filterOf(options), options);
        return options.output === undefined ? show(context, city, options) : takeOut(context, city, options, options.output);
      }),
    );
}

/** One thing at a time: of two the second would be left out in silence. @throws ChengmaiError `cli/one-at-a-time`, `cli/dry-without-import`, `cli/reason-without-lights`, `cli/day` */
function checkOptions(options: TasksOptions): void {
  const acts = (['import', 'undo', 'sync', 'lights', ...(options.remind === undefined && options.byBody !== true ? (['output'] as const) : (['remind', 'byBody'] as const))] as const).filter((name) => options[name] !== undefined && options[name] !== false).map((name) => (name === 'byBody' ? '--by-body' : `--${name}`));
  if (acts.length > 1) throw new ChengmaiError('input', 'cli/one-at-a-time', { zh: `${acts.join('、')} 不能同时使用，请分次执行。`, en: `${acts.join(' and ')} do not go together; run the command once for each.` }, { field: acts[1] });
  if (options.dry === true && options.import === undefined && options.lights === undefined) throw new ChengmaiError('input', 'cli/dry-without-import', { zh: '--dry 只与 --import 或 --lights 一起使用。', en: '--dry goes with --import or --lights.' }, { field: '--dry' });
  if (options.reason !== undefined && options.lights === undefined) throw new ChengmaiError('input', 'cli/reason-without-lights', { zh: '--reason 只与 --lights 一起使用。', en: '--reason goes with --lights.' }, { field: '--reason' });
  readDayOption('--today', options.today);
  readDayOption('--due-to', options.dueTo);
}

function filterOf({ light, source, body, document, dueTo }: TasksOptions) {
  return { light: light?.split(','), source, body, document, dueTo: readDayOption('--due-to', dueTo) };
}

function queryOf(options: TasksOptions, more: Record<string, string>): string {
  const { light, ...rest } = filterOf(options);
  const query = new URLSearchParams(more);
  for (const [name, value] of Object.entries({ ...rest, light: light?.join(','), today: readDayOption('--today', options.today) })) if (value !== undefined) query.set(name, value);
  return query.toString();
}

async function show(context: CommandContext, city: string, options: TasksOptions): Promise<void> {
  const { console } = context;
  const limit = console.json ? 10_000 : SHOWN;
  const list = await hereOrThere(
    context,
    async (base): Promise<TaskList> => {
      const { buildTaskList, todayInChina } = await import('../delivery/task-ledger.ts');
      return buildTaskList(base, city, filterOf(options), { order: 'light', limit, offset: 0, today: readDayOption('--today', options.today) ?? todayInChina() });
    },
    (remote) => remote.listTasks(city, queryOf(options, { limit: String(limit) })),
  );
  const counts = LIGHTS.map((light) => `${LIGHT_MARKS[light]} ${console.say(LIGHT_WORDS[light])} ${list.counts[light]}`).join('  ');
  const lines = list.tasks.map(({ taskId, title, light, lead, deadline, lightText }) => `${LIGHT_MARKS[light]} ${taskId}\t${deadline ?? '—'}\t${lead.join('、') || '—'}\t${title}\t${console.say(lightText)}`);
  const more = list.total > list.tasks.length ? [console.say({ zh: `共 ${list.total} 项，其余用 -o 导出工作簿。`, en: `${list.total} in all; -o writes a workbook with all of them.` })] : [];
  console.result({ cityId: city, ...list }, list.total === 0 ? [console.say({ zh: '台账中没有符合条件的任务。', en: 'The ledger has no such task.' })] : [counts, ...lines, ...more]);
}

async function takeOut(context: CommandContext, city: string, options: TasksOptions, path: string): Promise<void> {
  const { console } = context;
  const format = /\.(xlsx|ics)$/i.exec(path)?.[1].toLowerCase();
  if (format === undefined) throw new ChengmaiError('input', 'cli/output-format', { zh: `输出文件 ${path} 应以 .xlsx 或 .ics 结尾。`, en: `The output ${path} must end in .xlsx or .ics.` }, { file: path });
  await checkOutput(path, []);
  const bytes = await hereOrThere(
    context,
    async (base) => {
      const { filterTasks, listTaskJson, todayInChina } = await import('../delivery/task-ledger.ts');
      const { writeTaskCalendar, writeTaskWorkbook } = await import('../delivery/task-files.ts');
      const tasks = filterTasks(await listTaskJson(base, city, readDayOption('--today', options.today) ?? todayInChina()), filterOf(options));
      return format === 'xlsx' ? writeTaskWorkbook(tasks, console.language) : new TextEncoder().encode(writeTaskCalendar(city, tasks, console.language));
    },
    (remote) => remote.getBytes(`/api/cities/${city}/tasks.${format}?${queryOf(options, { lang: console.language })}`),
  );
  await writeWhole(path, bytes);
  console.result({ cityId: city, file: path, sizeBytes: bytes.length }, [console.say({ zh: `台账已写入 ${path}。`, en: `The ledger is in ${path}.` })]);
}

async function bringIn(context: CommandContext, city: string, path: string, dry: boolean): Promise<void> {
  const { console } = context;
  const bytes = await readFile(path).catch(() => {
    throw new ChengmaiError('not-found', 'cli/no-file', { zh: `没有文件 ${path}。`, en: `There is no file ${path}.` }, { file: path });
  });
  const taken = await hereOrThere(
    context,
    async (base): Promise<TaskImport> => {
      const { importTaskWorkbook } = await import('../delivery/task-files.ts');
      return importTaskWorkbook(base, city, bytes, basename(path), { dry, who: 'cli' });
    },
    (remote) => remote.importTasks(city, bytes, basename(path), dry),
  );
  for (const note of taken.notes) console.note(note);
  const lines = taken.changes.map(({ taskId, title, edit }) => `${taskId || '+'}\t${title}\t${Object.keys(edit).join(', ')}`);
  const summary = dry
    ? { zh: `读 ${taken.rows} 行：将新增 ${taken.added} 项，修改 ${taken.changed} 项（仅预览）。`, en: `${taken.rows} rows: ${taken.added} would be added, ${taken.changed} changed (nothing was).` }
    : { zh: `读 ${taken.rows} 行：新增 ${taken.added} 项，修改 ${taken.changed} 项。${taken.changeSet === null ? '' : `撤销：chengmai tasks ${city} --undo ${taken.changeSet}`}`, en: `${taken.rows} rows: ${taken.added} added, ${taken.changed} changed.${taken.changeSet === null ? '' : ` Undo: chengmai tasks ${city} --undo ${taken.changeSet}`}` };
  console.result({ cityId: city, dry, ...taken }, [...lines, console.say(summary)]);
}

async function undo(context: CommandContext, city: string, changeSet: string): Promise<void> {
  const { console } = context;
  const undone = await hereOrThere(
    context,
    async (base) => {
      const { undoTasks } = await import('../delivery/task-ledger.ts');
      return undoTasks(base, city, changeSet, { who: 'cli' });
    },
    (remote) => remote.undoTasks(city, changeSet),
  );
  console.result({ cityId: city, ...undone }, [console.say({ zh: `已撤销，${undone.tasks.length} 项任务恢复原样。`, en: `Taken back: ${undone.tasks.length} tasks are as they were.` })]);
}

async function sync(context: CommandContext, city: string): Promise<void> {
  const { console } = context;
  const synced = await hereOrThere(
    context,
    async (base) => {
      const { syncTable } = await import('../delivery/task-ledger.ts');
      return syncTable(base, city, { who: 'cli' });
    },
    (remote) => remote.syncTasks(city),
  );
  console.result({ cityId: city, ...synced }, [console.say({ zh: `台账更新 ${synced.tasks.length} 项任务。`, en: `${synced.tasks.length} tasks of the ledger are new or changed.` })]);
}
