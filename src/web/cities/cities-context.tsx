import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { CityJson, cityListSchema } from '../../base/api.ts';
import type { RequestError } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useJobs } from '../jobs/jobs-context.tsx';

interface Cities {
  readonly cities: readonly CityJson[];
  readonly loading: boolean;
  readonly error: RequestError | undefined;
  find(cityId: string | undefined): CityJson | undefined;
  reload(): void;
}

const CitiesContext = createContext<Cities | undefined>(undefined);

export function CitiesProvider({ children }: { children: ReactNode }) {
  const { jobs } = useJobs();
  // a finished job may have made a city, or given one its first data
  const finished = jobs.filter((job) => job.state === 'done').length;
  const { data, loading, error, reload } = useResource<z.infer<typeof cityListSchema>>('/api/cities', finished);
  const value = useMemo<Cities>(() => {
    const cities = data?.cities ?? [];
    return { cities, loading, error, reload, find: (cityId) => cities.find((city) => city.cityId === cityId) };
  }, [data, loading, error, reload]);
  return <CitiesContext value={value}>{children}</CitiesContext>;
}

export function useCities(): Cities {
  const cities = useContext(CitiesContext);
  if (cities === undefined) throw new Error('useCities outside CitiesProvider');
  return cities;
}
