/**
 * 领导专报: one A4 page about one document or about the whole city, whatever the amount. Every list is as long as there is room, the most important first, and says how
 * many more there are; where the page is too small, the longest list gives way first.
 */
import type { Block, ReportDocument, Text } from '../document.ts';
import { clipText, linesOf, PAGE_BOX, PAGE_LINES, cellWidth, pageHeight } from '../page-frame.ts';
import type { BriefInput } from './brief-input.ts';
import { byDelay, byImportance, countVerdicts, DeliveryWords, isOverdue, VERDICT_ORDER } from './delivery-words.ts';
import { LIGHTS } from '../../delivery/model.ts';
import type { Light } from '../../delivery/model.ts';
import { chanceFigure } from '../../delivery/outlook/target-outlook.ts';

/** Points left free at the foot: a program may set a line more than was counted. */
const SLACK = 20;
const ROOM = PAGE_BOX.height - SLACK;

/** How many of each list are shown. */
interface Limits {
  readonly overdue: number;
  readonly targets: number;
  readonly nothing: number;
  readonly asks: number;
  readonly sections: number;
}
const MOST: Limits = { overdue: 16, targets: 16, nothing: 8, asks: 6, sections: 8 };
const FEWEST: Limits = { overdue: 1, targets: 1, nothing: 0, asks: 2, sections: 0 };
/** Who gives way first among lists of one length. */
const YIELDING: readonly (keyof Limits)[] = ['sections', 'nothing', 'targets', 'asks', 'overdue'];

const { size: BODY } = PAGE_LINES.body;
const { size: SMALL } = PAGE_LINES.small;

type Clip = typeof clipText;

/** Lists are cut several times over, their texts need be cut once. */
function buildClip(): Clip {
  const known = new Map<string, string>();
  return (text, width, size, lines) => {
    const key = `${width}|${size}|${lines}|${text}`;
    const cut = known.get(key) ?? clipText(text, width, size, lines);
    known.set(key, cut);
    return cut;
  };
}

/** Its names are cut where they are put in; a sentence of the brief's own is never cut. */
const paragraph = (text: string): Block => ({ type: 'paragraph', text });

/** What is counted once, however often the page is set. */
function countFacts(input: BriefInput, w: DeliveryWords) {
  const { targets, tasks } = input;
  const lights: Record<Light, number> = { red: 0, yellow: 0, green: 0, blue: 0, grey: 0 };
  for (const { light } of tasks) lights[light]++;
  return {
    lights, verdicts: countVerdicts(targets), overdue: tasks.filter(isOverdue).length, red: tasks.filter(({ light }) => light === 'red').toSorted(byDelay),
    // a target that nothing measures is for chapter 4; the table has those that a figure speaks about
    told: targets.filter(({ outlook, series }) => outlook.verdict !== 'unknown' || series.length > 0).toSorted(byImportance),
    once: targets.filter(({ series, fields, outlook }) => outlook.verdict === 'unknown' && series.length === 1 && fields.value !== null).length,
    unmeasured: targets.filter(({ indicator }) => indicator === null).length, asks: listAsks(input, w),
  };
}

class Brief {
  readonly #input: BriefInput;
  readonly #w: DeliveryWords;
  readonly #facts: ReturnType<typeof countFacts>;
  readonly #clip: Clip;
  readonly #limits: Limits;

  constructor(input: BriefInput, w: DeliveryWords, facts: ReturnType<typeof countFacts>, clip: Clip, limits: Limits) {
    this.#input = input;
    this.#w = w;
    this.#facts = facts;
    this.#clip = clip;
    this.#limits = limits;
  }

  build(): ReportDocument {
    const { cityName, today, scope, documents } = this.#input;
    const w = this.#w;
    const city = this.#clip(w.say(cityName), PAGE_BOX.width / 2, PAGE_LINES.title.size, 1);
    const about = scope === 'document' ? (documents[0]?.title ?? '') : '';
    const title = scope === 'document'
      ? this.#titled((name) => w.t(`关于《${name}》贯彻落实情况的专报`, `Brief: how “${name}” is being carried out`), about, PAGE_LINES.title.size, 2)
      : w.t(`关于${city}重点目标和督办任务推进情况的专报`, `Brief on ${city}: targets and tasks`);
    return {
      language: this.#input.language, frame: 'page', title, subtitle: w.t('领导专报', 'Brief for the leadership'),
      facts: [city, w.t(`${Number(today.slice(0, 4))}年${Number(today.slice(5, 7))}月${Number(today.slice(8))}日`, today)],
      blocks: [...this.#asked(), ...this.#targets(), ...this.#tasks(), ...this.#nothing(), ...this.#asks()],
    };
  }

  /** A sentence around a name that is cut so that the whole takes so many lines. */
  #titled(sentence: (name: string) => string, name: string, size: number, lines: number): string {
    const across = PAGE_BOX.width * 0.88;
    const around = linesOf(sentence(''), across, size);
    for (let most = lines; most >= 1; most--) {
      for (const width of [across, across * 0.75, across * 0.5]) {
        const text = sentence(this.#clip(name, width, size, most));
        if (linesOf(text, across, size) <= Math.max(lines, around)) return text;
      }
    }
    return sentence(this.#clip(name, PAGE_BOX.width * 0.3, size, 1));
  }

  #heading(text: string): Block {
    return { type: 'heading', level: 1, text };
  }

  /** `甲；乙；丙等 12 项` of names that take so many lines in all. */
  #named(names: readonly string[], most: number, quote: (name: string) => string = (name) => name): string {
    const shown = names.slice(0, most).map((name) => quote(this.#clip(name, PAGE_BOX.width * 0.6, BODY, 1)));
    const more = names.length - shown.length;
    return `${shown.join(this.#w.t('；', '; '))}${more > 0 && shown.length > 0 ? this.#w.t(`；另有 ${more} 项`, `; and ${more} more`) : ''}`;
  }

  #asked(): Block[] {
    const { scope, documents, coverage, undecided, targets, tasks, proposedTasks } = this.#input;
    const w = this.#w;
    const [document] = documents;
    const blocks: Block[] = [this.#heading(w.t('一、部署要求', '1. What was asked'))];
    const found = w.t(
      `提出具体要求的条款 ${coverage.clauses} 条，目标 ${targets.length} 项；已列入督办台账的任务 ${tasks.length} 项${proposedTasks > 0 ? `，尚未列入的 ${proposedTasks} 项` : ''}${undecided > 0 ? `。系统识读、尚未经人核定的条目 ${undecided} 项` : ''}。`,
      `${w.count(coverage.clauses, 'clause')} ask for something, with ${w.count(targets.length, 'target')}; ${w.count(tasks.length, 'task')} in the ledger${proposedTasks > 0 ? `, ${proposedTasks} not taken up` : ''}.${undecided > 0 ? ` ${w.count(undecided, 'item')} read by the program and decided by nobody yet.` : ''}`,
    );
    if (document === undefined) {
      blocks.push(paragraph(w.t(`尚未导入政策文件。${tasks.length > 0 ? `督办台账有任务 ${tasks.length} 项。` : ''}`, `No policy document has been imported.${tasks.length > 0 ? ` The ledger has ${w.count(tasks.length, 'task')}.` : ''}`)));
    } else if (scope === 'document') {
      const issuer = this.#clip(document.issuer ?? w.t('发文单位不详', 'issuer not known'), PAGE_BOX.width, BODY, 1);
      const published = document.publishedAt ?? w.t('日期不详', 'date not known');
      blocks.push(paragraph(`${w.t(`文件由${issuer}发布（${published}）。`, `Issued by ${issuer} (${published}). `)}${found}`));
      const sections = this.#named(document.sections, this.#limits.sections);
      if (sections !== '') blocks.push(paragraph(`${w.t('主要部署：', 'Its parts: ')}${sections}${w.t('。', '.')}`));
    } else {
      const names = this.#named(documents.map(({ title }) => title), Math.max(1, Math.min(3, this.#limits.sections)), (name) => w.t(`《${name}》`, `“${name}”`));
      blocks.push(paragraph(`${w.t(`政策文件 ${documents.length} 份：${names}。`, `${w.count(documents.length, 'document')}: ${names}. `)}${found}`));
    }
    return blocks;
  }

  #targets(): Block[] {
    const { targets } = this.#input;
    const w = this.#w;
    const heading = this.#heading(w.t('二、目标进展', '2. Targets'));
    if (targets.length === 0) return [heading, paragraph(w.t('没有提出目标。', 'No targets were set.'))];
    const { verdicts: counts, told, once } = this.#facts;
    const runs: Text = [
      { text: w.t(`目标 ${targets.length} 项：`, `${w.count(targets.length, 'target')}: `) },
      ...VERDICT_ORDER.filter((verdict) => counts[verdict] > 0).flatMap((verdict) => [w.verdict(verdict), { text: ` ${counts[verdict]}\u2002` }]),
    ];
    const columns = [{ header: w.t('目标', 'Target'), width: 4.5 }, { header: w.t('要求', 'Asked'), width: 3.5 }, { header: w.t('现状', 'Now'), width: 3.3 }, { header: w.t('判断', 'Verdict'), width: 2.4 }] as const;
    const cell = (text: string, i: number, lines = 1): string => this.#clip(text, cellWidth(columns, i), SMALL, lines);
    const rows = told.slice(0, this.#limits.targets).map((target): Text[] => {
      const { verdict, chance } = target.outlook;
      return [cell(w.target(target), 0), cell(w.required(target), 1, 2), cell(w.measured(target), 2, 2), [w.verdict(verdict), ...(chance === null ? [] : [{ text: ` ${chanceFigure(chance)}` }])]];
    });
    const more = targets.length - rows.length;
    const remarks = [
      ...(more > 0 ? [w.t(`${rows.length === 0 ? '' : `另有 ${more} 项未列出，其中`}没有测量值的 ${targets.length - told.length} 项`, `${rows.length === 0 ? '' : `${more} not shown; `}${targets.length - told.length} without a value`)] : []),
      ...(once > 0 ? [w.t(`只测量过一个年度、再体检一次方可判断进度的 ${once} 项`, `${once} measured in one year only, to be judged after the next check-up`)] : []),
      ...(told.slice(0, rows.length).some(({ outlook }) => outlook.chance !== null) ? [w.t('百分数为按现有趋势如期达到的可能性', 'percentages: the chance of arriving in time by the trend')] : []),
    ];
    return [
      heading, { type: 'paragraph', text: runs },
      ...(rows.length === 0 ? [] : [{ type: 'table', caption: '', empty: '', columns, rows } as const]),
      ...(remarks.length === 0 ? [] : [paragraph(`${remarks.join(w.t('；', '; '))}${w.t('。', '.')}`)]),
    ];
  }

  #tasks(): Block[] {
    const { tasks } = this.#input;
    const w = this.#w;
    const heading = this.#heading(w.t('三、任务办理', '3. Tasks'));
    if (tasks.length === 0) return [heading, paragraph(w.t('督办台账中没有任务。', 'The ledger has no tasks.'))];
    const { lights: counts, overdue, red } = this.#facts;
    const runs: Text = [
      { text: w.t(`任务 ${tasks.length} 项：`, `${w.count(tasks.length, 'task')}: `) }, ...LIGHTS.flatMap((light) => [w.light(light), { text: ` ${counts[light]}\u2002` }]),
      { text: w.t(`其中超期 ${overdue} 项`, `${overdue} overdue`), bold: true },
    ];
    const columns = [{ header: w.t('红灯任务（超期最久的在前）', 'Red, longest overdue first'), width: 6 }, { header: w.t('牵头单位', 'Leads'), width: 3.2 }, { header: w.t('时限', 'Due'), width: 2.5 }, { header: w.t('超期', 'Overdue'), width: 2, align: 'end' }] as const;
    const cell = (text: string, i: number): string => this.#clip(text, cellWidth(columns, i), SMALL, 1);
    const rows = red.slice(0, this.#limits.overdue).map((task): Text[] => [cell(task.title, 0), cell(w.leads(task), 1), task.deadline ?? '—', isOverdue(task) ? w.days(-(task.daysLeft ?? 0)) : '—']);
    const more = red.length - rows.length;
    return [
      heading, { type: 'paragraph', text: runs },
      ...(rows.length === 0 ? [] : [{ type: 'table', caption: '', empty: '', columns, rows } as const]),
      ...(more > 0 ? [paragraph(w.t(`另有 ${more} 项红灯任务未列出，见督办台账。`, `${more} more red tasks are in the ledger.`))] : []),
    ];
  }

  #nothing(): Block[] {
    const { coverage, nothing, documents } = this.#input;
    if (documents.length === 0) return [];
    const w = this.#w;
    const { unmeasured } = this.#facts;
    const share = coverage.clauses === 0 ? '' : w.t(`（${Math.round((100 * coverage.measured) / coverage.clauses)}%）`, ` (${Math.round((100 * coverage.measured) / coverage.clauses)} %)`);
    const names = this.#named(nothing, this.#limits.nothing);
    const sentence = w.t(
      `${coverage.clauses} 条要求中，有测量值的 ${coverage.measured} 条${share}，有任务的 ${coverage.tasked} 条，两者皆无的 ${coverage.nothing} 条${names === '' ? '' : `：${names}`}。没有指标可测的目标 ${unmeasured} 项。`,
      `Of ${w.count(coverage.clauses, 'clause')} that ask for something ${coverage.measured} are measured${share}, ${coverage.tasked} have tasks, ${coverage.nothing} have neither${names === '' ? '' : `: ${names}`}. ${w.count(unmeasured, 'target')} without an indicator.`,
    );
    return [this.#heading(w.t('四、尚无测度的要求', '4. What has no measure yet')), paragraph(sentence)];
  }

  /** What the reader is asked to do: from what stands in the ledger, nothing by rote. */
  #asks(): Block[] {
    const w = this.#w;
    const heading = this.#heading(this.#input.documents.length === 0 ? w.t('四、请予研究的事项', '4. What is asked of you') : w.t('五、请予研究的事项', '5. What is asked of you'));
    const { asks } = this.#facts;
    if (asks.length === 0) return [heading, paragraph(w.t('目前没有需要研究的事项。', 'Nothing at present.'))];
    return [heading, { type: 'list', items: asks.slice(0, this.#limits.asks) }];
  }
}

/** Of bodies with most tasks of a kind: `甲（3 项）、乙（1 项）`. */
function worstBodies(tasks: BriefInput['tasks'], w: DeliveryWords): string {
  const counts = new Map<string, number>();
  for (const { lead } of tasks) for (const body of lead) counts.set(body, (counts.get(body) ?? 0) + 1);
  const worst = [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'zh'));
  const named = worst.slice(0, 4).map(([body, n]) => `${clipText(body, PAGE_BOX.width / 4, BODY, 1)}${w.t(`（${n} 项）`, ` (${n})`)}`);
  return `${w.list(named)}${worst.length > named.length ? w.t('等', ' and others') : ''}`;
}

function listAsks({ targets, tasks, coverage, undecided, proposedTasks, today }: BriefInput, w: DeliveryWords): string[] {
  const asks: string[] = [];
  const overdue = tasks.filter(isOverdue);
  if (overdue.length > 0) {
    const bodies = worstBodies(overdue, w);
    asks.push(w.t(`超期任务 ${overdue.length} 项${bodies === '' ? '' : `，牵头单位${bodies}`}：请督促限期办结，或说明理由申请延期。`, `${w.count(overdue.length, 'task')} overdue${bodies === '' ? '' : `, led by ${bodies}`}: have them done by a set day, or extended with a reason.`));
  }
  const { missed, 'at-risk': risky } = countVerdicts(targets);
  if (missed + risky > 0) asks.push(w.t(`按现有进度难以实现的目标 ${missed} 项、存在风险的 ${risky} 项：请研究加力措施。`, `${w.count(missed, 'target')} ${missed === 1 ? 'is' : 'are'} out of reach and ${risky} at risk at the present pace: decide on what more is to be done.`));
  const silent = tasks.filter(({ state, orders }) => (state === 'open' || state === 'submitted') && orders.some(({ answerBy, answeredAt }) => answeredAt === null && answerBy !== null && answerBy < today));
  if (silent.length > 0) asks.push(w.t(`督办单逾期未答复的任务 ${silent.length} 项（${worstBodies(silent, w) || '未明确牵头单位'}）：请责成答复。`, `Orders unanswered past their day on ${w.count(silent.length, 'task')} (${worstBodies(silent, w) || 'no body named'}): have them answered.`));
  const homeless = tasks.filter(({ state, lead }) => state !== 'done' && state !== 'cancelled' && lead.length === 0).length;
  if (homeless > 0) asks.push(w.t(`未明确牵头单位的任务 ${homeless} 项：请明确。`, `${w.count(homeless, 'task')} without a leading body: name one.`));
  const drafts = tasks.filter(({ state }) => state === 'draft').length;
  if (drafts > 0) asks.push(w.t(`待下达的任务 ${drafts} 项：请审定下达。`, `${w.count(drafts, 'draft')} to be given out.`));
  if (proposedTasks > 0) asks.push(w.t(`文件提出而尚未列入台账的任务 ${proposedTasks} 项：请责成核定并下达。`, `${w.count(proposedTasks, 'task')} of the documents are in no ledger: have them decided upon and given out.`));
  if (coverage.nothing > 0) asks.push(w.t(`既无指标也无任务的要求 ${coverage.nothing} 条：请明确测度办法或责任单位。`, `${w.count(coverage.nothing, 'clause')} with neither indicator nor task: say how they are measured or who answers for them.`));
  if (undecided > 0 && asks.length < 2) asks.push(w.t(`系统识读的 ${undecided} 项目标和任务尚未核定：请责成承办单位核定。`, `${w.count(undecided, 'item')} read by the program wait to be decided upon.`));
  return asks;
}

/** One step shorter: the longest list, as far as it may; undefined where none can give way. */
function shorter(limits: Limits): Limits | undefined {
  const able = YIELDING.filter((name) => limits[name] > FEWEST[name]);
  if (able.length === 0) return undefined;
  const longest = able.reduce((best, name) => (limits[name] > limits[best] ? name : best));
  return { ...limits, [longest]: limits[longest] - 1 };
}

export function buildBrief(input: BriefInput): ReportDocument {
  const clip = buildClip();
  const w = new DeliveryWords(input.language);
  const facts = countFacts(input, w);
  // no list is longer than what there is, so that a list that does not fill its share leaves it to the others
  const there: Limits = {
    overdue: Math.max(1, facts.red.length), targets: Math.max(1, input.targets.length), nothing: input.nothing.length, asks: MOST.asks,
    sections: Math.max(1, input.scope === 'city' ? input.documents.length : (input.documents[0]?.sections.length ?? 0)),
  };
  const most = Object.fromEntries(YIELDING.map((name) => [name, Math.min(MOST[name], there[name])])) as unknown as Limits;
  const build = (limits: Limits): ReportDocument => new Brief(input, w, facts, clip, limits).build();
  let limits = most;
  let brief = build(limits);
  for (let next: Limits | undefined = limits; pageHeight(brief) > ROOM && next !== undefined; next = shorter(limits)) {
    limits = next;
    brief = build(limits);
  }
  // the last list to give way may have left room for another
  for (const name of YIELDING.toReversed()) {
    while (limits[name] < most[name]) {
      const fuller = { ...limits, [name]: limits[name] + 1 };
      const longer = build(fuller);
      if (pageHeight(longer) > ROOM) break;
      [limits, brief] = [fuller, longer];
    }
  }
  return brief;
}
