import { Pagination, Skeleton, Table, Tag } from 'antd';
import type { TableColumnsType } from 'antd';
import { useMemo } from 'react';
import type { FindingJson, FindingList } from '../../checkup/api.ts';
import { KIND_WORDS, LEVEL_WORDS, PRIORITY_WORDS, SEVERITY_WORDS, STAGE_WORDS } from '../../checkup/findings/ledger-words.ts';
import { useSpeech } from '../i18n/language.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { useNarrow } from '../shell/use-narrow.ts';
import { PAGE_ROWS } from './findings-address.ts';
import type { LedgerView, Order } from './findings-address.ts';

interface FindingsTableProps {
  readonly list: FindingList | undefined;
  readonly loading: boolean;
  readonly view: LedgerView;
  readonly chosen: ReadonlyMap<string, FindingJson>;
  readonly onChosen: (chosen: ReadonlyMap<string, FindingJson>) => void;
  readonly onOpen: (findingId: string) => void;
  readonly onPage: (page: number) => void;
  readonly onOrder: (order: Order) => void;
  readonly onFilter: (change: Record<string, string | undefined>) => void;
}

export function Severity({ severity }: { severity: number }) {
  const { pick } = useSpeech();
  const word = pick(SEVERITY_WORDS[severity - 1]);
  return <span className={`severity severity-${severity}`} title={word} aria-label={`${severity} ${word}`}>{severity}</span>;
}

export function FindingsTable({ list, loading, view, chosen, onChosen, onOpen, onPage, onOrder, onFilter }: FindingsTableProps) {
  const { t, f, pick } = useSpeech();
  const narrow = useNarrow();
  const columns = useMemo((): TableColumnsType<FindingJson> => {
    const sortable = (order: Order) => ({ sorter: true, sortDirections: ['descend' as const], sortOrder: view.order === order ? ('descend' as const) : null, showSorterTooltip: false });
    return [
      { key: 'severity', title: t.findings.fields.severity, width: 96, ...sortable('severity'), render: (_, { severity }) => <Severity severity={severity} /> },
      {
        key: 'problem', title: t.findings.fields.problem,
        render: (_, finding) => (
          <div className="finding-problem">
            <button type="button" className="link-button" onClick={() => onOpen(finding.findingId)}>{pick(finding.problem)}</button>
            {finding.note !== '' && <span className="quiet">{finding.note}</span>}
          </div>
        ),
      },
      {
        key: 'place', title: t.checkup.place, width: 130, ...sortable('place'),
        render: (_, { placeId, placeName, level }) => <><button type="button" className="link-button" onClick={() => onFilter({ place: placeId })}>{pick(placeName)}</button><br /><small className="quiet">{pick(LEVEL_WORDS[level])}</small></>,
      },
      {
        key: 'indicator', title: t.checkup.indicator, width: 190, ...sortable('indicator'),
        render: (_, { indicatorNumber, indicatorName, value, unit }) => <>{indicatorNumber !== null && <span className="indicator-number">{indicatorNumber}</span>}{pick(indicatorName)}{value !== null && <><br /><small className="quiet">{f.measured(value)} {f.unit(value, pick(unit))}</small></>}</>,
      },
      { key: 'persons', title: t.findings.fields.persons, width: 96, align: 'right', ...sortable('persons'), render: (_, { persons }) => (persons === null ? '–' : f.integer(persons)) },
      { key: 'kind', title: t.findings.fields.kind, width: 88, render: (_, { kind }) => <Tag color={kind === 'time-limited' ? 'warning' : 'default'}>{pick(KIND_WORDS[kind])}</Tag> },
      { key: 'stage', title: t.findings.fields.stage, width: 120, render: (_, { stage, deadline }) => <>{pick(STAGE_WORDS[stage])}{deadline !== null && <><br /><small className="quiet">{f.date(deadline)}</small></>}</> },
      { key: 'bodies', title: t.findings.fields.bodies, width: 150, render: (_, { bodies }) => (bodies.length === 0 ? '–' : bodies.join('、')) },
      { key: 'priority', title: t.findings.fields.priority, width: 76, render: (_, { priority, nextYear }) => <>{pick(PRIORITY_WORDS[priority])}{nextYear && <><br /><small className="quiet">{t.findings.nextYearShort}</small></>}</> },
    ];
  }, [t, f, pick, view.order, onOpen, onFilter]);

  const rows = useArrowFocus({ rows: 'tbody tr.ant-table-row', items: 'input[type="checkbox"], .link-button' });

  if (list === undefined) return loading ? <Skeleton active paragraph={{ rows: 10 }} /> : null;
  if (list.total === 0) return <EmptyState title={t.findings.emptyTitle} hint={t.findings.emptyHint} />;
  const pager = list.total > PAGE_ROWS && <Pagination className="findings-pager" size={narrow ? 'small' : undefined} current={view.page} pageSize={PAGE_ROWS} total={list.total} showSizeChanger={false} onChange={onPage} />;
  if (narrow) return <><Cards list={list} chosen={chosen} onChosen={onChosen} onOpen={onOpen} />{pager}</>;
  return (
    <>
      <div ref={rows} role="group" aria-label={t.findings.title} aria-description={t.findings.tableKeys}>
      <Table<FindingJson>
        className="findings-table"
        size="small"
        rowKey="findingId"
        loading={loading}
        columns={columns}
        dataSource={list.findings}
        pagination={false}
        scroll={{ x: 1240 }}
        sticky
        rowSelection={{
          preserveSelectedRowKeys: true,
          columnWidth: 44,
          selectedRowKeys: [...chosen.keys()],
          getTitleCheckboxProps: () => ({ 'aria-label': t.findings.choosePage }) as never,
          getCheckboxProps: (finding) => ({ 'aria-label': `${t.findings.choose}: ${pick(finding.problem)}` }) as never,
          onChange: (keys) => {
            const known = new Map([...chosen, ...list.findings.map((finding) => [finding.findingId, finding] as const)]);
            onChosen(new Map(keys.flatMap((key) => { const finding = known.get(String(key)); return finding === undefined ? [] : [[finding.findingId, finding] as const]; })));
          },
        }}
        onChange={(_, __, sorter) => {
          const { columnKey, order } = Array.isArray(sorter) ? sorter[0] : sorter;
          onOrder(order == null ? 'severity' : (columnKey as Order));
        }}
      />
      </div>
      <PrintedTable list={list} first={(view.page - 1) * PAGE_ROWS + 1} />
      {pager}
    </>
  );
}

/** What goes on paper: the table on the screen is wider than a page and scrolls. */
function PrintedTable({ list, first }: { list: FindingList; first: number }) {
  const { t, f, pick } = useSpeech();
  const names = t.findings.fields;
  return (
    <table className="plain-table findings-printed" aria-hidden="true">
      {list.total > list.findings.length && <caption>{t.findings.printedPart(f.integer(first), f.integer(first + list.findings.length - 1), f.integer(list.total))}</caption>}
      <thead><tr>{[names.severity, names.problem, t.checkup.place, names.kind, names.stage, names.bodies, names.deadline].map((name) => <th key={name}>{name}</th>)}</tr></thead>
      <tbody>
        {list.findings.map((finding) => (
          <tr key={finding.findingId}>
            <td>{finding.severity}</td><td>{pick(finding.problem)}</td><td>{pick(finding.placeName)}</td><td>{pick(KIND_WORDS[finding.kind])}</td><td>{pick(STAGE_WORDS[finding.stage])}</td><td>{finding.bodies.join('、')}</td>
            <td>{finding.deadline === null ? '' : f.date(finding.deadline)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ list, chosen, onChosen, onOpen }: Pick<FindingsTableProps, 'chosen' | 'onChosen' | 'onOpen'> & { list: FindingList }) {
  const { t, pick } = useSpeech();
  const cards = useArrowFocus({ rows: 'li', items: 'input, button' });
  function toggle(finding: FindingJson): void {
    const next = new Map(chosen);
    if (!next.delete(finding.findingId)) next.set(finding.findingId, finding);
    onChosen(next);
  }
  return (
    <ul ref={cards} className="finding-cards">
      {list.findings.map((finding) => (
        <li key={finding.findingId}>
          <input type="checkbox" checked={chosen.has(finding.findingId)} onChange={() => toggle(finding)} aria-label={`${t.findings.choose}: ${pick(finding.problem)}`} />
          <button type="button" onClick={() => onOpen(finding.findingId)}>
            <span className="finding-card-head"><Severity severity={finding.severity} /> <strong>{pick(finding.placeName)}</strong> <span className="quiet">{pick(KIND_WORDS[finding.kind])} · {pick(STAGE_WORDS[finding.stage])}</span></span>
            {pick(finding.problem)}
          </button>
        </li>
      ))}
    </ul>
  );
}
