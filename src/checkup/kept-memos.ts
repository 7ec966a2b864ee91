/**
 * Which of the things that operators make once a run (CityData.memo) outlive it, and what each of them is made from: those that the next run would make the same
 * again, travel graphs and links above all. Their names carry the fingerprints of what they are made from. kept-memos.test.ts holds every one of them against cities that differ
 * in what is not named here.
 *
 * Not kept: what has numbers of facilities or rows in it (they move when one is added), searches (they hold what was searched last), and what is made in no time.
 */
import type { DataNeed } from './operators/operator.ts';

/** The places, and which of them are outside the built-up area: that follows from land use and residents (city/built-up.ts). */
const PLACES: readonly DataNeed[] = ['place', 'land-use', 'population'];

/** Points tied to a travel graph, which is named by mode and unit, and for driving by what turns cost (city/street-access.ts). */
const linked = (what: string): RegExp => new RegExp(`^streets/links/[a-z]+/[a-z]+(?:/[\\d.-]+)?/${what}$`);

const RULES: readonly { readonly key: RegExp; readonly needs: (kind: string) => readonly DataNeed[] }[] = [
  { key: /^streets\/travel\//, needs: () => ['network'] },
  { key: /^access\/hierarchy\//, needs: () => ['network'] },
  { key: linked('population'), needs: () => ['network', 'population'] },
  { key: /^access\/residents\//, needs: () => ['network', 'population'] },
  { key: linked('jobs'), needs: () => ['network', 'job'] },
  { key: linked('facility:([\\w-]+)(?:/border)?'), needs: (kind) => ['network', `facility:${kind}`] },
  { key: /^reached\/([\w-]+)\//, needs: (kind) => ['network', 'population', `facility:${kind}`] },
  { key: /^built-up\/area$/, needs: () => PLACES },
  { key: /^land-areas\//, needs: () => PLACES },
  { key: /^land-rows\//, needs: () => PLACES },
];

/** Name of what is kept under a memo's key; undefined for what is made anew every run. `print`: fingerprint of a need, of places as the base marked them. */
export function keptName(key: string, print: (need: DataNeed) => string): string | undefined {
  for (const rule of RULES) {
    const match = rule.key.exec(key);
    if (match !== null) return `memo ${key} ${rule.needs(match[1] ?? '').map(print).join(' ')}`;
  }
  return undefined;
}
