/** 工作概述, 指标体系, 总体评价. */
import type { DimensionLine } from '../../checkup/api.ts';
import type { Block } from '../document.ts';
import { CITY_CLASS_WORDS, CITY_RANK_WORDS } from '../../checkup/city-words.ts';
import { SEVERITY_WORDS } from '../../checkup/findings/ledger-words.ts';
import { drawDimensions, drawSeverities } from './charts.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportWords } from './report-words.ts';

/** Formats of files as people call them. */
const FORMAT_NAMES: Readonly<Record<string, string>> = { 'osm-pbf': 'OpenStreetMap PBF', gtfs: 'GTFS', csv: 'CSV', xlsx: 'Excel', geojson: 'GeoJSON', 'geojson-lines': 'GeoJSON', geopackage: 'GeoPackage', shapefile: 'Shapefile', geotiff: 'GeoTIFF' };

function countBy(input: ReportInput): { measured: number; proxy: number; reported: number; missing: number; total: number } {
  const national = input.overview.indicators.filter(({ set }) => set === 'national-2025');
  const of = (quality: string): number => national.filter((line) => line.quality === quality).length;
  return { measured: of('measured'), proxy: of('proxy'), reported: of('reported'), missing: of('missing'), total: national.length };
}

export function workChapter(input: ReportInput, w: ReportWords): Block[] {
  const { overview, files } = input;
  const persons = input.details.flatMap(({ places }) => places).find(({ level, population }) => level === 'city' && population !== null)?.population ?? null;
  return [
    { type: 'heading', level: 1, newPage: true, text: w.t('一、工作概述', '1. About this check-up') },
    {
      type: 'paragraph',
      text: w.t(
        `本报告依据《城市体检工作手册（试行）》（2025年5月）和国家现行标准，对${overview.cityName.zh}${overview.period}年的城市运行状况开展体检，从住房、小区（社区）、街区、城区四个维度测算指标、评定等级、查找问题、提出整治建议。${persons === null ? '' : `体检范围内人口约${w.number(persons)}人，`}城市规模等级按${CITY_CLASS_WORDS[overview.cityClass].zh}执行${overview.cityRank === null ? '' : `，行政等级为${CITY_RANK_WORDS[overview.cityRank].zh}`}。`,
        `This report examines ${overview.cityName.en} in ${overview.period} after the Ministry's Manual of City Check-ups (trial, May 2025) and the standards in force: indicators of homes, communities, blocks and the city are measured and graded, problems found and remedies proposed. ${persons === null ? '' : `About ${w.number(persons)} residents are within its bounds; `}the city counts as ${CITY_CLASS_WORDS[overview.cityClass].en}${overview.cityRank === null ? '' : `, of the rank of a ${CITY_RANK_WORDS[overview.cityRank].en}`}.`,
      ),
    },
    {
      type: 'paragraph',
      text: w.t(
        '指标值由程序按指标定义在真实路网、土地、建筑、人口与设施数据上计算，每个数值均可追溯到数据文件、标准条款与程序版本；无法计算的指标列明原因和所需资料，不以估计值代替。由公开地图（OpenStreetMap）推算的数值标为“替代测算”，不等同于官方体检值。',
        'Values are computed from streets, land, buildings, residents and facilities as each indicator is defined; every number can be traced to files, clauses and the version of the program. What cannot be computed is listed with the reason and with what would supply it; nothing is guessed. Values derived from the open map (OpenStreetMap) are marked “proxy” and are no official check-up values.',
      ),
    },
    {
      type: 'table', caption: w.t('数据来源', 'Data used'), empty: w.t('没有数据文件', 'no files'),
      columns: [{ header: w.t('文件', 'File'), width: 4 }, { header: w.t('格式', 'Format'), width: 2 }, { header: w.t('坐标系', 'Coordinates'), width: 2 }, { header: w.t('记录数', 'Records'), width: 2, align: 'end' }, { header: w.t('导入时间', 'Imported'), width: 2 }],
      rows: files.map(({ fileName, format, crs, rows, importedAt }) => [fileName, FORMAT_NAMES[format] ?? format, crs ?? '—', w.number(rows), importedAt.slice(0, 10)]),
    },
  ];
}

export function systemChapter(input: ReportInput, w: ReportWords): Block[] {
  const counts = countBy(input);
  const sets = new Map<string, number>();
  for (const { set } of input.overview.indicators) sets.set(set, (sets.get(set) ?? 0) + 1);
  const others = input.overview.indicators.length - counts.total;
  return [
    { type: 'heading', level: 1, text: w.t('二、指标体系', '2. Indicators') },
    {
      type: 'paragraph',
      text: w.t(
        `采用国家2025年城市体检基础指标 ${counts.total} 项，另测算地方与国际对标指标 ${others} 项供参考（不计入维度评级）。基础指标中实测 ${counts.measured} 项、部门上报 ${counts.reported} 项、替代测算 ${counts.proxy} 项、缺失 ${counts.missing} 项。`,
        `The ${counts.total} national base indicators of 2025 are used; ${others} local and international ones are measured beside them for reference and count for no grade. Of the base indicators ${counts.measured} are measured, ${counts.reported} reported by departments, ${counts.proxy} are proxies and ${counts.missing} are missing.`,
      ),
    },
    {
      type: 'table', caption: w.t('各维度指标测算情况', 'Indicators by dimension'), empty: '—',
      columns: [
        { header: w.t('维度', 'Dimension'), width: 3 }, { header: w.t('指标数', 'Indicators'), width: 2, align: 'end' }, { header: w.t('已测算', 'With a value'), width: 2, align: 'end' },
        { header: w.t('已评级', 'Graded'), width: 2, align: 'end' }, { header: w.t('缺失', 'Missing'), width: 2, align: 'end' },
      ],
      rows: input.overview.dimensions.map(({ name, total, measured, graded, missing }) => [w.say(name), String(total), String(measured), String(graded), String(missing)]),
    },
    ...outsideNote(input, w),
  ];
}

/** Said beside a dimension's grade that rests on less than half of its indicators. */
export function thinGrade({ total, graded, grade }: Pick<DimensionLine, 'total' | 'graded' | 'grade'>, w: ReportWords): string {
  if (grade === null || 2 * graded >= total) return '';
  return w.t(`（共 ${total} 项，评级不足半数，等级仅供参考）`, ` (${total} in all: less than half are graded, the grade is a hint only)`);
}

/** What lies outside the built-up area is counted and never judged: without this the figures of the city and of its ledger seem to differ. */
function outsideNote(input: ReportInput, w: ReportWords): Block[] {
  const outside = new Map<string, string>();
  for (const { places } of input.details) for (const place of places) if (place.outside) outside.set(place.placeId, place.level);
  const count = (level: string): number => [...outside.values()].filter((one) => one === level).length;
  const [communities, blocks] = [count('community'), count('block')];
  if (communities + blocks === 0) return [];
  return [{
    type: 'paragraph',
    text: w.t(
      `建成区以外的 ${blocks} 个街区（乡镇）、${communities} 个小区（社区、村）计入全市数量，但不评级、不列入问题台账，因此全市指标值可能大于台账中的问题数。`,
      `${blocks} blocks and ${communities} communities outside the built-up area count in the city’s figures, but are not judged and have no findings: the city’s figure may be larger than the number of its findings.`,
    ),
  }];
}

export function verdictChapter(input: ReportInput, w: ReportWords): Block[] {
  const { overview } = input;
  const { findings } = overview;
  const dimensions = drawDimensions(overview.dimensions, w.language);
  const severities = drawSeverities(findings.bySeverity, SEVERITY_WORDS.map((word) => w.say(word)));
  return [
    { type: 'heading', level: 1, text: w.t('三、总体评价', '3. Overall verdict') },
    {
      type: 'table', caption: w.t('维度评级', 'Grades of dimensions'), empty: '—',
      columns: [{ header: w.t('维度', 'Dimension'), width: 2 }, { header: w.t('评级', 'Grade'), width: 1, align: 'centre' }, { header: w.t('依据', 'Because'), width: 6 }],
      rows: overview.dimensions.map((dimension) => [w.say(dimension.name), [w.dimensionGrade(dimension.grade)], `${w.say(dimension.text)}${thinGrade(dimension, w)}`]),
    },
    { type: 'figure', caption: w.t(`各维度指标评级分布（自上而下：${overview.dimensions.map(({ name }) => name.zh).join('、')}）`, `Grades of indicators by dimension (from the top: ${overview.dimensions.map(({ name }) => name.en).join(', ')})`), scene: dimensions.scene, legend: dimensions.legend },
    {
      type: 'paragraph',
      text: w.t(
        `本次体检形成问题台账 ${findings.total} 条，其中限时解决 ${findings.timeLimited} 条、尽力解决 ${findings.bestEffort} 条。按严重等级，4级及以上 ${findings.bySeverity[3] + findings.bySeverity[4]} 条。`,
        `The ledger holds ${findings.total} findings: ${findings.timeLimited} to be put right within a time limit, ${findings.bestEffort} as best one can. ${findings.bySeverity[3] + findings.bySeverity[4]} are of severity 4 or 5.`,
      ),
    },
    ...(findings.total === 0 ? [] : [{ type: 'figure', caption: w.t('问题严重等级分布（自上而下：1级至5级）', 'Findings by severity (from the top: 1 to 5)'), scene: severities.scene, legend: severities.legend } as const]),
    {
      type: 'table', caption: w.t('问题最集中的空间单元', 'Places with the most findings'), empty: w.t('没有发现问题', 'nothing was found'),
      columns: [{ header: w.t('空间单元', 'Place'), width: 4 }, { header: w.t('问题数', 'Findings'), width: 1, align: 'end' }, { header: w.t('严重等级合计', 'Severities, summed'), width: 1, align: 'end' }],
      rows: overview.worstPlaces.map(({ name, findings: count, severity }) => [w.say(name), String(count), String(severity)]),
    },
  ];
}
