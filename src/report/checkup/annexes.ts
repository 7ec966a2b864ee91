/** Annexes 1–7: 指标调查表, 问题台账, 问题清单, 整治建议清单, 问卷, 方法, 数据说明. */
import type { FindingJson } from '../../checkup/api.ts';
import { DIFFICULTY_WORDS, EXTENT_WORDS, KIND_WORDS, LEVEL_WORDS, PRIORITY_WORDS } from '../../checkup/findings/ledger-words.ts';
import { GRADING_RULE } from '../../checkup/grading/grading-rule.ts';
import { SURVEY_TOPICS } from '../../checkup/survey/topics.ts';
import type { Block, Text } from '../document.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportWords } from './report-words.ts';

/** A Word file of more rows is no longer read; the workbook has them all. */
const MOST_ROWS = 200;

function findingTable(caption: string, rows: readonly FindingJson[], columns: readonly { readonly header: string; readonly width: number; readonly cell: (row: FindingJson, i: number) => Text }[], w: ReportWords): Block[] {
  const left = rows.length - MOST_ROWS;
  return [
    { type: 'table', caption, empty: w.t('无', 'none'), columns: columns.map(({ header, width }) => ({ header, width })), rows: rows.slice(0, MOST_ROWS).map((row, i) => columns.map(({ cell }) => cell(row, i))) },
    ...(left > 0 ? [{ type: 'paragraph', text: w.t(`其余 ${left} 条见随附工作簿。`, `${left} more are in the workbook.`) } as const] : []),
  ];
}

function ledgers(input: ReportInput, w: ReportWords): Block[] {
  const { period } = input.overview;
  const rows = input.findings.filter(({ firstPeriod, lastPeriod, stage }) => firstPeriod <= period && lastPeriod >= period && stage !== 'rejected' && stage !== 'lapsed').toSorted((a, b) => b.severity - a.severity || (a.findingId < b.findingId ? -1 : 1));
  const number = { header: w.t('序号', 'No.'), width: 1, cell: (_: FindingJson, i: number) => String(i + 1) };
  const indicator = { header: w.t('指标项', 'Indicator'), width: 4, cell: (row: FindingJson) => w.say(row.indicatorName) };
  const place = { header: w.t('单元', 'Place'), width: 3, cell: (row: FindingJson) => w.say(row.placeName) };
  const result = { header: w.t('体检结果', 'Result'), width: 2, cell: (row: FindingJson) => w.value({ value: row.value, unit: row.unit }) };
  const problem = { header: w.t('存在问题', 'Problem'), width: 6, cell: (row: FindingJson) => w.say(row.problem) };
  const kind = { header: w.t('问题分类', 'Kind'), width: 2, cell: (row: FindingJson) => w.say(KIND_WORDS[row.kind]) };
  const inList = rows.filter(({ stage }) => stage === 'listed' || stage === 'rectification');
  const toMend = rows.filter(({ stage }) => stage === 'rectification');
  const notYet = (zh: string, en: string): Block => ({ type: 'paragraph', text: w.t(zh, en) });
  return [
    { type: 'heading', level: 2, text: w.t('附件2 问题台账', 'Annex 2. Ledger') },
    ...findingTable(w.t('问题台账', 'Ledger'), rows, [
      number, indicator, { header: w.t('尺度', 'Level'), width: 2, cell: (row) => w.say(LEVEL_WORDS[row.level]) }, place, result, problem,
      { header: w.t('问题程度', 'Extent'), width: 2, cell: (row) => w.say(EXTENT_WORDS[row.extent]) },
    ], w),
    { type: 'heading', level: 2, text: w.t('附件3 问题清单', 'Annex 3. List of problems') },
    ...(inList.length === 0 ? [notYet('台账中的问题尚未由责任部门审定列入清单。', 'No finding has been put on the list by those responsible yet.')] : findingTable(w.t('问题清单', 'List of problems'), inList, [
      number, indicator, place, result, problem,
      { header: w.t('问题程度', 'Extent'), width: 2, cell: (row) => w.say(EXTENT_WORDS[row.extent]) }, { header: w.t('治理难度', 'Difficulty'), width: 2, cell: (row) => w.say(DIFFICULTY_WORDS[row.difficulty]) }, kind,
      { header: w.t('居民问卷', 'Survey'), width: 3, cell: (row) => (row.survey === null ? '—' : w.say(row.survey)) },
    ], w)),
    { type: 'heading', level: 2, text: w.t('附件4 整治建议清单', 'Annex 4. Rectification') },
    ...(toMend.length === 0 ? [notYet('尚无转入整治建议清单的问题；建议见第八章。', 'No finding has been moved to the list of rectification yet; proposals are in chapter 8.')] : findingTable(w.t('整治建议清单', 'Rectification'), toMend, [
      number, indicator, result, problem, { header: w.t('整治建议', 'Proposal'), width: 5, cell: (row) => w.say(row.advice) }, { header: w.t('整治区域', 'Area'), width: 3, cell: (row) => row.area }, kind,
      { header: w.t('责任单位', 'Bodies'), width: 3, cell: (row) => w.list(row.bodies) }, { header: w.t('优先级', 'Priority'), width: 2, cell: (row) => w.say(PRIORITY_WORDS[row.priority]) },
      { header: w.t('纳入下年计划', 'Next year'), width: 2, cell: (row) => (row.nextYear ? w.t('是', 'yes') : w.t('否', 'no')) },
    ], w)),
  ];
}

function methods(input: ReportInput, w: ReportWords): Block[] {
  const rule = GRADING_RULE;
  return [
    { type: 'heading', level: 2, text: w.t('附件6 指标定义与方法', 'Annex 6. Definitions and methods') },
    {
      type: 'list',
      items: [
        w.t(`单项指标依次与标准、上一年度、居民问卷和对标城市比较。达到标准为“很好”（有更高标准而未达到的为“较好”），差距在标准值 ${rule.nearlyMet * 100}% 以内为“一般”，其余为“不足”；底线类指标一票否决；问卷得分低于 ${rule.surveyPass} 分降一级。除一票否决与问卷降级外，手册未给出算式，其余为本平台规则（版本 ${rule.version}）。`,
          `An indicator is held against its standard, the year before, the survey and peer cities. Met is “very good” (“good” where a stricter level is missed), missed by at most ${rule.nearlyMet * 100} % of the standard “fair”, else “poor”; one occurrence of a bottom-line item makes a problem; a survey score under ${rule.surveyPass} drops one grade. Beyond the last two the Manual prints no formula: the rest is this platform’s rule (version ${rule.version}).`),
        w.t('维度等级：很好占比≥80%且无不足为优；很好与较好合计≥80%为良，60%–80%且无不足为良、有不足为中，40%–60%且无不足为中，其余为差。手册未列“合计≥80%、很好<80%且无不足”的情形，按良处理；可评级指标不足三分之一的维度不评级（本平台规则）。',
          'Dimensions: at least 80 % very good and none poor is “excellent” (优); at least 80 % very good or good is “good” (良); 60–80 % is “good” without a poor one and “medium” (中) with; 40–60 % without a poor one is “medium”; the rest is “poor” (差). The Manual leaves out the case of at least 80 % good, less than 80 % very good and none poor: it counts as “good”. A dimension of which less than a third is graded has no grade (this platform’s rule).'),
        w.t('凡直线服务半径与路网距离并用的指标，均注明口径；设施不受单元边界限制，按全市设施计算。', 'Where both the straight line and the streets may be meant, the indicator says which; facilities beyond a unit’s border count.'),
      ],
    },
    {
      type: 'table', caption: w.t('基础指标的算式、来源与口径', 'Formula, source and data of base indicators'), empty: '—',
      columns: [{ header: w.t('序号', 'No.'), width: 1, align: 'centre' }, { header: w.t('指标', 'Indicator'), width: 4 }, { header: w.t('算式', 'Formula'), width: 6 }, { header: w.t('来源', 'Source'), width: 4 }, { header: w.t('本次数据', 'Data used'), width: 4 }],
      rows: input.details.filter(({ line }) => line.set === 'national-2025').map(({ line, formula, source, provenance }) => [
        String(line.number ?? ''), w.say(line.name), w.say(formula), source,
        line.missing !== null ? w.t('缺失', 'missing') : w.list((provenance?.inputs ?? []).map(({ fileName }) => fileName)) || '—',
      ]),
    },
  ];
}

export function annexes(input: ReportInput, w: ReportWords): Block[] {
  return [
    { type: 'heading', level: 1, newPage: true, text: w.t('附件', 'Annexes') },
    { type: 'heading', level: 2, text: w.t('附件1 指标调查表', 'Annex 1. All indicators') },
    {
      type: 'table', caption: w.t('全部指标结果', 'Results of all indicators'), empty: '—',
      columns: [
        { header: w.t('序号', 'No.'), width: 1, align: 'centre' }, { header: w.t('指标', 'Indicator'), width: 6 }, { header: w.t('结果', 'Result'), width: 3, align: 'end' }, { header: w.t('评级', 'Grade'), width: 2, align: 'centre' },
        { header: w.t('数据性质', 'Quality'), width: 2, align: 'centre' }, { header: w.t('缺失原因与所需资料', 'Why it is missing, and what is needed'), width: 6 },
      ],
      rows: input.overview.indicators.map((line) => [String(line.number ?? ''), w.say(line.name), w.value(line), line.grade === null ? '—' : w.grade(line.grade), w.quality(line.quality), line.missing === null ? '' : `${w.say(line.missing.reason)}${w.language === 'zh' ? '' : ' '}${w.say(line.missing.supply)}`]),
    },
    ...ledgers(input, w),
    { type: 'heading', level: 2, text: w.t('附件5 问卷主题', 'Annex 5. Topics of the survey') },
    { type: 'paragraph', text: w.t(`手册规定的问卷主题共 ${SURVEY_TOPICS.length} 个，本年度有得分的 ${Object.keys(input.survey).length} 个。`, `The Manual names ${SURVEY_TOPICS.length} topics; ${Object.keys(input.survey).length} have a score this year.`) },
    ...methods(input, w),
    { type: 'heading', level: 2, text: w.t('附件7 数据质量说明', 'Annex 7. Quality of the data') },
    input.overview.notes.length === 0
      ? { type: 'paragraph', text: w.t('没有需要说明的数据问题。', 'There is nothing to be said about the data.') }
      : { type: 'list', items: input.overview.notes.map(({ text, count }) => `${w.say(text)}${count > 1 ? ` ×${count}` : ''}`) },
  ];
}
