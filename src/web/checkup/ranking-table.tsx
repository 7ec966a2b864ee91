import { Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { useMemo } from 'react';
import type { IndicatorLine } from '../../checkup/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import type { PlaceValue } from './checkup-map.tsx';
import { classOf } from './classes.ts';
import type { Classes } from './classes.ts';
import { GradeMark } from './marks.tsx';

interface RankingTableProps {
  readonly line: IndicatorLine;
  readonly places: readonly PlaceValue[];
  /** Values of the period held beside this one. */
  readonly before: ReadonlyMap<string, PlaceValue> | undefined;
  readonly against: number | undefined;
  readonly classes: Classes;
  readonly chosen: string | undefined;
  /** A click on a row: the place on the map. */
  readonly onPlace: (placeId: string) => void;
  /** A click on its name: its sheet. */
  readonly onSheet: (placeId: string) => void;
}

/** Unknown values come last whichever way a column is sorted. */
function byNumber(read: (place: PlaceValue) => number | null | undefined) {
  return (a: PlaceValue, b: PlaceValue, order?: 'ascend' | 'descend' | null): number => {
    const [x, y] = [read(a), read(b)];
    if (x == null || y == null) return (x == null ? 1 : 0) - (y == null ? 1 : 0) === 0 ? 0 : (x == null ? 1 : -1) * (order === 'descend' ? -1 : 1);
    return x - y;
  };
}

/** Beyond this the ranking on paper stops, and says so. */
const MOST_PRINTED = 300;

export function RankingTable({ line, places, before, against, classes, chosen, onPlace, onSheet }: RankingTableProps) {
  const { t, f, pick } = useSpeech();
  const columns = useMemo((): TableColumnsType<PlaceValue> => {
    const change = (place: PlaceValue): number | undefined => {
      const was = before?.get(place.placeId)?.value;
      return was == null || place.value === null ? undefined : place.value - was;
    };
    return [
      {
        key: 'name', title: t.checkup.place, sorter: (a, b) => pick(a.name).localeCompare(pick(b.name), 'zh'),
        render: (_, place) => (
          <button type="button" className="link-button rank-place" aria-label={t.checkup.openSheet(pick(place.name))} onClick={(event) => { event.stopPropagation(); onSheet(place.placeId); }}>
            {line.level === 'cell' || place.level === 'cell' ? <code>{place.placeId}</code> : pick(place.name)}
          </button>
        ),
      },
      {
        key: 'value', title: pick(line.unit), align: 'right', sorter: byNumber(({ value }) => value), defaultSortOrder: line.direction === 'up' ? 'ascend' : 'descend',
        render: (_, place) => (place.value === null ? <span className="quiet">–</span> : (
          <span className="rank-value">{!place.outside && <span className="grade-square" style={{ background: classOf(classes, place.value)?.colour }} aria-hidden="true" />}{f.measured(place.value)}</span>
        )),
      },
      ...(before === undefined ? [] : [{ key: 'change', title: t.checkup.changeSince(String(against)), align: 'right' as const, sorter: byNumber(change), render: (_: unknown, place: PlaceValue) => { const by = change(place); return by === undefined ? '–' : f.change(by); } }]),
      { key: 'grade', title: t.checkup.grade, render: (_, place) => (place.outside ? <span className="quiet">{t.checkup.outsideShort}</span> : <GradeMark grade={place.grade} />) },
      { key: 'population', title: t.checkup.population, align: 'right', sorter: byNumber(({ population }) => population), render: (_, { population }) => (population === null ? '–' : f.integer(population)) },
    ];
  }, [t, f, pick, line, before, against, classes, onSheet]);
  const rows = useArrowFocus({ rows: 'tbody tr.ant-table-row', items: '.link-button' });
  return (
    <div ref={rows}>
    <Table<PlaceValue>
      className="ranking"
      size="small"
      rowKey="placeId"
      columns={columns}
      dataSource={places as PlaceValue[]}
      pagination={places.length > 12 ? { pageSize: 12, size: 'small', showSizeChanger: false } : false}
      rowClassName={({ placeId }) => (placeId === chosen ? 'rank-chosen' : '')}
      onRow={({ placeId }) => ({ onClick: () => onPlace(placeId) })}
      locale={{ emptyText: t.checkup.noPlaces }}
    />
    <PrintedRanking line={line} places={places} />
    </div>
  );
}

/** What goes on paper: every place from the worst, not the page of the table that happens to be open. */
function PrintedRanking({ line, places }: Pick<RankingTableProps, 'line' | 'places'>) {
  const { t, f, pick } = useSpeech();
  const order = useMemo(() => places.filter(({ outside }) => !outside).toSorted((a, b) => byNumber(({ value }) => value)(a, b, 'ascend') * (line.direction === 'up' || a.value === null || b.value === null ? 1 : -1)), [places, line.direction]);
  return (
    <table className="plain-table on-paper ranking-printed" aria-hidden="true">
      <thead><tr>{[t.checkup.place, pick(line.unit), t.checkup.grade, t.checkup.population].map((name) => <th key={name}>{name}</th>)}</tr></thead>
      <tbody>
        {order.slice(0, MOST_PRINTED).map((place) => (
          <tr key={place.placeId}>
            <td>{place.level === 'cell' ? place.placeId : pick(place.name)}</td><td className="number">{place.value === null ? '–' : f.measured(place.value)}</td><td className="number"><GradeMark grade={place.grade} /></td>
            <td className="number">{place.population === null ? '–' : f.integer(place.population)}</td>
          </tr>
        ))}
      </tbody>
      {order.length > MOST_PRINTED && <tfoot><tr><td colSpan={4}>{t.checkup.partOf(f.integer(MOST_PRINTED), f.integer(order.length))}</td></tr></tfoot>}
    </table>
  );
}
