/** 四维度分析: each dimension's indicators with value, standard, grade and why; maps of where the worst shortfalls are. */
import type { IndicatorDetail, PlaceValue } from '../../checkup/api.ts';
import type { Block } from '../document.ts';
import { drawGradeMap } from './choropleth.ts';
import { thinGrade } from './opening-chapters.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportWords } from './report-words.ts';

/** Maps a dimension. */
const MOST_MAPS = 3;
/** Places that a map names. */
const MOST_PLACES = 10;
const NUMERALS = ['一', '二', '三', '四'];

/** With its full stop, once. */
const closed = (sentence: string, stop: string): string => (sentence.endsWith(stop) ? sentence : `${sentence}${stop}`);

function describe(detail: IndicatorDetail, w: ReportWords): Block {
  const { line } = detail;
  const reasons = detail.gradeSteps.map(({ text }) => w.say(text));
  if (line.missing !== null) {
    return { type: 'paragraph', text: [{ text: `${line.number ?? ''} ${w.say(line.name)}`.trim(), bold: true }, { text: w.t(`：缺失。${closed(line.missing.reason.zh, '。')}补充资料：${closed(line.missing.supply.zh, '。')}`, `: missing. ${closed(line.missing.reason.en, '.')} To be supplied: ${closed(line.missing.supply.en, '.')}`) }] };
  }
  const findings = line.findings === 0 ? '' : w.t(`，发现问题 ${line.findings} 处`, `; ${line.findings} ${line.findings === 1 ? 'finding' : 'findings'}`);
  return {
    type: 'paragraph',
    text: [
      { text: `${line.number ?? ''} ${w.say(line.name)}`.trim(), bold: true },
      { text: w.t(`：${w.value(line)}（${w.quality(line.quality)}）`, `: ${w.value(line)} (${w.quality(line.quality)})`) },
      { text: reasons.length === 0 ? w.t('；标准未给出限值，且无可比数据，未评级', '; no standard is printed and nothing can be compared: not graded') : `${w.t('；', '; ')}${reasons.join(w.t('；', '; '))}` },
      { text: `${findings}${w.t('。', '.')}` },
    ],
  };
}

function worst(detail: IndicatorDetail, level: string): PlaceValue[] {
  const sign = detail.line.direction === 'up' ? 1 : -1;
  const rank = { poor: 0, fair: 1, good: 2, 'very-good': 3 };
  return detail.places
    .filter(({ level: own, grade, outside, value }) => own === level && !outside && value !== null && (grade === 'poor' || grade === 'fair'))
    .toSorted((a, b) => rank[a.grade!] - rank[b.grade!] || sign * (a.value! - b.value!) || (b.population ?? 0) - (a.population ?? 0) || (a.placeId < b.placeId ? -1 : 1))
    .slice(0, MOST_PLACES);
}

/** The level a map shows: the indicator's own, or for what is judged for the city the blocks. */
function mapLevel({ line }: IndicatorDetail): string {
  return line.level === 'community' || line.level === 'building' ? 'community' : 'block';
}

function mapOf(detail: IndicatorDetail, input: ReportInput, w: ReportWords): Block[] {
  const level = mapLevel(detail);
  const places = worst(detail, level);
  const areas = input.areas.filter((area) => area.level === level);
  const values = detail.places.filter((place) => place.level === level);
  const map = drawGradeMap(areas, values, places.map(({ placeId }) => placeId), detail.line.name, w.language);
  // a map of one colour says nothing
  const grades = new Set(values.flatMap(({ grade, outside }) => (outside || grade === null ? [] : [grade])));
  if (map === undefined || places.length === 0 || areas.length < 2 || grades.size < 2) return [];
  return [
    { type: 'figure', caption: w.t(`${detail.line.name.zh}：各${level === 'block' ? '街区' : '小区（社区）'}评级`, `${detail.line.name.en}: grades of ${level === 'block' ? 'blocks' : 'communities'}`), scene: map.scene, legend: map.legend },
    {
      type: 'table', caption: w.t(`${detail.line.name.zh}：短板单元（图中编号）`, `${detail.line.name.en}: where it falls short (numbers of the map)`), empty: '—',
      columns: [{ header: w.t('编号', 'No.'), width: 1, align: 'centre' }, { header: w.t('空间单元', 'Place'), width: 4 }, { header: w.t('人口', 'Residents'), width: 2, align: 'end' }, { header: w.t('指标值', 'Value'), width: 2, align: 'end' }, { header: w.t('评级', 'Grade'), width: 2, align: 'centre' }],
      rows: places.map((place, i) => [String(i + 1), w.say(place.name), w.number(place.population), w.value({ value: place.value, unit: detail.line.unit }), w.grade(place.grade)]),
    },
  ];
}

export function dimensionChapters(input: ReportInput, w: ReportWords): Block[] {
  const blocks: Block[] = [{ type: 'heading', level: 1, newPage: true, text: w.t('四、分维度分析', '4. Dimension by dimension') }];
  input.overview.dimensions.forEach((dimension, i) => {
    const details = input.details.filter(({ line }) => line.set === 'national-2025' && line.dimension === dimension.id);
    blocks.push(
      { type: 'heading', level: 2, text: w.t(`（${NUMERALS[i]}）${dimension.name.zh}`, `4.${i + 1} ${dimension.name.en}`) },
      { type: 'paragraph', text: [{ text: w.t('维度评级：', 'Grade: ') }, w.dimensionGrade(dimension.grade), { text: w.t(`。${dimension.text.zh}${thinGrade(dimension, w)}。`, `. ${dimension.text.en}${thinGrade(dimension, w)}.`) }] },
      {
        type: 'table', caption: w.t(`${dimension.name.zh}指标结果`, `${dimension.name.en}: results`), empty: '—',
        columns: [
          { header: w.t('序号', 'No.'), width: 1, align: 'centre' }, { header: w.t('指标', 'Indicator'), width: 6 }, { header: w.t('结果', 'Result'), width: 3, align: 'end' },
          { header: w.t('标准', 'Standard'), width: 3, align: 'centre' }, { header: w.t('评级', 'Grade'), width: 2, align: 'centre' }, { header: w.t('数据性质', 'Quality'), width: 2, align: 'centre' },
        ],
        rows: details.map(({ line }) => [String(line.number ?? ''), w.say(line.name), w.value(line), w.standard(line.threshold), w.grade(line.grade), w.quality(line.quality)]),
      },
      ...details.filter(({ line }) => line.value !== null).map((detail) => describe(detail, w)),
    );
    const mapped = details.filter(({ line }) => line.findings > 0).toSorted((a, b) => b.line.findings - a.line.findings);
    let maps = 0;
    for (const detail of mapped) {
      if (maps === MOST_MAPS) break;
      const drawn = mapOf(detail, input, w);
      if (drawn.length > 0) maps++;
      blocks.push(...drawn);
    }
    const missing = details.filter(({ line }) => line.missing !== null);
    if (missing.length > 0) blocks.push({ type: 'heading', level: 3, text: w.t('缺失的指标', 'Missing indicators') }, ...missing.map((detail) => describe(detail, w)));
  });
  return blocks;
}
