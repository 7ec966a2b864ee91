/** What a facility kind is called, and the group it is listed in; kinds of a registry's own are called as the registry says. */
import type { Bilingual } from '../core/bilingual.ts';

export function describeFacilityKind(kind: string): { title: Bilingual; group: string | null } {
  return { title: { zh: kind, en: kind }, group: null };
}
