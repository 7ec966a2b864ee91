const WIDTH = 58;
const HEIGHT = 18;
const EDGE = 3;

interface SparklineProps {
  readonly series: readonly { readonly period: number; readonly value: number | null }[];
  readonly label: string;
}

/** The course over the periods; nothing where there are fewer than two values. */
export function Sparkline({ series, label }: SparklineProps) {
  const known = series.filter((point): point is { period: number; value: number } => point.value !== null);
  if (known.length < 2) return null;
  const values = known.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [known[0].period, known[known.length - 1].period];
  const x = (period: number): number => EDGE + ((period - first) / (last - first)) * (WIDTH - 2 * EDGE);
  const y = (value: number): number => (high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline points={known.map(({ period, value }) => `${x(period).toFixed(1)},${y(value).toFixed(1)}`).join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx={x(last)} cy={y(values[values.length - 1])} r="2.4" fill="currentColor" />
    </svg>
  );
}
