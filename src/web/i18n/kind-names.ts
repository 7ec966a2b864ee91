import { useMemo } from 'react';
import type { FacilityKindList } from '../../base/api.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useJobs } from '../jobs/jobs-context.tsx';
import { useSpeech } from './language.tsx';
import { OSM_KINDS } from './osm-kinds.ts';

export interface KindNames {
  /** The name of a facility kind, from the base's table. */
  facility(kind: string): string;
  facilityGroup(kind: string): string | null;
  /** The name of a feature's kind: the known OSM values in both languages, others as the source has them. */
  feature(layer: string, kind: string): string;
  readonly facilityKinds: FacilityKindList['kinds'];
}

const TRANSIT_LAYERS = new Set(['transit-route', 'transit-stop']);

export function useKindNames(cityId: string): KindNames {
  const { pick } = useSpeech();
  const { versionOf } = useJobs();
  const { data } = useResource<FacilityKindList>(cityPath(cityId, 'facility-kinds'), versionOf(cityId));
  return useMemo(() => {
    const facilityKinds = data?.kinds ?? [];
    const byKind = new Map(facilityKinds.map((entry) => [entry.kind, entry]));
    const facility = (kind: string): string => {
      const entry = byKind.get(kind);
      return entry === undefined ? kind : pick(entry.title);
    };
    return {
      facilityKinds,
      facility,
      facilityGroup: (kind) => byKind.get(kind)?.group ?? null,
      feature(layer, kind) {
        if (layer === 'facility') return facility(kind);
        const known: Bilingual | undefined = (TRANSIT_LAYERS.has(layer) ? OSM_KINDS[`transit:${kind}`] : OSM_KINDS[`${layer}:${kind}`]) ?? OSM_KINDS[kind];
        return known === undefined ? kind.replaceAll('_', ' ') : pick(known);
      },
    };
  }, [data, pick]);
}
