/** What a facility kind is called, and the group it is listed in; kinds of a registry's own are called as the registry says. */
import type { Bilingual } from '../core/bilingual.ts';
import { findKind } from './facilities/match-kinds.ts';

export function describeFacilityKind(kind: string): { title: Bilingual; group: string | null } {
  const known = findKind(kind);
  return known === undefined ? { title: { zh: kind, en: kind }, group: null } : { title: known.label, group: known.group };
}
