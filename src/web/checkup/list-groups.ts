/** The list of indicators as it is read: the four dimensions of the national list first, then the further sets by group. */
import type { DimensionLine, IndicatorLine } from '../../checkup/api.ts';
import type { DimensionId, IndicatorGroup } from '../../checkup/model.ts';
import type { ListFilter } from './checkup-address.ts';

export interface ListGroup {
  readonly key: DimensionId | `group:${IndicatorGroup}`;
  readonly dimension: DimensionLine | undefined;
  readonly group: IndicatorGroup | undefined;
  readonly lines: readonly IndicatorLine[];
}

function fits(line: IndicatorLine, { text, set, dimension, grade, quality }: ListFilter): boolean {
  if (set !== undefined && line.set !== set) return false;
  if (dimension !== undefined && line.dimension !== dimension) return false;
  if (quality !== undefined && line.quality !== quality) return false;
  if (grade !== undefined && (line.grade ?? 'none') !== grade) return false;
  const words = text.trim().toLowerCase();
  return words === '' || [line.name.zh, line.name.en, line.id, line.number === null ? '' : String(line.number)].some((field) => field.toLowerCase().includes(words));
}

export function groupIndicators(dimensions: readonly DimensionLine[], indicators: readonly IndicatorLine[], filter: ListFilter): ListGroup[] {
  const fitting = indicators.filter((line) => fits(line, filter));
  const national = (line: IndicatorLine): boolean => line.set === 'national-2025';
  const byDimension = dimensions.map((dimension): ListGroup => ({
    key: dimension.id, dimension, group: undefined, lines: fitting.filter((line) => national(line) && line.dimension === dimension.id).toSorted((a, b) => (a.number ?? 99) - (b.number ?? 99)),
  }));
  const others = new Map<IndicatorGroup, IndicatorLine[]>();
  for (const line of fitting) if (!national(line)) others.set(line.group, [...(others.get(line.group) ?? []), line]);
  return [...byDimension, ...[...others].map(([group, lines]): ListGroup => ({ key: `group:${group}`, dimension: undefined, group, lines }))].filter(({ lines }) => lines.length > 0);
}
