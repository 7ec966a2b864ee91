import type { FacilityDetail, FeatureDetail, PlaceDetail } from '../../base/api.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import { boxOf, fromGeoJson } from '../../engine/spatial/geometry.ts';
import { areaM2, lengthM } from '../../engine/spatial/measure.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import type { Resource } from '../api/use-resource.ts';
import type { Selection } from './map-address.ts';

/** What the inspector shows of a feature, a place or a facility, in one form. */
export interface Detail {
  readonly selection: Selection;
  readonly feature?: FeatureDetail;
  readonly place?: PlaceDetail;
  readonly facility?: FacilityDetail;
  readonly name: Bilingual | undefined;
  readonly geometry: FeatureDetail['geometry'] | undefined;
  readonly box: Box | undefined;
  readonly areaM2: number | undefined;
  readonly lengthM: number | undefined;
  readonly source: FeatureDetail['source'];
  readonly attributes: FeatureDetail['attributes'];
}

export function selectionPath(cityId: string, selection: Selection): string {
  const folder = { feature: 'features', place: 'places', facility: 'facilities' }[selection.type];
  // a feature's id is two parts of the path, batch and number; other ids are one part whatever they hold
  const parts = selection.type === 'feature' ? selection.id.split('/') : [selection.id];
  return cityPath(cityId, folder, ...parts);
}

type AnyDetail = FeatureDetail | PlaceDetail | FacilityDetail;

export function useSelectionDetail(cityId: string, selection: Selection | undefined, version: number): Resource<Detail> {
  const answer = useResource<AnyDetail>(selection && selectionPath(cityId, selection), version);
  const data = selection === undefined || answer.data === undefined ? undefined : cached(selection, answer.data);
  return { ...answer, data };
}

const details = new WeakMap<AnyDetail, Detail>();

/** The same answer gives the same object, so that what depends on it does not run again. */
function cached(selection: Selection, answer: AnyDetail): Detail {
  let detail = details.get(answer);
  if (detail === undefined) {
    detail = toDetail(selection, answer);
    details.set(answer, detail);
  }
  return detail;
}

function named(name: string | null, nameEn: string | null = null): Bilingual | undefined {
  const any = name ?? nameEn;
  return any === null ? undefined : { zh: any, en: nameEn ?? any };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function toDetail(selection: Selection, answer: AnyDetail): Detail {
  const { attributes, source } = answer;
  if ('featureId' in answer) {
    return {
      selection, feature: answer, attributes, source,
      name: named(answer.name, answer.nameEn),
      geometry: answer.geometry,
      box: answer.box,
      areaM2: answer.areaM2 ?? undefined,
      lengthM: answer.lengthM ?? undefined,
    };
  }
  if ('placeId' in answer) {
    return {
      selection, place: answer, attributes, source,
      name: answer.name,
      geometry: answer.geometry ?? undefined,
      box: answer.box ?? undefined,
      areaM2: answer.areaM2,
      lengthM: undefined,
    };
  }
  const geometry = fromGeoJson(answer.geometry);
  const area = areaM2(geometry);
  const length = lengthM(geometry);
  return {
    selection, facility: answer, attributes, source,
    // the base keeps one name of a facility; what its source calls it in English stands among the attributes
    name: named(answer.name, textOf(attributes['name:en'])),
    geometry: answer.geometry,
    box: boxOf(geometry),
    areaM2: area > 0 ? area : undefined,
    lengthM: area > 0 || length === 0 ? undefined : length,
  };
}
