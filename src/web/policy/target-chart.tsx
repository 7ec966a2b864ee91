import { Skeleton } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import type { TargetLine } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useAppearance } from '../shell/appearance.tsx';

const Chart = lazy(() => import('../checkup/chart.tsx'));
const INK = { light: { line: '#0b6e69', quiet: '#5d6a67', grid: '#e1e6e3', target: '#0a5fa8', forecast: '#a05a00' }, dark: { line: '#4bb8ad', quiet: '#9caaa7', grid: '#28312f', target: '#7cbcf5', forecast: '#eab163' } } as const;

type Point = readonly [period: number, value: number];

/** Years along: what was measured, the straight path to the target, the forecast with its 80 % band, and the target as a line. Each with a stroke of its own. */
export function TargetChart({ target }: { target: TargetLine }) {
  const { t, f, pick } = useSpeech();
  const { shade } = useAppearance();
  const words = t.policy;
  const option = useMemo(() => {
    const ink = INK[shade];
    const { series, outlook: { path, forecast }, fields, goal, indicator } = target;
    const unit = indicator === null ? fields.unit : pick(indicator.unit);
    const points = (list: readonly { period: number; value: number }[]): Point[] => list.map(({ period, value }) => [period, value]);
    const due = fields.deadline === null ? undefined : Number(fields.deadline.slice(0, 4));
    const years = [...series, ...path, ...forecast].map(({ period }) => period).concat(due === undefined ? [] : [due]);
    const goals = goal === null ? [] : [goal.value, goal.comparator === 'between' ? goal.upper : null].filter((value): value is number => value !== null);
    const values = [...series.map(({ value }) => value), ...goals, ...path.map(({ value }) => value), ...forecast.flatMap(({ low, high }) => [low, high])];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = (high - low || Math.abs(high) || 1) * 0.1;
    return {
      grid: { left: 8, right: 18, top: 20, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis', confine: true, formatter: (given: unknown) => tooltipText(given, unit, f.measured) },
      xAxis: { type: 'value', min: Math.min(...years) - 0.5, max: Math.max(...years) + 0.5, minInterval: 1, splitLine: { show: false }, axisLine: { lineStyle: { color: ink.grid } }, axisTick: { show: false }, axisLabel: { color: ink.quiet, formatter: (year: number) => (Number.isInteger(year) ? String(year) : ''), hideOverlap: true } },
      yAxis: { type: 'value', min: Number((low - margin).toPrecision(3)), max: Number((high + margin).toPrecision(3)), splitLine: { lineStyle: { color: ink.grid } }, axisLabel: { color: ink.quiet, formatter: f.measured, hideOverlap: true } },
      series: [
        // the band: its lower edge without a stroke, and the width above it filled
        { type: 'line', name: '', data: points(forecast.map(({ period, low: value }) => ({ period, value }))), stack: 'band', stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } },
        { type: 'line', name: words.band, data: forecast.map(({ period, low: from, high: to }) => [period, to - from]), stack: 'band', stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, areaStyle: { color: ink.forecast, opacity: 0.18 } },
        { type: 'line', name: words.path, data: points(path), symbol: 'none', lineStyle: { color: ink.quiet, type: 'dotted', width: 1.8 }, itemStyle: { color: ink.quiet } },
        { type: 'line', name: words.forecast, data: points(forecast), symbol: 'none', lineStyle: { color: ink.forecast, type: 'dashed', width: 2 }, itemStyle: { color: ink.forecast } },
        {
          type: 'line', name: words.measured, data: points(series), symbolSize: 8, lineStyle: { color: ink.line, width: 2.5 }, itemStyle: { color: ink.line },
          markLine: {
            silent: true, symbol: 'none', label: { color: ink.target, fontSize: 11, position: 'insideStartTop', textBorderWidth: 0 },
            data: [
              ...goals.map((value) => ({ yAxis: value, lineStyle: { color: ink.target, type: 'solid', width: 1.6 }, label: { formatter: `${words.targetLine} ${f.measured(value)} ${unit}` } })),
              ...(due === undefined ? [] : [{ xAxis: due, lineStyle: { color: ink.target, type: 'dotted', width: 1 }, label: { show: false } }]),
            ],
          },
        },
      ],
    };
  }, [target, shade, pick, f, words]);
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 3 }} title={false} />}>
      <Chart option={option} height={190} label={words.chartLabel(target.fields.subject === '' ? target.quote : target.fields.subject)} />
    </Suspense>
  );
}

interface Hovered {
  readonly seriesName?: string;
  readonly marker?: string;
  readonly value?: unknown;
}

/** The year, and a line for each series but the band's lower edge. */
function tooltipText(given: unknown, unit: string, measured: (value: number) => string): string {
  const list = (Array.isArray(given) ? given : [given]) as Hovered[];
  const lines = list.flatMap(({ seriesName = '', marker = '', value }) => {
    if (!Array.isArray(value) || seriesName === '' || typeof value[1] !== 'number') return [];
    return [`${marker}${seriesName} ${measured(value[1])} ${escapeHtml(unit)}`];
  });
  const [first] = list;
  const year = Array.isArray(first?.value) ? String(first.value[0]) : '';
  return [year, ...lines].join('<br>');
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
