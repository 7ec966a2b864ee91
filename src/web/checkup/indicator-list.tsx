import { DownOutlined, FilterOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons';
import { Badge, Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { CheckupOverview, IndicatorLine } from '../../checkup/api.ts';
import { DIMENSION_WORDS, GRADE_WORDS, QUALITY_WORDS } from '../../checkup/findings/ledger-words.ts';
import { DIMENSIONS, GRADES, INDICATOR_SETS } from '../../checkup/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { ClearIcon } from '../shell/clear-icon.tsx';
import type { ListFilter } from './checkup-address.ts';
import { groupIndicators } from './list-groups.ts';
import type { ListGroup } from './list-groups.ts';
import { DimensionMark, GradeMark, QualityBadge } from './marks.tsx';
import { Sparkline } from './sparkline.tsx';

interface IndicatorListProps {
  readonly overview: CheckupOverview;
  readonly chosen: string | undefined;
  readonly filter: ListFilter;
  readonly onFilter: (change: Record<string, string | undefined>) => void;
  /** @param byKey chosen with the Enter key: what it opens gets the focus */
  readonly onChoose: (id: string, byKey: boolean) => void;
}

export function IndicatorList({ overview, chosen, filter, onFilter, onChoose }: IndicatorListProps) {
  const { t, f } = useSpeech();
  const groups = useMemo(() => groupIndicators(overview.dimensions, overview.indicators, filter), [overview, filter]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const narrowed = [filter.set, filter.dimension, filter.grade, filter.quality].filter((one) => one !== undefined).length;
  const [showFilters, setShowFilters] = useState(narrowed > 0);
  const list = useArrowFocus({ rows: 'h3, li', items: 'button' });
  const shown = groups.reduce((sum, { lines }) => sum + lines.length, 0);

  function toggle(key: string): void {
    const next = new Set(closed);
    if (!next.delete(key)) next.add(key);
    setClosed(next);
  }

  return (
    <div className="indicator-list">
      <div className="indicator-search">
        <Input allowClear={{ clearIcon: <ClearIcon /> }} prefix={<SearchOutlined aria-hidden="true" />} aria-label={t.checkup.search} placeholder={t.checkup.search} value={filter.text} onChange={(event) => onFilter({ q: event.target.value })} onKeyDown={(event) => { if (event.key === 'Escape' && filter.text !== '') { event.stopPropagation(); onFilter({ q: undefined }); } }} />
        <Badge count={narrowed} size="small" color="var(--brand)">
          <Button icon={<FilterOutlined />} aria-label={t.checkup.filters} title={t.checkup.filters} aria-expanded={showFilters} onClick={() => setShowFilters(!showFilters)} />
        </Badge>
      </div>
      {showFilters && <Filters filter={filter} onFilter={onFilter} />}
      <p className="indicator-count quiet" role="status">{t.checkup.shownOf(f.integer(shown), f.integer(overview.indicators.length))}</p>
      {groups.length === 0 && (
        <p className="indicator-none">
          {t.checkup.noneFit} <button type="button" className="link-button" onClick={() => onFilter({ q: undefined, set: undefined, dimension: undefined, grade: undefined, quality: undefined })}>{t.checkup.clearFilters}</button>
        </p>
      )}
      <div ref={list} className="indicator-groups" role="group" aria-label={t.checkup.indicators} aria-description={t.checkup.listKeys}>
      {groups.map((group) => (
        <section key={group.key} className="indicator-group">
          <GroupHead group={group} open={!closed.has(group.key)} onToggle={() => toggle(group.key)} onFold={(open) => open === closed.has(group.key) && toggle(group.key)} />
          {!closed.has(group.key) && (
            <ul>
              {group.lines.map((line) => (
                <li key={line.id}>
                  <IndicatorRow line={line} chosen={line.id === chosen} onChoose={(byKey) => onChoose(line.id, byKey)} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
      </div>
    </div>
  );
}

function Filters({ filter, onFilter }: Pick<IndicatorListProps, 'filter' | 'onFilter'>) {
  const { t, pick } = useSpeech();
  const choices: [key: 'set' | 'dimension' | 'grade' | 'quality', label: string, options: { value: string; label: string }[]][] = [
    ['set', t.checkup.set, INDICATOR_SETS.map((value) => ({ value, label: t.checkup.sets[value] }))],
    ['dimension', t.checkup.dimension, DIMENSIONS.map((value) => ({ value, label: pick(DIMENSION_WORDS[value]) }))],
    ['grade', t.checkup.grade, [...GRADES.map((value) => ({ value: value as string, label: pick(GRADE_WORDS[value]) })), { value: 'none', label: t.checkup.notGraded }]],
    ['quality', t.checkup.quality, (['measured', 'proxy', 'reported', 'missing'] as const).map((value) => ({ value, label: pick(QUALITY_WORDS[value]) }))],
  ];
  return (
    <div className="indicator-filters">
      {choices.map(([key, label, options]) => (
        <Select key={key} allowClear size="small" aria-label={label} placeholder={label} value={filter[key]} onChange={(value: string | undefined) => onFilter({ [key]: value })} options={options} popupMatchSelectWidth={false} />
      ))}
    </div>
  );
}

function GroupHead({ group: { dimension, group, lines }, open, onToggle, onFold }: { group: ListGroup; open: boolean; onToggle: () => void; onFold: (open: boolean) => void }) {
  const { t, f, pick } = useSpeech();
  function foldKeys(event: KeyboardEvent): void {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    onFold(event.key === 'ArrowRight');
  }
  const missing = lines.filter(({ quality }) => quality === 'missing').length;
  return (
    <h3 className="indicator-group-head">
      <button type="button" onClick={onToggle} onKeyDown={foldKeys} aria-expanded={open} title={dimension === undefined ? undefined : pick(dimension.text)}>
        {open ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
        <span className="indicator-group-name">{dimension === undefined ? (group === undefined ? '' : t.checkup.groups[group]) : pick(dimension.name)}</span>
        <span className="indicator-group-count quiet">{t.checkup.measuredOf(f.integer(lines.length - missing), f.integer(lines.length))}</span>
        {dimension !== undefined && <DimensionMark grade={dimension.grade} />}
      </button>
    </h3>
  );
}

function IndicatorRow({ line, chosen, onChoose }: { line: IndicatorLine; chosen: boolean; onChoose: (byKey: boolean) => void }) {
  const { t, f, pick } = useSpeech();
  return (
    <button type="button" className={`indicator-row${chosen ? ' indicator-row-chosen' : ''}`} aria-current={chosen ? 'true' : undefined} onClick={() => onChoose(false)} onKeyDown={(event) => { if (event.key === 'Enter' && !event.repeat) { event.preventDefault(); onChoose(true); } }}>
      <span className="indicator-name">
        {line.number !== null && <span className="indicator-number">{line.number}</span>}
        {pick(line.name)}
      </span>
      {line.missing === null ? (
        <span className="indicator-facts">
          <span className="indicator-value">
            {line.value === null ? t.checkup.noCityValue : <>{f.measured(line.value)} <small>{f.unit(line.value, pick(line.unit))}</small></>}
          </span>
          <Sparkline series={line.series} label={t.checkup.sparkline(line.series.map(({ period, value }) => `${period}: ${value === null ? '–' : f.measured(value)}`).join(', '))} />
          <QualityBadge quality={line.quality} />
          <GradeMark grade={line.grade} />
        </span>
      ) : (
        <span className="indicator-facts indicator-missing">
          <QualityBadge quality="missing" />
          <span className="indicator-why">{pick(line.missing.reason)}</span>
        </span>
      )}
    </button>
  );
}
