import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { CityDetail, CityJson } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { groupName, sortGroups } from '../i18n/population-group.ts';
import { useJobs } from '../jobs/jobs-context.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { CityForm } from './city-form.tsx';
import { DeleteCity } from './delete-city.tsx';
import { useCities } from './cities-context.tsx';
import './cities.css';

export default function CitiesPage() {
  const { t } = useSpeech();
  const { cities, loading, error, reload } = useCities();
  const [editing, setEditing] = useState<CityJson | 'new' | undefined>(undefined);
  const [deleting, setDeleting] = useState<CityJson | undefined>(undefined);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t.cities.title}</h1>
          <p>{t.cities.intro}</p>
        </div>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {t.cities.create}
        </Button>
      </header>
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {loading && cities.length === 0 && <Skeleton active />}
      {!loading && error === undefined && cities.length === 0 && (
        <EmptyState title={t.cities.empty} hint={t.cities.emptyHint}>
          <Button type="primary" onClick={() => setEditing('new')}>
            {t.cities.create}
          </Button>
        </EmptyState>
      )}
      <ul className="city-cards">
        {cities.map((city) => (
          <CityCard key={city.cityId} city={city} onRename={() => setEditing(city)} onDelete={() => setDeleting(city)} />
        ))}
      </ul>
      {editing !== undefined && <CityForm editing={editing} onClose={() => setEditing(undefined)} />}
      {deleting !== undefined && <DeleteCity city={deleting} onClose={() => setDeleting(undefined)} />}
    </div>
  );
}

function CityCard({ city, onRename, onDelete }: { city: CityJson; onRename: () => void; onDelete: () => void }) {
  const { t, f, pick, language } = useSpeech();
  const { versionOf } = useJobs();
  const { data } = useResource<CityDetail>(cityPath(city.cityId), versionOf(city.cityId));
  const name = pick(city.name);
  const other = city.name[language === 'zh' ? 'en' : 'zh'];
  const drawn = data === undefined ? undefined : sortGroups(data.population)[0];
  const places = Object.entries(data?.counts.places ?? {})
    .filter(([level]) => level !== 'cell' && level !== 'building')
    .reduce((sum, [, count]) => sum + count, 0);
  const facts: [string, number | undefined][] = [
    [drawn === undefined || drawn.group === 'total' ? t.cities.population : groupName(drawn.group, language), drawn?.persons],
    [t.cities.features, data?.counts.features],
    [t.cities.facilities, data?.counts.facilities],
    [t.cities.places, data === undefined ? undefined : places],
  ];
  return (
    <li className="city-card">
      <div className="city-card-head">
        <h2>
          <Link to={`/${city.cityId}/map`}>{name}</Link>
        </h2>
        <span className="city-card-actions">
          <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t.cities.rename}: ${name}`} title={t.cities.rename} onClick={onRename} />
          <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={`${t.cities.delete}: ${name}`} title={t.cities.delete} onClick={onDelete} />
        </span>
      </div>
      <p className="quiet">
        {other !== '' && other !== name ? `${other} · ` : ''}
        <code>{city.cityId}</code>
      </p>
      {city.revision === 0 ? (
        <p className="city-card-empty quiet">{t.cities.noData}</p>
      ) : (
        <dl className="city-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dd>{value === undefined ? (data === undefined ? '…' : '–') : f.integer(value)}</dd>
              <dt>{label}</dt>
            </div>
          ))}
        </dl>
      )}
      <p className="city-card-foot quiet">
        <span>
          {t.cities.createdAt} {f.date(city.createdAt)}
        </span>
        {data !== undefined && <span>{`${t.cities.files} ${f.integer(data.counts.files)}`}</span>}
      </p>
    </li>
  );
}
