import type { z } from 'zod';
import type { checkupListSchema, CheckupOverview, IndicatorDetail, PlaceSheet } from '../../checkup/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import type { Resource } from '../api/use-resource.ts';
import type { DetailFeatures } from './choropleth-style.ts';

export type CheckupList = z.infer<typeof checkupListSchema>;
export type CheckupState = CheckupList['checkups'][number];

export function checkupPath(cityId: string, period: number, ...parts: string[]): string {
  return cityPath(cityId, 'checkups', period, ...parts);
}

export function useCheckups(cityId: string, version: number): Resource<CheckupList> {
  return useResource<CheckupList>(cityPath(cityId, 'checkups'), version);
}

/** @param period undefined where there is no check-up: nothing is asked for */
export function useOverview(cityId: string, period: number | undefined, version: number): Resource<CheckupOverview> {
  return useResource<CheckupOverview>(period === undefined ? undefined : checkupPath(cityId, period), version);
}

export function useIndicator(cityId: string, period: number | undefined, id: string | undefined, level: string | undefined, version: number): Resource<IndicatorDetail> {
  const path = period === undefined || id === undefined ? undefined : checkupPath(cityId, period, 'indicators', id);
  // cells come only where they are asked for
  return useResource<IndicatorDetail>(path === undefined ? undefined : level === 'cell' ? `${path}?level=cell` : path, version);
}

export function useSheet(cityId: string, period: number | undefined, placeId: string | undefined, version: number): Resource<PlaceSheet> {
  return useResource<PlaceSheet>(period === undefined || placeId === undefined ? undefined : checkupPath(cityId, period, 'places', placeId), version);
}

/** @param wanted false where the server has said that there is nothing, or that the city has changed since */
export function useBehind(cityId: string, period: number | undefined, id: string | undefined, wanted: boolean, version: number): Resource<DetailFeatures> {
  return useResource<DetailFeatures>(!wanted || period === undefined || id === undefined ? undefined : `${checkupPath(cityId, period, 'indicators', id)}/detail?limit=20000`, version);
}
