/** The contents list held against the headings of the body: what the body lost, where it stood. */
import type { Contents } from '../aside/find-contents.ts';
import { normaliseHeading } from '../aside/find-contents.ts';
import type { Heading } from './find-headings.ts';
import type { Paragraph } from './join-lines.ts';
import type { Placed } from './place-headings.ts';
import { placeHeadings } from './place-headings.ts';

export interface LostEntry {
  /** Index of the entry in the contents. */
  readonly entry: number;
  readonly level: number;
  /** Index of the body heading that it stands before; the number of headings for the end. */
  readonly before: number;
}
export interface Reconciled {
  readonly lost: readonly LostEntry[];
  /** Faults of the contents' own numbering, per entry. */
  readonly entryFaults: readonly Placed[];
  /** Headings of the body, down to the contents' deepest level, that the contents do not name. */
  readonly unnamed: readonly number[];
}

const REACH = 40;

/** Share of character pairs that two headings have in common. */
function similarity(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2 || Math.abs(a.length - b.length) > 0.6 * Math.max(a.length, b.length)) return 0;
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < a.length; i++) pairs.set(a.slice(i, i + 2), (pairs.get(a.slice(i, i + 2)) ?? 0) + 1);
  let both = 0;
  for (let i = 0; i + 1 < b.length; i++) {
    const left = pairs.get(b.slice(i, i + 2)) ?? 0;
    if (left === 0) continue;
    pairs.set(b.slice(i, i + 2), left - 1);
    both++;
  }
  return (2 * both) / (a.length + b.length - 2);
}

export function reconcileContents(contents: Contents, headings: readonly Heading[], placed: readonly Placed[], paragraphs: readonly Paragraph[]): Reconciled {
  const keys = contents.entries.map((entry) => normaliseHeading(entry.heading).slice(0, 120));
  const exact = new Map<string, number[]>();
  keys.forEach((key, e) => {
    const same = exact.get(key);
    if (same === undefined) exact.set(key, [e]);
    else same.push(e);
  });
  const entryHeadings: Heading[] = contents.entries.map((entry, e) => ({
    paragraph: e, style: entry.marker?.style ?? 'plain', ordinal: entry.marker?.ordinal ?? null, key: entry.marker?.key ?? '',
    markerLength: entry.marker?.length ?? 0, headingEnd: 0, isOwnLine: true, more: 0,
  }));
  const entryPlaces = placeHeadings(entryHeadings, () => false);
  const matched = new Int32Array(keys.length).fill(-1);
  const unnamed: number[] = [];
  const deepest = Math.max(...entryPlaces.map((place) => place.level));
  let from = 0;
  headings.forEach((heading, h) => {
    const key = normaliseHeading(paragraphs[heading.paragraph].text.slice(heading.markerLength, heading.headingEnd).slice(0, 200)).slice(0, 120);
    let e = (exact.get(key) ?? []).find((index) => index >= from) ?? -1;
    for (let k = from; e < 0 && k < Math.min(keys.length, from + REACH); k++) if (similarity(key, keys[k]) >= 0.75) e = k;
    if (e < 0) {
      if (placed[h].level <= deepest && heading.isOwnLine && heading.style !== 'annex') unnamed.push(h);
      return;
    }
    matched[e] = h;
    from = e + 1;
  });
  const lost: LostEntry[] = [];
  // A contents list that nothing of the body matches is another document's, or none.
  if (matched.some((h) => h >= 0)) {
    let before = headings.length;
    for (let e = keys.length - 1; e >= 0; e--) {
      if (matched[e] >= 0) before = matched[e];
      else lost.push({ entry: e, level: entryPlaces[e].level, before });
    }
    lost.reverse();
  }
  return { lost, entryFaults: entryPlaces, unnamed: lost.length === 0 && unnamed.length === headings.length ? [] : unnamed };
}
