/** 督查通报: what became of the ledger's tasks in a quarter, body by body and task by task, held against the quarter before. */
import { daysBetween } from '../../delivery/ledger/working-days.ts';
import type { TaskJson } from '../../delivery/api.ts';
import type { Block, ReportDocument, Text } from '../document.ts';
import type { BodyLine } from './body-lines.ts';
import { countTasks, rankBodies, tasksOfQuarter } from './body-lines.ts';
import type { BulletinInput } from './bulletin-input.ts';
import { byDelay, byImportance, countVerdicts, DeliveryWords, isOverdue, VERDICT_ORDER } from './delivery-words.ts';
import { dayInChina, firstDay, lastDay, quarterAfter, quarterName } from '../../delivery/ledger/quarter.ts';

/** Rows of a table; the ledger's workbook has all. */
const MOST_ROWS = 300;

class Bulletin {
  readonly #input: BulletinInput;
  readonly #w: DeliveryWords;
  readonly #tasks: readonly TaskJson[];
  readonly #first: string;
  /** Whether there is anything to compare with. */
  readonly #hasBefore: boolean;

  constructor(input: BulletinInput) {
    this.#input = input;
    this.#w = new DeliveryWords(input.language);
    this.#first = firstDay(input.quarter);
    this.#tasks = tasksOfQuarter(input.tasks, input.before, this.#first);
    this.#hasBefore = input.recordedSince !== null && input.recordedSince < this.#first;
  }

  build(): ReportDocument {
    const { quarter, cityName, asOf, language } = this.#input;
    const w = this.#w;
    const name = quarterName(quarter);
    return {
      language, frame: 'page', title: w.t(`关于${name.zh}重点任务办理情况的通报`, `Tasks and targets in the ${name.en}`),
      subtitle: w.t(`督查通报 ${quarter.year}年第${quarter.number}期`, `Supervision bulletin ${quarter.year} no. ${quarter.number}`),
      facts: [w.say(cityName), w.t(`数据截至${asOf}`, `as of ${asOf}`)],
      blocks: [...this.#overview(), ...this.#ranking(), ...this.#overdue(), ...this.#extensions(), ...this.#orders(), ...this.#targets(), ...this.#changes(), ...this.#ahead()],
    };
  }

  #chapter(n: number, zh: string, en: string): Block {
    return { type: 'heading', level: 1, text: this.#w.t(`${'一二三四五六七八'[n - 1]}、${zh}`, `${n}. ${en}`) };
  }

  #table(caption: string, columns: Extract<Block, { type: 'table' }>['columns'], rows: readonly (readonly Text[])[], empty: string): Block[] {
    if (rows.length === 0) return [{ type: 'paragraph', text: empty }];
    const more = rows.length - MOST_ROWS;
    return [
      { type: 'table', caption, columns, rows: rows.slice(0, MOST_ROWS), empty: '' },
      ...(more > 0 ? [{ type: 'paragraph', text: this.#w.t(`另有 ${more} 行未列出，见督办台账。`, `${more} more rows are in the ledger.`) } as const] : []),
    ];
  }

  #overview(): Block[] {
    const { recordedSince, quarter, asOf, tasks } = this.#input;
    const w = this.#w;
    const now = countTasks(this.#tasks);
    const done = now.doneInTime + now.doneLate + now.doneUndated;
    const drafts = tasks.filter(({ state }) => state === 'draft').length;
    const blocks: Block[] = [this.#chapter(1, '总体情况', 'Overview')];
    if (recordedSince === null || recordedSince > asOf) {
      return [...blocks, { type: 'paragraph', text: recordedSince === null ? w.t('督办台账中没有任务。', 'The ledger has no tasks.') : w.t(`督办台账自 ${recordedSince} 起有记录，${quarterName(quarter).zh}没有可通报的任务。`, `The ledger begins on ${recordedSince}: of the ${quarterName(quarter).en} it knows nothing.`) }];
    }
    blocks.push({
      type: 'paragraph',
      text: w.t(
        `本季度在办任务 ${now.given} 项，办结 ${done} 项（按期 ${now.doneInTime} 项、逾期 ${now.doneLate} 项${now.doneUndated > 0 ? `、未记办结日期 ${now.doneUndated} 项` : ''}），超期未办结 ${now.overdue} 项，延期 ${now.extended} 项；亮红灯 ${now.red} 项、黄灯 ${now.yellow} 项、绿灯 ${now.green} 项。${drafts > 0 ? `另有待下达任务 ${drafts} 项，不计入。` : ''}`,
        `${w.count(now.given, 'task')} under way in the quarter: ${done} done (${now.doneInTime} in time, ${now.doneLate} late${now.doneUndated > 0 ? `, ${now.doneUndated} on a day not recorded` : ''}), ${now.overdue} overdue, ${now.extended} extended; ${now.red} red, ${now.yellow} yellow, ${now.green} green.${drafts > 0 ? ` ${w.count(drafts, 'draft')} not given out ${drafts === 1 ? 'is' : 'are'} not counted.` : ''}`,
      ),
    });
    return blocks;
  }

  #ranking(): Block[] {
    const w = this.#w;
    const lines = rankBodies(this.#tasks);
    const ranksBefore = new Map(this.#hasBefore ? rankBodies(tasksOfQuarter(this.#input.before, [], firstDay(quarterAfter(this.#input.quarter, -1)))).map(({ body, rank }) => [body, rank]) : []);
    const undated = lines.some(({ doneUndated }) => doneUndated > 0);
    const row = (name: string, line: Omit<BodyLine, 'body'>, before: number | null | undefined): Text[] => [
      line.rank === null ? '—' : String(line.rank), name, String(line.given), String(line.doneInTime), String(line.doneLate), ...(undated ? [String(line.doneUndated)] : []), String(line.overdue), String(line.extended),
      String(line.red), String(line.yellow), String(line.green), line.share === null ? '—' : `${Math.round(line.share * 100)}%`, ...(this.#hasBefore ? [before === null || before === undefined ? '—' : String(before)] : []),
    ];
    // English heads are longer than Chinese ones
    const figure = (zh: string, en: string, english = 1.5) => ({ header: w.t(zh, en), width: w.language === 'zh' ? Math.min(1.5, english) : english, align: 'end' as const });
    return [
      this.#chapter(2, '各牵头单位办理情况', 'Leading bodies'),
      { type: 'paragraph', text: w.t('按期率为按期办结数占办结与超期未办结任务之和的比例；按期率相同的，超期少者在前，再比办结数。多家牵头的任务各计一次，合计不重复。', 'Ranked by the share done in time of what was done or is overdue; then by the fewest overdue, then by the most done. A task that several bodies lead counts for each, and once in the total. R, Y, G: lights red, yellow, green; moved: with an extension.') + (undated ? w.t('未记办结日期的按按期办结计。', ' What was done on a day not recorded is taken for in time.') : '') },
      ...this.#table(w.t('牵头单位办理情况', 'How leading bodies did'), [
        figure('排名', 'Rank', 1.7), { header: w.t('牵头单位', 'Body'), width: 4 }, figure('任务', 'Given', 1.9), figure('按期办结', 'In time', 1.6), figure('逾期办结', 'Late', 1.6), ...(undated ? [figure('日期不详', 'No day', 1.5)] : []),
        figure('超期', 'Overdue', 2.6), figure('延期', 'Moved', 2.1), figure('红', 'R', 1.2), figure('黄', 'Y', 1.2), figure('绿', 'G', 1.2), figure('按期率', 'Share', 1.9), ...(this.#hasBefore ? [figure('上季排名', 'Rank before', 2.1)] : []),
      ], lines.length === 0 ? [] : [
        ...lines.map((line) => row(line.body === '' ? w.t('未明确牵头单位', 'no leading body') : line.body, line, ranksBefore.get(line.body))),
        row(w.t('合计', 'Total'), { ...countTasks(this.#tasks), rank: null }, undefined).map((text): Text => [{ text: text as string, bold: true }]),
      ], w.t('本季度没有在办任务。', 'No tasks in the quarter.')),
    ];
  }

  #overdue(): Block[] {
    const w = this.#w;
    const late = this.#tasks.filter(isOverdue).toSorted(byDelay);
    const words = ({ progress, extensions }: TaskJson): string => {
      const last = progress.at(-1);
      if (last !== undefined) return `${last.percent === null ? '' : `${Math.round(last.percent)}% `}${last.text}${w.t(`（${dayInChina(last.at)}）`, ` (${dayInChina(last.at)})`)}`;
      const granted = extensions.at(-1);
      return granted === undefined ? w.t('未报告', 'nothing reported') : w.t(`曾延期：${granted.reason}`, `extended: ${granted.reason}`);
    };
    return [
      this.#chapter(3, '超期未办结任务', 'Overdue'),
      ...this.#table(w.t(`超期未办结任务（${late.length} 项）`, `Overdue tasks (${late.length})`), [
        { header: w.t('编号', 'No.'), width: 2.8 }, { header: w.t('任务', 'Task'), width: 4 }, { header: w.t('牵头单位', 'Leads'), width: 2.6 }, { header: w.t('时限', 'Due'), width: 2.8 }, { header: w.t('超期天数', 'Days'), width: 1.7, align: 'end' }, { header: w.t('最近进展或原因', 'Last reported, or why'), width: 4.6 },
      ], late.map((task) => [task.taskId, task.title, w.leads(task), task.deadline ?? '—', String(-(task.daysLeft ?? 0)), words(task)]), w.t('没有超期未办结的任务。', 'Nothing is overdue.')),
    ];
  }

  #extensions(): Block[] {
    const w = this.#w;
    const { asOf } = this.#input;
    const granted = this.#tasks
      .flatMap((task) => task.extensions.filter(({ at }) => dayInChina(at) >= this.#first && dayInChina(at) <= asOf).map((extension) => ({ task, extension })))
      .toSorted((a, b) => a.extension.at.localeCompare(b.extension.at) || a.task.taskId.localeCompare(b.task.taskId));
    return [
      this.#chapter(4, '延期情况', 'Extensions'),
      ...this.#table(w.t(`本季度批准的延期（${granted.length} 次）`, `Granted in the quarter (${granted.length})`), [
        { header: w.t('编号', 'No.'), width: 2.8 }, { header: w.t('任务', 'Task'), width: 4 }, { header: w.t('牵头单位', 'Leads'), width: 2.5 }, { header: w.t('原时限', 'From'), width: 2.8 }, { header: w.t('延至', 'To'), width: 2.8 }, { header: w.t('天数', 'Days'), width: 1.7, align: 'end' }, { header: w.t('理由', 'Reason'), width: 3.4 },
      ], granted.map(({ task, extension: { from, to, reason } }) => [task.taskId, task.title, w.leads(task), from ?? '—', to, from === null ? '—' : String(daysBetween(from, to)), reason]), w.t('本季度没有延期。', 'None in the quarter.')),
    ];
  }

  #orders(): Block[] {
    const w = this.#w;
    const { asOf } = this.#input;
    const all = this.#tasks.flatMap((task) => task.orders.map((order) => ({ task, order })));
    const open = all.filter(({ task, order }) => task.state !== 'done' && order.answeredAt === null).toSorted((a, b) => (a.order.answerBy ?? '9999').localeCompare(b.order.answerBy ?? '9999') || a.order.number.localeCompare(b.order.number));
    const given = all.filter(({ order }) => dayInChina(order.at) >= this.#first).length;
    const late = (answerBy: string | null): string => (answerBy === null || answerBy >= asOf ? '—' : String(daysBetween(answerBy, asOf)));
    return [
      this.#chapter(5, '督办单答复情况', 'Orders'),
      { type: 'paragraph', text: w.t(`本季度发出督办单 ${given} 份；至今未答复 ${open.length} 份，其中逾期 ${open.filter(({ order }) => late(order.answerBy) !== '—').length} 份。`, `${w.count(given, 'order')} given in the quarter; ${open.length} unanswered, ${open.filter(({ order }) => late(order.answerBy) !== '—').length} of them past the day.`) },
      ...(open.length === 0 ? [] : this.#table(w.t('未答复的督办单', 'Unanswered orders'), [
        { header: w.t('督办单', 'Order'), width: 3.1 }, { header: w.t('任务', 'Task'), width: 3.4 }, { header: w.t('牵头单位', 'Leads'), width: 2.4 }, { header: w.t('要求', 'What it asks'), width: 3.6 }, { header: w.t('发出', 'Given'), width: 2.7 }, { header: w.t('答复时限', 'Answer by'), width: 2.7 }, { header: w.t('逾期天数', 'Days'), width: 1.7, align: 'end' },
      ], open.map(({ task, order }) => [order.number, task.title, w.leads(task), order.text, dayInChina(order.at), order.answerBy ?? '—', late(order.answerBy)]), '')),
    ];
  }

  #targets(): Block[] {
    const w = this.#w;
    const targets = this.#input.targets.toSorted(byImportance);
    const counts = countVerdicts(targets);
    const latest = targets.reduce((most, { series }) => Math.max(most, series.at(-1)?.period ?? 0), 0);
    return [
      this.#chapter(6, '目标进展情况', 'Targets'),
      { type: 'paragraph', text: [
        { text: w.t(`目标 ${targets.length} 项${latest === 0 ? '' : `，按截至 ${latest} 年度的体检结果判断`}。`, `${w.count(targets.length, 'target')}${latest === 0 ? '' : `, by check-ups up to ${latest}`}. `) },
        ...VERDICT_ORDER.filter((verdict) => counts[verdict] > 0).flatMap((verdict) => [w.verdict(verdict), { text: ` ${counts[verdict]}\u2002` }]),
      ] },
      ...this.#table(w.t('目标与测量结果', 'Targets against what was measured'), [
        { header: w.t('目标', 'Target'), width: 4 }, { header: w.t('要求', 'Asked'), width: 3.3 }, { header: w.t('现状', 'Now'), width: 3.1 }, { header: w.t('判断', 'Verdict'), width: 2.2 }, { header: w.t('依据', 'Why'), width: 4.4 },
      ], targets.map((target) => [w.target(target), w.required(target), w.measured(target), [w.verdict(target.outlook.verdict)], w.say(target.outlook.text)]), w.t('没有目标。', 'No targets.')),
    ];
  }

  #changes(): Block[] {
    const w = this.#w;
    const { recordedSince, before, quarter, tasks } = this.#input;
    const heading = this.#chapter(7, '与上季度相比', 'Against the quarter before');
    if (!this.#hasBefore) {
      return [heading, { type: 'paragraph', text: recordedSince === null ? w.t('督办台账尚无记录。', 'The ledger has no records yet.') : w.t(`督办台账自 ${recordedSince} 起有记录，上季度没有可比数据。`, `The ledger begins on ${recordedSince}; there is nothing to compare with.`) }];
    }
    const [then, now] = [countTasks(tasksOfQuarter(before, [], firstDay(quarterAfter(quarter, -1)))), countTasks(this.#tasks)];
    const line = (zh: string, en: string, of: (counts: typeof now) => number): Text[] => {
      const change = of(now) - of(then);
      return [w.t(zh, en), String(of(then)), String(of(now)), change === 0 ? w.t('持平', 'same') : `${change > 0 ? '+' : '−'}${Math.abs(change)}`];
    };
    const lightBefore = new Map(before.map((task) => [task.taskId, task]));
    const known = (task: TaskJson): TaskJson | undefined => lightBefore.get(task.taskId);
    const fresh = this.#tasks.filter((task) => (known(task)?.state ?? 'draft') === 'draft');
    const turnedRed = this.#tasks.filter((task) => task.light === 'red' && known(task)?.light !== 'red' && !fresh.includes(task));
    const recovered = tasks.filter((task) => task.light !== 'red' && task.state !== 'cancelled' && known(task)?.light === 'red');
    const withdrawn = tasks.filter((task) => task.state === 'cancelled' && known(task) !== undefined && known(task)?.state !== 'cancelled');
    const names = (found: readonly TaskJson[]): string => {
      const shown = found.slice(0, 10).map(({ taskId, title }) => w.t(`${title}（${taskId}）`, `${title} (${taskId})`));
      return found.length === 0 ? '' : `${w.t('：', ': ')}${shown.join(w.t('；', '; '))}${found.length > shown.length ? w.t('等', ' and others') : ''}`;
    };
    return [
      heading,
      ...this.#table(w.t('两个季度末的比较', 'At the ends of both quarters'), [{ header: w.t('项目', 'What'), width: 5 }, { header: w.t('上季度', 'Before'), width: 2, align: 'end' }, { header: w.t('本季度', 'Now'), width: 2, align: 'end' }, { header: w.t('增减', 'Change'), width: 2, align: 'end' }], [
        line('在办任务', 'tasks under way in the quarter', ({ given }) => given), line('按期办结', 'done in time', ({ doneInTime }) => doneInTime), line('逾期办结', 'done late', ({ doneLate }) => doneLate),
        line('超期未办结', 'overdue', ({ overdue }) => overdue), line('延期', 'extended', ({ extended }) => extended), line('红灯', 'red', ({ red }) => red), line('黄灯', 'yellow', ({ yellow }) => yellow), line('绿灯', 'green', ({ green }) => green),
      ], '—'),
      { type: 'list', items: [
        w.t(`新下达 ${fresh.length} 项${names(fresh)}`, `${fresh.length} newly given out${names(fresh)}`),
        w.t(`新亮红灯 ${turnedRed.length} 项${names(turnedRed)}`, `${turnedRed.length} turned red${names(turnedRed)}`),
        w.t(`红灯解除 ${recovered.length} 项${names(recovered)}`, `${recovered.length} no longer red${names(recovered)}`),
        w.t(`撤销 ${withdrawn.length} 项${names(withdrawn)}`, `${withdrawn.length} withdrawn${names(withdrawn)}`),
      ] },
    ];
  }

  #ahead(): Block[] {
    const w = this.#w;
    const next = quarterAfter(this.#input.quarter);
    const due = this.#tasks.filter(({ state, deadline }) => state !== 'done' && deadline !== null && deadline >= firstDay(next) && deadline <= lastDay(next)).toSorted((a, b) => (a.deadline ?? '').localeCompare(b.deadline ?? '') || a.taskId.localeCompare(b.taskId));
    return [
      this.#chapter(8, '下季度到期任务', 'Due next quarter'),
      ...this.#table(w.t(`${quarterName(next).zh}到期（${due.length} 项）`, `Due in the ${quarterName(next).en} (${due.length})`), [
        { header: w.t('编号', 'No.'), width: 2.6 }, { header: w.t('任务', 'Task'), width: 5.4 }, { header: w.t('牵头单位', 'Leads'), width: 3.2 }, { header: w.t('时限', 'Due'), width: 2.6 }, { header: w.t('进度', 'Done'), width: 1.4, align: 'end' }, { header: w.t('亮灯', 'Light'), width: 1.6 },
      ], due.map((task) => [task.taskId, task.title, w.leads(task), task.deadline ?? '—', task.percent === null ? '—' : `${Math.round(task.percent)}%`, [w.light(task.light)]]), w.t('没有下季度到期的任务。', 'Nothing is due.')),
    ];
  }
}

export function buildBulletin(input: BulletinInput): ReportDocument {
  return new Bulletin(input).build();
}
