/** chengmai checkup CITY: measures, grades and stores every indicator, then says how the city stands. */
import type { Command } from 'commander';
import type { Base } from '../base/open.ts';
import type { CheckupOverview } from '../checkup/api.ts';
import type { PlaceRowJson } from '../checkup/export.ts';
import { DIMENSION_GRADE_WORDS, GRADE_WORDS, QUALITY_WORDS } from '../checkup/findings/ledger-words.ts';
import type { CheckupRequest, CheckupSummary } from '../checkup/run.ts';
import { sayNumber } from '../checkup/grading/say-number.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { PlaceLevel } from '../import/model.ts';
import { PLACE_LEVELS } from '../import/model.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { hereOrThere } from './here-or-there.ts';
import { readPeriodOption } from './period-option.ts';
import type { RemoteBase } from './remote.ts';
import { checkOutput, putToStandardOutput, writeWhole } from './table-output.ts';

interface CheckupOptions extends CommonOptions {
  readonly period?: string;
  readonly level?: string;
  readonly csv?: boolean;
  readonly geojson?: boolean;
  readonly output?: string;
  readonly fresh?: boolean;
}

type Format = 'json' | 'csv' | 'geojson';

/** What was done, and what is to be shown of it. */
interface CheckupAnswer {
  readonly summary: CheckupSummary;
  readonly overview: CheckupOverview;
  readonly places: readonly PlaceRowJson[] | undefined;
  /** CSV or GeoJSON. */
  readonly table: string | undefined;
}

export function checkupCommand(): Command {
  return buildCommand('checkup', 'check a city up: indicators, grades, findings 城市体检')
    .argument('<city>', 'id of the city 城市标识')
    .option('--period <year>', 'year; the latest of the departments’ statistics unless said, else this year 体检年份')
    .option('--level <level>', `values of the places of a level: ${PLACE_LEVELS.slice(1).join(', ')} 空间层级`)
    .option('--csv', 'a CSV row an indicator and place 输出 CSV')
    .option('--geojson', 'GeoJSON, a property an indicator 输出 GeoJSON')
    .option('-o, --output <file>', 'standard output unless said 输出文件')
    .option('--fresh', 'compute everything again, take nothing from earlier runs 全部重新计算')
    .action((city: string, options: CheckupOptions) => runAction(options, (context) => runCheckupCommand(context, city, options)));
}

function readLevel(text: string | undefined): PlaceLevel | undefined {
  if (text === undefined) return undefined;
  const level = PLACE_LEVELS.find((one) => one === text);
  if (level !== undefined && level !== 'building') return level;
  throw new ChengmaiError('input', 'cli/level', {
    zh: `--level ${text} 应为 ${PLACE_LEVELS.slice(1).join('、')} 之一。`, en: `--level ${text} must be one of ${PLACE_LEVELS.slice(1).join(', ')}.`,
  }, { field: '--level', value: text });
}

function readFormat({ json, csv, geojson }: CheckupOptions): Format | undefined {
  const asked = (['json', 'csv', 'geojson'] as const).filter((format) => ({ json, csv, geojson })[format] === true);
  if (asked.length > 1) throw new ChengmaiError('input', 'cli/two-formats', { zh: '--json、--csv、--geojson 只能给一个。', en: 'Only one of --json, --csv and --geojson may be given.' });
  return asked[0];
}

async function runCheckupCommand(context: CommandContext, city: string, options: CheckupOptions): Promise<void> {
  const request: CheckupRequest = { cityId: city, period: readPeriodOption(options.period), fresh: options.fresh, who: 'cli' };
  const level = readLevel(options.level);
  const format = readFormat(options);
  if (options.output !== undefined) await checkOutput(options.output, []);
  const answer = await hereOrThere(context, (base) => checkHere(context, base, request, level, format), (remote) => {
    context.console.tell(context.console.say({ zh: `数据目录正由 ${remote.url} 使用，体检在该服务上进行。`, en: `The data folder is in use by ${remote.url}; the check-up runs there.` }));
    return checkThere(context, remote, request, level, format);
  });
  const text = answer.table ?? (format === 'json' ? `${JSON.stringify(documentOf(answer))}\n` : undefined);
  if (text === undefined) context.console.result(documentOf(answer), summarise(context, answer));
  else if (options.output === undefined) await putToStandardOutput(text);
  else await writeWhole(options.output, text);
  if (text !== undefined && (options.output !== undefined || format !== 'json')) for (const line of summarise(context, answer)) context.console.tell(line);
}

async function checkHere({ console, signal }: CommandContext, base: Base, request: CheckupRequest, level: PlaceLevel | undefined, format: Format | undefined): Promise<CheckupAnswer> {
  const [{ runCheckup }, { buildOverview }, { exportCsv, exportGeoJson, exportPlaces }] = await Promise.all([import('../checkup/run.ts'), import('../checkup/views.ts'), import('../checkup/export.ts')]);
  const summary = await runCheckup(base, request, { report: (progress) => console.progress(progress), signal });
  const { cityId, period } = summary;
  return {
    summary, overview: await buildOverview(base, cityId, period),
    places: level !== undefined && format !== 'csv' && format !== 'geojson' ? await exportPlaces(base, cityId, period, level) : undefined,
    table: format === 'csv' ? await exportCsv(base, cityId, period, level ?? 'city') : format === 'geojson' ? `${JSON.stringify(await exportGeoJson(base, cityId, period, level ?? 'city'))}\n` : undefined,
  };
}

async function checkThere({ console, signal }: CommandContext, remote: RemoteBase, { cityId, period, fresh }: CheckupRequest, level: PlaceLevel | undefined, format: Format | undefined): Promise<CheckupAnswer> {
  const { jobId } = await remote.startCheckup(cityId, { ...(period !== undefined && { period }), ...(fresh !== undefined && { fresh }) });
  const job = await remote.followJob(jobId, { report: (progress) => console.progress(progress), signal });
  const summary = job.result as CheckupSummary;
  const values = (wanted: Format): Promise<string> => remote.getText(`/api/cities/${cityId}/checkups/${summary.period}/values?level=${level ?? 'city'}&format=${wanted}`);
  return {
    summary, overview: await remote.getCheckup(cityId, summary.period),
    places: level !== undefined && format !== 'csv' && format !== 'geojson' ? (JSON.parse(await values('json')) as { places: PlaceRowJson[] }).places : undefined,
    table: format === 'csv' ? await values('csv') : format === 'geojson' ? `${await values('geojson')}\n` : undefined,
  };
}

/** `{city, period, indicators, dimensions, findings}`, with `places` where a level was asked for. */
function documentOf({ summary, overview, places }: CheckupAnswer): object {
  const { indicators, dimensions, findings, worstPlaces, notes } = overview;
  return {
    city: summary.cityId, period: summary.period, checkupId: summary.checkupId, revision: summary.revision, seconds: summary.seconds, reused: summary.reused,
    cityClass: overview.cityClass, cityRank: overview.cityRank,
    indicators: indicators.map(({ missing, unit, ...line }) => ({ ...line, unit: unit.en, unitZh: unit.zh, reason: missing?.reason ?? null, supply: missing?.supply ?? null, missing: missing?.kind ?? null })),
    dimensions, findings, worstPlaces, notes, ...(places !== undefined && { places }),
  };
}

function columns(rows: readonly (readonly string[])[], rightFrom: number): string[] {
  // a Chinese character takes two columns of a terminal
  const width = (text: string): number => [...text].reduce((sum, character) => sum + (character.codePointAt(0)! > 0x2e7f ? 2 : 1), 0);
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => width(row[i]))));
  return rows.map((row) => row.map((cell, i) => (i >= rightFrom ? ' '.repeat(widths[i] - width(cell)) + cell : cell + ' '.repeat(widths[i] - width(cell)))).join('  ').trimEnd());
}

const value = (number: number | null): string => (number === null ? '–' : sayNumber(number));

/** For people: what was measured, how it was graded, what is missing and where most is wanting. */
function summarise({ console }: CommandContext, { summary, overview, places }: CheckupAnswer): string[] {
  const { say } = console;
  const word = (zh: string, en: string): string => say({ zh, en });
  const { dimensions, indicators, findings, worstPlaces } = overview;
  const lines = [`${say(overview.cityName)} ${summary.period} · ${word(`${summary.measured} 项有值，${summary.missing} 项缺失`, `${summary.measured} indicators measured, ${summary.missing} missing`)} · ${summary.seconds.toFixed(1)} s${summary.reused > 0 ? ` (${word(`${summary.reused} 项沿用`, `${summary.reused} reused`)})` : ''}`, ''];
  lines.push(...columns([
    [word('维度', 'Dimension'), word('评价', 'Grade'), word('指标', 'Indicators'), word('有值', 'Measured'), word('评级', 'Graded'), word('缺失', 'Missing')],
    ...dimensions.map((one) => [say(one.name), one.grade === null ? '–' : say(DIMENSION_GRADE_WORDS[one.grade]), ...[one.total, one.measured, one.graded, one.missing].map(String)]),
  ], 2), '');
  const national = indicators.filter(({ number }) => number !== null);
  lines.push(...columns([
    [word('编号', 'No.'), word('指标', 'Indicator'), word('值', 'Value'), word('单位', 'Unit'), word('评级', 'Grade'), word('来源', 'Quality')],
    ...national.map((one) => [String(one.number), say(one.name), value(one.value), say(one.unit), one.grade === null ? '' : say(GRADE_WORDS[one.grade]), say(QUALITY_WORDS[one.quality])]),
  ], 99), '');
  lines.push(word(`问题 ${findings.total} 个：限时 ${findings.timeLimited}，尽力 ${findings.bestEffort}`, `${findings.total} findings: ${findings.timeLimited} with a deadline, ${findings.bestEffort} best effort`));
  if (worstPlaces.length > 0) lines.push(word('问题最集中：', 'Worst places: ') + worstPlaces.slice(0, 5).map((place) => `${say(place.name)} (${place.findings})`).join(word('、', ', ')));
  for (const row of places ?? []) lines.push(`${row.placeId}\t${say(row.name)}\t${Object.keys(row.values).length} ${word('项有值', 'values')}, ${Object.values(row.values).filter(({ grade }) => grade === 'poor').length} ${word('项不足', 'poor')}`);
  lines.push(word('逐项的值与缺失原因见 --json。', 'Values one by one, and why some are missing: --json.'));
  return lines;
}
