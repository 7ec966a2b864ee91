import { Select, Skeleton } from 'antd';
import { Fragment, useMemo } from 'react';
import type { PlaceSheet } from '../../checkup/api.ts';
import type { Resource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { ProblemAlert } from '../shell/problem.tsx';
import type { PlaceValue } from './checkup-map.tsx';
import { GradeMark } from './marks.tsx';
import { useSheetGroups } from './sheet-table.tsx';
import type { SheetLine } from './sheet-table.tsx';

interface CompareProps {
  readonly first: Resource<PlaceSheet>;
  readonly second: Resource<PlaceSheet>;
  readonly places: readonly PlaceValue[];
  readonly chosen: readonly [string | undefined, string | undefined];
  readonly onChoose: (place: string | undefined, beside: string | undefined) => void;
  readonly onIndicator: (id: string) => void;
}

/** Two places side by side, the city beside them. */
export function Compare({ first, second, places, chosen: [a, b], onChoose, onIndicator }: CompareProps) {
  const { t, f, pick } = useSpeech();
  const options = useMemo(() => places.filter(({ level }) => level !== 'cell').map(({ placeId, name }) => ({ value: placeId, label: pick(name) })), [places, pick]);
  const named = (sheet: PlaceSheet | undefined) => (sheet !== undefined && !options.some(({ value }) => value === sheet.placeId) ? [{ value: sheet.placeId, label: pick(sheet.name) }, ...options] : options);
  const lines = useMemo(() => first.data?.indicators.filter((line) => line.value !== null || second.data?.indicators.some((other) => other.id === line.id && other.value !== null)) ?? [], [first.data, second.data]);
  const groups = useSheetGroups(lines);
  const others = useMemo(() => new Map(second.data?.indicators.map((line) => [line.id, line])), [second.data]);
  const rows = useArrowFocus({ rows: 'tbody tr', items: '.link-button' });
  const error = first.error ?? second.error;
  const choose = { showSearch: { optionFilterProp: 'label' }, size: 'small' as const };
  return (
    <section className="compare" aria-label={t.checkup.compare}>
      <div className="compare-choices">
        <Select {...choose} aria-label={t.checkup.firstPlace} placeholder={t.checkup.firstPlace} value={a} options={named(first.data)} onChange={(value) => onChoose(value, b)} />
        <Select {...choose} allowClear aria-label={t.checkup.secondPlace} placeholder={t.checkup.secondPlace} value={b} options={named(second.data)} onChange={(value: string | undefined) => onChoose(a, value)} />
      </div>
      {error !== undefined && <ProblemAlert problem={error} />}
      {(a === undefined || b === undefined) && <p className="quiet panel-hint">{t.checkup.compareHint}</p>}
      {((a !== undefined && first.data === undefined) || (b !== undefined && second.data === undefined)) && error === undefined && <Skeleton active />}
      {first.data !== undefined && second.data !== undefined && (
        <table ref={rows} className="plain-table sheet-table">
          <thead><tr><th scope="col">{t.checkup.indicator}</th><th scope="col">{pick(first.data.name)}</th><th scope="col">{pick(second.data.name)}</th><th scope="col">{t.checkup.cityMean}</th></tr></thead>
          <tbody>
            <tr><td>{t.checkup.population}</td><td className="number">{f.integer(first.data.population ?? 0)}</td><td className="number">{f.integer(second.data.population ?? 0)}</td><td /></tr>
            <tr><td>{t.checkup.findings}</td><td className="number">{f.integer(first.data.findings.length)}</td><td className="number">{f.integer(second.data.findings.length)}</td><td /></tr>
            {groups.map((group) => (
              <Fragment key={group.key}>
                <tr className="sheet-group"><th colSpan={4} scope="rowgroup">{group.title}</th></tr>
                {group.lines.map((line) => {
                  const other = others.get(line.id);
                  const better = betterOf(line, other);
                  return (
                    <tr key={line.id}>
                      <td><button type="button" className="link-button" onClick={() => onIndicator(line.id)}>{pick(line.name)}</button> <small className="quiet">{pick(line.unit)}</small></td>
                      <ValueCell line={line} better={better < 0} />
                      <ValueCell line={other} better={better > 0} />
                      <td className="number quiet">{line.cityValue === null ? '–' : f.measured(line.cityValue)}</td>
                    </tr>
                  );
                })}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Below 0: the first is better; above: the second; 0 where neither is, or where more is neither good nor bad. */
function betterOf(line: SheetLine, other: SheetLine | undefined): number {
  if (line.value === null || other === undefined || other.value === null || line.direction === 'band' || line.direction === 'inventory') return 0;
  return line.direction === 'up' ? other.value - line.value : line.value - other.value;
}

function ValueCell({ line, better }: { line: SheetLine | undefined; better: boolean }) {
  const { t, f } = useSpeech();
  return (
    <td className={better ? 'number compare-better' : 'number'}>
      {line?.value == null ? '–' : f.measured(line.value)}
      {better && <span className="visually-hidden"> {t.checkup.better}</span>}
      {line?.grade != null && <GradeMark grade={line.grade} />}
    </td>
  );
}
