import { useParams } from 'react-router-dom';
import { useCities } from '../cities/cities-context.tsx';
import { useJobs } from '../jobs/jobs-context.tsx';
import { Busy } from '../shell/busy.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { TaskLedger } from './task-ledger.tsx';
import '../data/data.css';
import '../checkup/checkup.css';
import '../findings/findings.css';
import './tasks.css';

/** A ledger of tasks needs no data of the city: documents, meetings and lists are enough. */
export default function TasksPage() {
  const { city: cityId = '' } = useParams();
  const { find, loading, cities } = useCities();
  const { versionOf } = useJobs();
  const city = find(cityId);
  if (city === undefined) return loading && cities.length === 0 ? <Busy /> : <NotFound />;
  return <TaskLedger key={cityId} city={city} version={versionOf(cityId)} />;
}
