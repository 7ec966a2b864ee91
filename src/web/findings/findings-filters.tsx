import { Button, Select } from 'antd';
import { useMemo } from 'react';
import type { CheckupOverview, FindingList } from '../../checkup/api.ts';
import { DIMENSION_WORDS, LEVEL_WORDS } from '../../checkup/findings/ledger-words.ts';
import { DIMENSIONS } from '../../checkup/model.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { TextFilter } from '../shell/text-filter.tsx';
import { FILTER_KEYS, ledgerQuery } from './findings-address.ts';
import type { FilterKey, LedgerFilter } from './findings-address.ts';
import { ledgerOptions } from './ledger-options.ts';

interface FindingsFiltersProps {
  readonly filter: LedgerFilter;
  readonly overview: CheckupOverview | undefined;
  readonly base: string;
  readonly version: string;
  readonly onFilter: (change: Record<string, string | undefined>) => void;
}

export function FindingsFilters({ filter, overview, base, version, onFilter }: FindingsFiltersProps) {
  const { t, pick } = useSpeech();
  const options = useMemo(() => ledgerOptions(pick), [pick]);
  const indicators = useMemo(() => overview?.indicators.filter(({ findings }) => findings > 0).map((line) => ({ value: line.id, label: `${line.number === null ? '' : `${line.number} `}${pick(line.name)} (${line.findings})` })) ?? [], [overview, pick]);
  const { places, bodies } = useKnown(base, version);
  const choices: { key: FilterKey; options: readonly { value: string; label: string }[]; search?: boolean }[] = [
    { key: 'kind', options: options.kind },
    { key: 'severity', options: options.severity.map(({ value, label }) => ({ value: String(value), label })) },
    { key: 'priority', options: options.priority },
    { key: 'dimension', options: DIMENSIONS.map((value) => ({ value, label: pick(DIMENSION_WORDS[value]) })) },
    { key: 'indicator', options: indicators, search: true },
    { key: 'level', options: ['community', 'block', 'district', 'city', 'zone'].map((value) => ({ value, label: pick(LEVEL_WORDS[value]) })) },
    { key: 'place', options: places, search: true },
    { key: 'body', options: bodies, search: true },
  ];
  const isFiltered = FILTER_KEYS.some((key) => key !== 'stage' && filter[key] !== undefined);
  return (
    <div className="findings-filters" role="search" aria-label={t.checkup.filters}>
      <TextFilter className="findings-text" label={t.findings.filters.q} value={filter.q ?? ''} onChange={(q) => onFilter({ q: q.trim() === '' ? undefined : q })} />
      {choices.map(({ key, options: of, search = false }) => (
        <Select
          key={key} allowClear aria-label={t.findings.filters[key]} placeholder={t.findings.filters[key]} value={filter[key]} options={[...of]} popupMatchSelectWidth={false}
          {...(search && { showSearch: { optionFilterProp: 'label' } })} onChange={(value: string | undefined) => onFilter({ [key]: value })}
        />
      ))}
      {isFiltered && <Button type="link" onClick={() => onFilter(Object.fromEntries(FILTER_KEYS.filter((key) => key !== 'stage').map((key) => [key, undefined])))}>{t.checkup.clearFilters}</Button>}
    </div>
  );
}

interface Known {
  readonly places: readonly { value: string; label: string }[];
  readonly bodies: readonly { value: string; label: string }[];
}

/** Places and responsible bodies that the ledger names. */
function useKnown(base: string, version: string): Known {
  const { pick } = useSpeech();
  const { data } = useResource<FindingList>(`${base}?${ledgerQuery({}, { limit: 10_000, order: 'place' })}`, version);
  return useMemo(() => {
    const places = new Map<string, string>();
    const bodies = new Set<string>();
    for (const finding of data?.findings ?? []) {
      places.set(finding.placeId, pick(finding.placeName));
      for (const body of finding.bodies) bodies.add(body);
    }
    return { places: [...places].map(([value, label]) => ({ value, label })), bodies: [...bodies].toSorted((a, b) => a.localeCompare(b, 'zh')).map((body) => ({ value: body, label: body })) };
  }, [data, pick]);
}
