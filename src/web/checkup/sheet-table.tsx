import { Fragment, useMemo } from 'react';
import type { PlaceSheet } from '../../checkup/api.ts';
import { DIMENSION_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { IndicatorGroup } from '../../checkup/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { GradeMark, QualityBadge, useThresholdText } from './marks.tsx';

export type SheetLine = PlaceSheet['indicators'][number];

/** Lines by dimension of the national list, then by group. */
export function useSheetGroups(lines: readonly SheetLine[]): { key: string; title: string; lines: SheetLine[] }[] {
  const { t, pick } = useSpeech();
  return useMemo(() => {
    const groups = new Map<string, SheetLine[]>();
    for (const line of lines) {
      const key = line.set === 'national-2025' && line.dimension !== null ? line.dimension : `group:${line.group}`;
      groups.set(key, [...(groups.get(key) ?? []), line]);
    }
    return [...groups].map(([key, of]) => ({ key, title: key.startsWith('group:') ? t.checkup.groups[key.slice(6) as IndicatorGroup] : pick(DIMENSION_WORDS[key as 'city']), lines: of }));
  }, [lines, t, pick]);
}

interface SheetTableProps {
  readonly lines: readonly SheetLine[];
  readonly against: number | undefined;
  readonly before: PlaceSheet | undefined;
  readonly onIndicator: (id: string) => void;
}

export function SheetTable({ lines, against, before, onIndicator }: SheetTableProps) {
  const { t, f, pick } = useSpeech();
  const thresholdText = useThresholdText();
  const groups = useSheetGroups(lines);
  const was = useMemo(() => new Map(before?.indicators.map(({ id, value }) => [id, value])), [before]);
  const rows = useArrowFocus({ rows: 'tbody tr', items: '.link-button' });
  const columns = before === undefined ? 4 : 5;
  return (
    <table ref={rows} className="plain-table sheet-table">
      <thead>
        <tr>
          <th scope="col">{t.checkup.indicator}</th>
          <th scope="col">{t.checkup.here}</th>
          {before !== undefined && <th scope="col">{t.checkup.changeSince(String(against))}</th>}
          <th scope="col">{t.checkup.cityMean}</th>
          <th scope="col">{t.checkup.rank}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group.key}>
            <tr className="sheet-group"><th colSpan={columns} scope="rowgroup">{group.title}</th></tr>
            {group.lines.map((line) => {
              const earlier = was.get(line.id);
              return (
                <tr key={line.id}>
                  <td>
                    <button type="button" className="link-button" onClick={() => onIndicator(line.id)}>{pick(line.name)}</button>
                    <span className="sheet-line-facts">
                      <QualityBadge quality={line.quality} />
                      {line.threshold !== null && <span className="quiet">{thresholdText(line.threshold, line.unit)}</span>}
                    </span>
                  </td>
                  <td className="number">
                    {line.value === null ? <span className="quiet">{t.checkup.noValue}</span> : <>{f.measured(line.value)} <small className="quiet">{f.unit(line.value, pick(line.unit))}</small></>}
                    {line.grade !== null && <GradeMark grade={line.grade} />}
                  </td>
                  {before !== undefined && <td className="number">{line.value === null || earlier == null ? '–' : f.change(line.value - earlier)}</td>}
                  <td className="number">{line.cityValue === null ? '–' : f.measured(line.cityValue)}</td>
                  <td className="number">{line.rank === null ? '–' : t.checkup.rankOf(f.integer(line.rank.at), f.integer(line.rank.of))}</td>
                </tr>
              );
            })}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
