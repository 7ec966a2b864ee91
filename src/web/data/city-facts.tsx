import type { CityDetail } from '../../base/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { groupName, sortGroups } from '../i18n/population-group.ts';

const MAX_GROUPS = 2;

/** What the present revision holds, as numbers side by side. */
export function CityFacts({ detail }: { detail: CityDetail }) {
  const { t, f, language } = useSpeech();
  const levels = Object.entries(detail.counts.places).filter(([level, count]) => count > 0 && level !== 'building');
  const groups = sortGroups(detail.population);
  const facts: [label: string, value: number][] = [
    ...groups.slice(0, MAX_GROUPS).map(({ group, persons }) => [group === 'total' ? t.data.population : groupName(group, language), persons] as [string, number]),
    [t.data.features, detail.counts.features],
    [t.data.facilities, detail.counts.facilities],
    ...levels.map(([level, count]) => [t.level[level] ?? level, count] as [string, number]),
  ];
  return (
    <dl className="city-strip" aria-label={t.data.holds}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{f.integer(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
