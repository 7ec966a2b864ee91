/** 专项体检与重点更新片区, 问卷分析, 上年度整治, 对策与项目. */
import type { FindingJson } from '../../checkup/api.ts';
import { KIND_WORDS, PRIORITY_WORDS } from '../../checkup/findings/ledger-words.ts';
import { SURVEY_TOPICS } from '../../checkup/survey/topics.ts';
import type { Block, Text } from '../document.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportWords } from './report-words.ts';

const MOST_ROWS = 40;

export function specialChapter(input: ReportInput, w: ReportWords): Block[] {
  const groups = [
    { ids: ['local'], title: w.t('地方特色与专项指标', 'Local indicators and special checks') },
    { ids: ['living-circle', 'complete-community'], title: w.t('生活圈与完整居住社区', 'Living circles and complete communities') },
    { ids: ['renewal-area'], title: w.t('更新片区指标', 'Indicators of renewal areas') },
    { ids: ['international', 'accessibility'], title: w.t('国际对标与可达性', 'International counterparts and access') },
    { ids: ['user'], title: w.t('自定义指标', 'Indicators of the city’s own') },
  ];
  const blocks: Block[] = [
    { type: 'heading', level: 1, text: w.t('五、专项体检与重点更新片区', '5. Special checks and renewal areas') },
    { type: 'paragraph', text: w.t('以下指标不属于国家基础指标，不参与维度评级，供专项研究、片区策划与城市间比较使用。', 'The following are no national base indicators and count for no grade of a dimension; they serve special studies, plans of areas and comparison between cities.') },
  ];
  for (const { ids, title } of groups) {
    const lines = input.overview.indicators.filter(({ set, value }) => ids.includes(set) && value !== null);
    if (lines.length === 0) continue;
    blocks.push({
      type: 'table', caption: title, empty: '—',
      columns: [{ header: w.t('指标', 'Indicator'), width: 6 }, { header: w.t('结果', 'Result'), width: 3, align: 'end' }, { header: w.t('标准', 'Standard'), width: 3, align: 'centre' }, { header: w.t('评级', 'Grade'), width: 2, align: 'centre' }, { header: w.t('数据性质', 'Quality'), width: 2, align: 'centre' }],
      rows: lines.map((line) => [w.say(line.name), w.value(line), line.threshold === null ? '—' : w.standard(line.threshold), line.grade === null ? '—' : w.grade(line.grade), w.quality(line.quality)]),
    });
  }
  return blocks;
}

export function surveyChapter(input: ReportInput, w: ReportWords): Block[] {
  const scored = SURVEY_TOPICS.flatMap((topic) => (topic.id in input.survey ? [{ topic, score: input.survey[topic.id] }] : []));
  const samples = input.overview.notes.filter(({ code }) => code.startsWith('survey/'));
  const heading: Block = { type: 'heading', level: 1, text: w.t('六、问卷分析', '6. The residents’ survey') };
  if (scored.length === 0) {
    return [heading, { type: 'paragraph', text: w.t('本年度没有导入居民问卷，指标评级未结合居民评价。补充资料：survey.csv（每份问卷一行，各主题一列）。', 'No residents’ survey of this year was imported, so grades do not take it into account. To be supplied: survey.csv, a row a questionnaire, a column a topic.') }];
  }
  const low = scored.filter(({ score }) => score.score < 60);
  return [
    heading,
    { type: 'paragraph', text: w.t(`问卷涉及 ${scored.length} 个主题，得分低于 60 分的 ${low.length} 个${low.length === 0 ? '' : `：${w.list(low.map(({ topic }) => topic.name.zh))}`}。得分低于 60 分的主题，其对应指标评级降一级（一票否决指标不再降级）。`, `The survey covers ${scored.length} topics; ${low.length} score under 60${low.length === 0 ? '' : `: ${w.list(low.map(({ topic }) => topic.name.en))}`}. Graded indicators of these topics are one grade lower, bottom-line items excepted.`) },
    ...(samples.length === 0 ? [] : [{ type: 'list', items: samples.map(({ text }) => w.say(text)) } as const]),
    {
      type: 'table', caption: w.t('各主题得分（百分制，95%置信区间）', 'Scores of 100 with 95 % intervals'), empty: '—',
      columns: [{ header: w.t('主题', 'Topic'), width: 4 }, { header: w.t('得分', 'Score'), width: 2, align: 'end' }, { header: w.t('误差', 'Margin'), width: 2, align: 'end' }, { header: w.t('问卷数', 'Answers'), width: 2, align: 'end' }],
      rows: scored.map(({ topic, score }) => [w.say(topic.name), score.score.toFixed(1), Number.isFinite(score.margin) ? `±${score.margin.toFixed(1)}` : '—', String(score.n)]),
    },
  ];
}

export function rectifiedChapter(input: ReportInput, w: ReportWords): Block[] {
  const { period } = input.overview;
  // what is no longer asked, or asked in another way, was neither put right nor not
  const earlier = input.findings.filter(({ firstPeriod, stage }) => firstPeriod < period && stage !== 'lapsed');
  const done = earlier.filter(({ stage }) => stage === 'rectified');
  const share = (rows: readonly FindingJson[]): string => {
    const ofKind = earlier.filter(({ kind }) => rows === done || kind === rows[0]?.kind).length;
    return ofKind === 0 ? '—' : `${w.number((100 * rows.length) / ofKind)}%`;
  };
  const heading: Block = { type: 'heading', level: 1, text: w.t('七、上年度问题整治情况', '7. What became of last year’s findings') };
  if (earlier.length === 0) return [heading, { type: 'paragraph', text: w.t('台账中没有以前年度的问题。', 'The ledger holds no findings of earlier years.') }];
  return [
    heading,
    { type: 'paragraph', text: w.t(`以前年度问题 ${earlier.length} 条，本次体检复核已消除 ${done.length} 条，完成率 ${share(done)}。`, `Of ${earlier.length} findings of earlier years ${done.length} are no longer found: ${share(done)}.`) },
    {
      type: 'table', caption: w.t('按类型的整治完成情况', 'Put right, by kind'), empty: '—',
      columns: [{ header: w.t('类型', 'Kind'), width: 3 }, { header: w.t('应整治', 'To be put right'), width: 2, align: 'end' }, { header: w.t('已完成', 'Put right'), width: 2, align: 'end' }, { header: w.t('完成率', 'Share'), width: 2, align: 'end' }],
      rows: (['time-limited', 'best-effort'] as const).map((kind) => {
        const all = earlier.filter((row) => row.kind === kind);
        const finished = all.filter(({ stage }) => stage === 'rectified');
        return [w.say(KIND_WORDS[kind]), String(all.length), String(finished.length), all.length === 0 ? '—' : `${w.number((100 * finished.length) / all.length)}%`];
      }),
    },
  ];
}

const RANK = { high: 0, medium: 1, low: 2 };
/** Places that a proposal names. */
const MOST_NAMED = 8;

interface Proposal {
  readonly first: FindingJson;
  readonly rows: FindingJson[];
}

/** Findings of one indicator and one kind are one proposal: a page of rows that differ by the place alone is read by nobody. */
function groupProposals(open: readonly FindingJson[]): Proposal[] {
  const groups = new Map<string, Proposal>();
  for (const row of open) {
    const key = `${row.indicatorId} ${row.kind} ${row.priority}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: row, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()];
}

function nameProposal({ first, rows }: Proposal, w: ReportWords): Text[] {
  const named = rows.slice(0, MOST_NAMED).map(({ placeName }) => w.say(placeName));
  const places = `${w.list(named)}${rows.length > MOST_NAMED ? w.t(`等 ${rows.length} 处`, ` and ${rows.length - MOST_NAMED} more`) : ''}`;
  const problem = rows.length === 1 ? w.say(first.problem) : w.t(`${first.indicatorName.zh}（${rows.length} 处）`, `${first.indicatorName.en} (${rows.length} places)`);
  return [problem, places, w.say(first.advice), w.say(KIND_WORDS[first.kind]), w.list(first.bodies), w.say(PRIORITY_WORDS[first.priority])];
}

export function remedyChapter(input: ReportInput, w: ReportWords): Block[] {
  const open = input.findings
    .filter(({ stage, firstPeriod, lastPeriod }) => stage !== 'rectified' && stage !== 'rejected' && stage !== 'lapsed' && firstPeriod <= input.overview.period && lastPeriod >= input.overview.period)
    .toSorted((a, b) => RANK[a.priority] - RANK[b.priority] || b.severity - a.severity || (b.persons ?? 0) - (a.persons ?? 0) || (a.findingId < b.findingId ? -1 : 1));
  const order = new Map(input.overview.indicators.map(({ id }, i) => [id, i]));
  const proposals = groupProposals(open).toSorted((a, b) => RANK[a.first.priority] - RANK[b.first.priority] || (order.get(a.first.indicatorId) ?? Infinity) - (order.get(b.first.indicatorId) ?? Infinity));
  const bodies = new Map<string, number>();
  for (const { bodies: named } of open) if (named.length > 0) bodies.set(named[0], (bodies.get(named[0]) ?? 0) + 1);
  return [
    { type: 'heading', level: 1, text: w.t('八、对策建议与项目', '8. Remedies and projects') },
    { type: 'paragraph', text: w.t(`按“限时解决、尽力解决”分类，对 ${open.length} 条问题提出整治建议，同类问题合并列出，逐条见附件与随附工作簿。管理类问题交责任单位日常处置，工程类问题纳入城市更新项目库。`, `Proposals for ${open.length} findings, within a time limit or as best one can; findings of one sort are put together, each by itself is in the annexes and the workbook. What management can mend goes to the responsible bodies, what needs works goes into the library of renewal projects.`) },
    {
      type: 'table', caption: w.t('整治建议', 'Proposals'), empty: w.t('没有需要整治的问题', 'nothing needs to be put right'),
      columns: [{ header: w.t('存在问题', 'Problem'), width: 5 }, { header: w.t('空间单元', 'Places'), width: 5 }, { header: w.t('整治建议', 'Proposal'), width: 5 }, { header: w.t('类型', 'Kind'), width: 1.6, align: 'centre' }, { header: w.t('责任单位', 'Bodies'), width: 3 }, { header: w.t('优先级', 'Priority'), width: 1.8, align: 'centre' }],
      rows: proposals.slice(0, MOST_ROWS).map((proposal) => nameProposal(proposal, w)),
    },
    {
      type: 'table', caption: w.t('按牵头责任单位的问题数', 'Findings by leading body'), empty: '—',
      columns: [{ header: w.t('责任单位', 'Body'), width: 4 }, { header: w.t('问题数', 'Findings'), width: 1, align: 'end' }],
      rows: [...bodies].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([body, count]) => [body, String(count)]),
    },
  ];
}
