import { FilterOutlined } from '@ant-design/icons';
import { Button, Input, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { TaskList } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { TextFilter } from '../shell/text-filter.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { taskOptions } from './task-options.ts';
import { FILTER_KEYS } from './tasks-address.ts';
import type { FilterKey, TaskFilter } from './tasks-address.ts';

interface TaskFiltersProps {
  readonly filter: TaskFilter;
  /** The whole ledger, for the names that there are. */
  readonly whole: TaskList | undefined;
  readonly onFilter: (change: Readonly<Record<string, string | undefined>>) => void;
  readonly onClear: () => void;
}

export function TaskFilters({ filter, whole, onFilter, onClear }: TaskFiltersProps) {
  const { t, f, pick } = useSpeech();
  const narrow = useNarrow();
  const [unfolded, setUnfolded] = useState(false);
  const options = useMemo(() => taskOptions(pick), [pick]);
  const named = (list: readonly { name: string; tasks: number }[] | undefined) => (list ?? []).map(({ name, tasks }) => ({ value: name, label: `${name} (${tasks})` }));
  const choices: { key: FilterKey; options: readonly { value: string; label: string }[]; search?: boolean }[] = [
    { key: 'state', options: options.state },
    { key: 'source', options: options.source },
    { key: 'document', options: (whole?.documents ?? []).map(({ documentId, title, tasks }) => ({ value: documentId, label: `${title} (${tasks})` })), search: true },
    // without counts: those of the ledger are of lead bodies, and the filter takes supporting ones too
    { key: 'body', options: (whole?.bodies ?? []).map(({ name }) => ({ value: name, label: name })), search: true },
    { key: 'district', options: named(whole?.districts), search: true },
  ];
  const set = FILTER_KEYS.filter((key) => key !== 'light' && key !== 'q' && filter[key] !== undefined).length;
  const isFiltered = set > 0 || filter.q !== undefined;
  return (
    <div className="tasks-filters" role="search" aria-label={t.tasks.filtersLabel}>
      <TextFilter className="findings-text" label={t.tasks.filters.q} value={filter.q ?? ''} onChange={(q) => onFilter({ q: q.trim() === '' ? undefined : q })} />
      {narrow && <Button aria-expanded={unfolded} icon={<FilterOutlined />} onClick={() => setUnfolded(!unfolded)}>{t.tasks.filtersLabel}{set > 0 && ` (${f.integer(set)})`}</Button>}
      {(!narrow || unfolded) && choices.map(({ key, options: of, search = false }) => (
        <Select
          key={key} allowClear aria-label={t.tasks.filters[key as 'state']} placeholder={t.tasks.filters[key as 'state']} value={filter[key]} options={[...of]} popupMatchSelectWidth={false} classNames={{ popup: { root: 'tasks-popup' } }}
          {...(search && { showSearch: { optionFilterProp: 'label' } })} onChange={(value: string | undefined) => onFilter({ [key]: value })}
        />
      ))}
      {(!narrow || unfolded) && (['dueFrom', 'dueTo'] as const).map((key) => (
        <label key={key} className="tasks-due"><span className="quiet">{t.tasks.filters[key]}</span> <Input type="date" value={filter[key] ?? ''} onChange={({ target }) => (target.value === '' || target.value >= '1900') && onFilter({ [key]: target.value === '' ? undefined : target.value })} /></label>
      ))}
      {filter.lead !== undefined && <Tag closable className="tasks-lead" onClose={(event) => { event.preventDefault(); onFilter({ lead: undefined }); }}>{t.tasks.leadIs(filter.lead)}</Tag>}
      {isFiltered && <Button type="link" onClick={onClear}>{t.tasks.clearFilters}</Button>}
    </div>
  );
}
