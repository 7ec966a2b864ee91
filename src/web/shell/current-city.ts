import { useLocation } from 'react-router-dom';
import type { CityJson } from '../../base/api.ts';
import { useCities } from '../cities/cities-context.tsx';
import { readSetting } from './settings.ts';

/** The city of the address; on pages without one, the city seen last, so that the navigation keeps leading back. */
export function useCurrentCity(): { cityId: string | undefined; city: CityJson | undefined } {
  const { pathname } = useLocation();
  const { find } = useCities();
  const [, first, second] = pathname.split('/');
  const fromPath = first !== '' && second !== undefined ? first : undefined;
  const cityId = fromPath ?? find(readSetting('city') ?? undefined)?.cityId;
  return { cityId, city: find(cityId) };
}
