import { Skeleton } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import type { IndicatorLine } from '../../checkup/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useAppearance } from '../shell/appearance.tsx';
import type { PlaceValue } from './checkup-map.tsx';
import { classOf } from './classes.ts';
import type { Classes } from './classes.ts';
import { NO_VALUE } from './choropleth-style.ts';
import { useThresholdText } from './marks.tsx';

const Chart = lazy(() => import('./chart.tsx'));
const INK = { light: { line: '#0b6e69', quiet: '#5d6a67', grid: '#e1e6e3', standard: '#7a1f5c', target: '#0a5fa8' }, dark: { line: '#4bb8ad', quiet: '#9caaa7', grid: '#28312f', standard: '#ff9bd3', target: '#7cbcf5' } } as const;

/** What policy documents ask of an indicator: values, in its unit, each a line of its own. */
export interface ChartTarget {
  readonly value: number;
  readonly label: string;
}
const NO_TARGETS: readonly ChartTarget[] = [];

function useMarkLine(line: IndicatorLine, targets: readonly ChartTarget[] = NO_TARGETS): Record<string, unknown> | undefined {
  const { shade } = useAppearance();
  const { t } = useSpeech();
  const thresholdText = useThresholdText();
  return useMemo(() => {
    const asked = targets.map(({ value, label }) => ({ yAxis: value, lineStyle: { color: INK[shade].target, type: 'solid' }, label: { formatter: label, color: INK[shade].target, position: 'insideEndTop' } }));
    if (line.threshold === null) return asked.length === 0 ? undefined : { silent: true, symbol: 'none', label: { textBorderWidth: 0, fontSize: 11 }, data: asked };
    const { value, upper, op } = line.threshold;
    const label = `${t.checkup.standard} ${thresholdText(line.threshold, line.unit)}`;
    return {
      silent: true, symbol: 'none', lineStyle: { color: INK[shade].standard, type: 'dashed', width: 1.5 }, label: { formatter: label, position: 'insideStartTop', textBorderWidth: 0, color: INK[shade].standard, fontSize: 11 },
      data: [{ yAxis: value }, ...(op === 'between' && upper !== undefined ? [{ yAxis: upper }] : []), ...asked],
    };
  }, [line, shade, t, thresholdText, targets]);
}

/** The axis goes as far as the standard and the targets, also where no value does. */
function reachOf({ threshold }: IndicatorLine, targets: readonly ChartTarget[] = NO_TARGETS): ((extent: { max: number }) => number | undefined) | undefined {
  if (threshold === null && targets.length === 0) return undefined;
  const highest = Math.max(threshold === null ? -Infinity : (threshold.upper ?? threshold.value), ...targets.map(({ value }) => value));
  return ({ max }) => (max >= highest ? undefined : Number((highest * 1.1).toPrecision(2)));
}

/** Periods along, the standard and the targets of policy documents as lines. */
export function SeriesChart({ line, targets }: { line: IndicatorLine; targets?: readonly ChartTarget[] }) {
  const { t, f, pick } = useSpeech();
  const { shade } = useAppearance();
  const markLine = useMarkLine(line, targets);
  const ink = INK[shade];
  const option = useMemo(() => ({
    grid: { left: 8, right: 12, top: 24, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => (typeof value === 'number' ? `${f.measured(value)} ${pick(line.unit)}` : '–') },
    xAxis: { type: 'category', data: line.series.map(({ period }) => String(period)), axisLine: { lineStyle: { color: ink.grid } }, axisLabel: { color: ink.quiet }, axisTick: { show: false } },
    yAxis: { type: 'value', scale: line.threshold === null, max: reachOf(line, targets), splitLine: { lineStyle: { color: ink.grid } }, axisLabel: { color: ink.quiet, formatter: f.measured } },
    series: [{ type: 'line', name: pick(line.name), data: line.series.map(({ value }) => value), symbolSize: 8, itemStyle: { color: ink.line }, lineStyle: { color: ink.line, width: 2.5 }, ...(markLine !== undefined && { markLine }) }],
  }), [line, targets, f, pick, ink, markLine]);
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 3 }} title={false} />}>
      <Chart option={option} height={170} label={t.checkup.seriesLabel(pick(line.name))} />
    </Suspense>
  );
}

/** Places from the least to the most, each in its colour of the map. */
export function PlacesChart({ line, places, classes, onPlace }: { line: IndicatorLine; places: readonly PlaceValue[]; classes: Classes; onPlace: (placeId: string) => void }) {
  const { t, f, pick } = useSpeech();
  const { shade } = useAppearance();
  const markLine = useMarkLine(line);
  const ink = INK[shade];
  const sorted = useMemo(() => places.filter((place): place is PlaceValue & { value: number } => place.value !== null && !place.outside).toSorted((a, b) => a.value - b.value), [places]);
  const option = useMemo(() => ({
    grid: { left: 8, right: 12, top: 24, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value: unknown) => (typeof value === 'number' ? `${f.measured(value)} ${pick(line.unit)}` : '–') },
    xAxis: { type: 'category', data: sorted.map(({ name }) => pick(name)), axisLabel: { show: sorted.length <= 16, color: ink.quiet, rotate: sorted.length > 4 ? 40 : 0, fontSize: 11 }, axisTick: { show: false }, axisLine: { lineStyle: { color: ink.grid } } },
    yAxis: { type: 'value', max: reachOf(line), splitLine: { lineStyle: { color: ink.grid } }, axisLabel: { color: ink.quiet, formatter: f.measured } },
    series: [{ type: 'bar', name: pick(line.name), barCategoryGap: sorted.length > 60 ? '5%' : '22%', data: sorted.map(({ value }) => ({ value, itemStyle: { color: classOf(classes, value)?.colour ?? NO_VALUE[shade] } })), ...(markLine !== undefined && { markLine }) }],
  }), [sorted, line, f, pick, ink, markLine, classes, shade]);
  if (sorted.length < 2) return null;
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 3 }} title={false} />}>
      <Chart option={option} height={sorted.length <= 16 ? 210 : 160} label={t.checkup.placesLabel(pick(line.name), f.integer(sorted.length))} onClick={({ dataIndex }) => onPlace(sorted[dataIndex].placeId)} />
    </Suspense>
  );
}
