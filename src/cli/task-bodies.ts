/** chengmai tasks CITY --by-body and --remind: the ledger by the bodies that answer for it, and letters of what is due to each. */
import { ChengmaiError } from '../core/errors.ts';
import type { TaskBodies } from '../delivery/api.ts';
import { LIGHT_WORDS } from '../delivery/ledger/task-words.ts';
import { LIGHTS } from '../delivery/model.ts';
import type { TaskFilter } from '../delivery/task-ledger.ts';
import type { CommandContext } from './command.ts';
import { readDayOption } from './day-option.ts';
import { hereOrThere } from './here-or-there.ts';
import { LIGHT_MARKS } from './light-marks.ts';
import { checkOutput, writeWhole } from './table-output.ts';

const MOST_DAYS = 3650;
/** Days ahead that the letters in folders speak of. */
const WITHIN = 15;

/** @throws ChengmaiError input `cli/days` */
export function readDays(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= MOST_DAYS) return Number(text);
  throw new ChengmaiError('input', 'cli/days', { zh: `--remind ${text} 应为 0 到 ${MOST_DAYS} 的整数（天）。`, en: `--remind ${text} must be a whole number of days from 0 to ${MOST_DAYS}.` }, { field: '--remind', value: text });
}

function endingOf(path: string, endings: readonly string[]): string {
  const ending = endings.find((one) => path.toLowerCase().endsWith(one));
  if (ending === undefined) throw new ChengmaiError('input', 'cli/output-format', { zh: `输出文件 ${path} 应以 ${endings.join(' 或 ')} 结尾。`, en: `The output ${path} must end in ${endings.join(' or ')}.` }, { file: path });
  return ending;
}

async function writeOut({ console }: CommandContext, city: string, path: string, bytes: Uint8Array): Promise<void> {
  await writeWhole(path, bytes);
  console.result({ cityId: city, file: path, sizeBytes: bytes.length }, [console.say({ zh: `已写入 ${path}。`, en: `Written to ${path}.` })]);
}

export async function byBody(context: CommandContext, city: string, query: string, filter: TaskFilter, { today: day, output }: { readonly today?: string; readonly output?: string }): Promise<void> {
  const { console } = context;
  const given = readDayOption('--today', day);
  if (output !== undefined) {
    endingOf(output, ['.zip']);
    await checkOutput(output, []);
    const bytes = await hereOrThere(
      context,
      async (base) => {
        const { filterTasks, listReminders, listTaskJson, todayInChina } = await import('../delivery/task-ledger.ts');
        const { writeBodyFolders } = await import('../delivery/body-files.ts');
        const { getCity } = await import('../base/store/cities.ts');
        const today = given ?? todayInChina();
        const tasks = filterTasks(await listTaskJson(base, city, today), filter);
        const chosen = new Set(tasks.map(({ taskId }) => taskId));
        const due = (await listReminders(base, city, today, WITHIN)).filter(({ taskId }) => chosen.has(taskId));
        return writeBodyFolders(city, tasks, due, { city: (await getCity(base.database, city)).name, today, within: WITHIN, language: console.language });
      },
      (remote) => remote.getBytes(`/api/cities/${city}/tasks-by-body.zip?${query}&lang=${console.language}`),
    );
    return writeOut(context, city, output, bytes);
  }
  const lines = await hereOrThere(
    context,
    async (base): Promise<TaskBodies> => {
      const { filterTasks, listTaskJson, todayInChina } = await import('../delivery/task-ledger.ts');
      const { linesByBody } = await import('../delivery/ledger/by-body.ts');
      const today = given ?? todayInChina();
      const tasks = filterTasks(await listTaskJson(base, city, today), filter);
      return { today, tasks: tasks.length, bodies: linesByBody(tasks, today) };
    },
    (remote) => remote.getTaskBodies(city, query),
  );
  const nobody = console.say({ zh: '未明确牵头单位', en: 'no lead body named' });
  const rows = lines.bodies.map(({ name, lead, counts, support, nextDue }) => `${name || nobody}\t${console.say({ zh: `牵头 ${lead}`, en: `leads ${lead}` })}\t${LIGHTS.filter((light) => counts[light] > 0).map((light) => `${LIGHT_MARKS[light]} ${console.say(LIGHT_WORDS[light])} ${counts[light]}`).join(' ')}\t${console.say({ zh: `配合 ${support}`, en: `supports ${support}` })}\t${nextDue ?? '—'}`);
  console.result({ cityId: city, ...lines }, rows.length === 0 ? [console.say({ zh: '台账中没有符合条件的任务。', en: 'The ledger has no such task.' })] : rows);
}

export async function remind(context: CommandContext, city: string, { within, body, today: day, output }: { readonly within: number; readonly body: string | undefined; readonly today: string | undefined; readonly output: string | undefined }): Promise<void> {
  const { console } = context;
  const given = readDayOption('--today', day);
  const ending = output === undefined ? '.txt' : endingOf(output, ['.txt', '.xlsx']);
  if (output !== undefined) await checkOutput(output, []);
  const query = new URLSearchParams({ within: String(within), lang: console.language, ...(body !== undefined && { body }), ...(given !== undefined && { today: given }) });
  const bytes = await hereOrThere(
    context,
    async (base) => {
      const { listReminders, todayInChina } = await import('../delivery/task-ledger.ts');
      const { lettersOf } = await import('../delivery/ledger/by-body.ts');
      const { writeLetters, writeMergeRows } = await import('../delivery/body-files.ts');
      const { getCity } = await import('../base/store/cities.ts');
      const today = given ?? todayInChina();
      const mailing = { city: (await getCity(base.database, city)).name, today, within, language: console.language };
      const letters = lettersOf(await listReminders(base, city, today, within)).filter((letter) => body === undefined || letter.body === body);
      return ending === '.xlsx' ? writeMergeRows(letters, mailing) : new TextEncoder().encode(`\ufeff${writeLetters(letters, mailing)}`);
    },
    (remote) => remote.getBytes(`/api/cities/${city}/task-reminders${ending}?${query.toString()}`),
  );
  if (output !== undefined) return writeOut(context, city, output, bytes);
  const text = new TextDecoder().decode(bytes).trim();
  console.result({ cityId: city, within, text }, [text === '' ? console.say({ zh: '没有需要提醒的事项。', en: 'Nothing to be reminded of.' }) : text]);
}
