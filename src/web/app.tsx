import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { CitiesProvider, useCities } from './cities/cities-context.tsx';
import { JobsProvider } from './jobs/jobs-context.tsx';
import { Busy } from './shell/busy.tsx';
import { NotFound } from './shell/not-found.tsx';
import { readSetting } from './shell/settings.ts';
import { Shell } from './shell/shell.tsx';
import { StartGate } from './start/start-gate.tsx';

const MapPage = lazy(() => import('./map/map-page.tsx'));
const DataPage = lazy(() => import('./data/data-page.tsx'));
const CheckupPage = lazy(() => import('./checkup/checkup-page.tsx'));
const FindingsPage = lazy(() => import('./findings/findings-page.tsx'));
const PoliciesPage = lazy(() => import('./policy/policies-page.tsx'));
const DocumentPage = lazy(() => import('./policy/document-page.tsx'));
const TracePage = lazy(() => import('./policy/trace-page.tsx'));
const TargetsPage = lazy(() => import('./policy/targets-page.tsx'));
const TasksPage = lazy(() => import('./tasks/tasks-page.tsx'));
const CitiesPage = lazy(() => import('./cities/cities-page.tsx'));

/** `/` leads to the city seen last, or the first that has data; without one, to the list of cities. */
function Home() {
  const { cities, loading } = useCities();
  if (loading && cities.length === 0) return <Busy />;
  const last = readSetting('city');
  const city = cities.find((one) => one.cityId === last) ?? cities.find((one) => one.revision > 0) ?? cities[0];
  return <Navigate replace to={city === undefined ? '/cities' : `/${city.cityId}/map`} />;
}

function CityHome() {
  const { city } = useParams();
  return <Navigate replace to={`/${city}/map`} />;
}

export function App() {
  return (
    <StartGate>
      <JobsProvider>
        <CitiesProvider>
          <Shell>
            <Suspense fallback={<Busy />}>
              <Routes>
                <Route path="/" element={<Home />} />
                <Route path="/cities" element={<CitiesPage />} />
                <Route path="/:city" element={<CityHome />} />
                <Route path="/:city/map" element={<MapPage />} />
                <Route path="/:city/data" element={<DataPage />} />
                <Route path="/:city/checkup" element={<CheckupPage />} />
                <Route path="/:city/findings" element={<FindingsPage />} />
                <Route path="/:city/policies" element={<PoliciesPage />} />
                <Route path="/:city/policies/:document" element={<DocumentPage />} />
                <Route path="/:city/policies/:document/trace" element={<TracePage />} />
                <Route path="/:city/targets" element={<TargetsPage />} />
                <Route path="/:city/tasks" element={<TasksPage />} />
                <Route path="*" element={<NotFound />} />
              </Routes>
            </Suspense>
          </Shell>
        </CitiesProvider>
      </JobsProvider>
    </StartGate>
  );
}
