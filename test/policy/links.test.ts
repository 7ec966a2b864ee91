/**
 * Proposed links of clauses to indicators against what a person annotated (rules: docs/policy-tasks.md, Links): the five documents of ../shared
 * (skipped where they are absent), documents written for the test, and some of those that nothing was tuned on (`unseen`).
 * `POLICY_REPORT=links npx vitest run test/policy/links.test.ts` prints what was missed and what was proposed in error.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listCatalogue } from '../../src/checkup/catalogue/list-catalogue.ts';
import { segmentWords } from '../../src/import/text/segment-words.ts';
import { proposeLinks } from '../../src/policy/links/propose-links.ts';
import type { ClauseLink, PolicyReading } from '../../src/policy/model.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';

interface AnnotatedLinks {
  /** Of the document's bytes. */
  readonly sha256: string;
  /** Annotated before the program was run on it, and nothing was tuned on it. */
  readonly unseen?: boolean;
  /** Every clause with text of its own; one without indicators has none that measure it. */
  readonly clauses: readonly { readonly clause: string; readonly measures?: readonly string[]; readonly related?: readonly string[] }[];
}
interface AnnotatedDocument {
  readonly name: string;
  readonly annotation: AnnotatedLinks;
  readonly reading: PolicyReading;
  readonly links: readonly ClauseLink[];
}

const catalogue = listCatalogue();
const here = import.meta.dirname;

function listDocuments(): Map<string, { name: string; text: string; shared: boolean }> {
  const found = new Map<string, { name: string; text: string; shared: boolean }>();
  for (const folder of [join(here, '../../../shared/policies'), join(here, 'documents')]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
      const bytes = readFileSync(join(folder, name));
      found.set(createHash('sha256').update(bytes).digest('hex'), { name, text: new TextDecoder().decode(bytes), shared: folder.endsWith('policies') });
    }
  }
  return found;
}

function readAnnotated(): { five: AnnotatedDocument[]; written: AnnotatedDocument[]; unseen: AnnotatedDocument[] } {
  const documents = listDocuments();
  const sets = { five: [] as AnnotatedDocument[], written: [] as AnnotatedDocument[], unseen: [] as AnnotatedDocument[] };
  const folder = join(here, 'annotations/links');
  for (const file of readdirSync(folder).toSorted()) {
    const annotation = JSON.parse(readFileSync(join(folder, file), 'utf8')) as AnnotatedLinks;
    const document = documents.get(annotation.sha256);
    if (document === undefined) {
      if (file.startsWith('0')) continue;
      throw new Error(`links/${file}: no document has the digest ${annotation.sha256}; it changed, annotate it again`);
    }
    const reading = readPolicy(document.text);
    const links = proposeLinks(reading, catalogue, segmentWords);
    sets[annotation.unseen === true ? 'unseen' : document.shared ? 'five' : 'written'].push({ name: document.name, annotation, reading, links });
  }
  return sets;
}

interface Judged {
  readonly document: string;
  readonly link: ClauseLink;
  readonly verdict: 'measures' | 'related' | 'wrong';
}
interface LinkScore {
  readonly judged: readonly Judged[];
  readonly wanted: number;
  readonly missed: readonly { readonly document: string; readonly clause: string; readonly indicator: string }[];
}

function scoreLinks(documents: readonly AnnotatedDocument[]): LinkScore {
  const judged: Judged[] = [];
  const missed: { document: string; clause: string; indicator: string }[] = [];
  let wanted = 0;
  for (const { name, annotation, links } of documents) {
    const truth = new Map(annotation.clauses.map((row) => [row.clause, row]));
    for (const link of links) {
      const row = truth.get(link.clause);
      const verdict = row?.measures?.includes(link.indicator) === true ? 'measures' : row?.related?.includes(link.indicator) === true ? 'related' : 'wrong';
      judged.push({ document: name, link, verdict });
    }
    for (const { clause, measures = [] } of annotation.clauses) {
      wanted += measures.length;
      for (const indicator of measures) if (!links.some((link) => link.clause === clause && link.indicator === indicator)) missed.push({ document: name, clause, indicator });
    }
  }
  return { judged, wanted, missed };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const count = ({ judged }: LinkScore, verdict: Judged['verdict']): number => judged.filter((one) => one.verdict === verdict).length;
const precision = (score: LinkScore): number => share(score.judged.length - count(score, 'wrong'), score.judged.length);
const strict = (score: LinkScore): number => share(count(score, 'measures'), score.judged.length);
const recall = (score: LinkScore): number => share(score.wanted - score.missed.length, score.wanted);

const BANDS = [0.45, 0.6, 0.75, 0.9, 1.01] as const;
function listBands(score: LinkScore): { from: number; proposed: number; right: number; acceptable: number }[] {
  return BANDS.slice(0, -1).map((from, i) => {
    const inBand = score.judged.filter(({ link }) => link.score >= from && link.score < BANDS[i + 1]);
    return { from, proposed: inBand.length, right: share(inBand.filter(({ verdict }) => verdict === 'measures').length, inBand.length), acceptable: share(inBand.filter(({ verdict }) => verdict !== 'wrong').length, inBand.length) };
  });
}

function report(title: string, score: LinkScore): string {
  const lines = [`${title}: ${score.judged.length} proposed, precision ${precision(score).toFixed(3)}, strict ${strict(score).toFixed(3)}, recall ${recall(score).toFixed(3)} of ${score.wanted}`];
  for (const { from, proposed, right, acceptable } of listBands(score)) lines.push(`  score from ${from}: ${proposed} proposed, ${right.toFixed(2)} measure it, ${acceptable.toFixed(2)} measure it or are related`);
  for (const { document, clause, indicator } of score.missed) lines.push(`  ${document.slice(0, 3)} ${clause} missed ${indicator}`);
  for (const { document, link, verdict } of score.judged) if (verdict === 'wrong') lines.push(`  ${document.slice(0, 3)} ${link.clause} false ${link.indicator} ${link.score} ${link.words.join('、')}`);
  return lines.join('\n');
}

const sets = readAnnotated();
if (process.env.POLICY_REPORT?.split(',').some((name) => name === '1' || name === 'links') === true) {
  for (const [title, documents] of Object.entries(sets)) console.log(report(title, scoreLinks(documents)));
}

/** What each set holds: precision, share that measures the very thing, share that is found of what measures it. */
const FLOORS = { five: [0.93, 0.46, 0.97], written: [0.96, 0.47, 0.95], unseen: [0.9, 0.4, 0.75] } as const;

describe.each(Object.entries(sets))('links of the %s documents', (title, documents) => {
  const score = scoreLinks(documents);
  const [leastPrecise, leastStrict, leastFound] = FLOORS[title as keyof typeof FLOORS];
  it.skipIf(documents.length === 0)('hold their floors', () => {
    expect(precision(score), 'measure it or are related').toBeGreaterThanOrEqual(leastPrecise);
    expect(strict(score), 'measure it').toBeGreaterThanOrEqual(leastStrict);
    expect(recall(score), 'found of those that measure it').toBeGreaterThanOrEqual(leastFound);
  });
  it('are annotated for clauses that the reading has, with indicators of the catalogue', () => {
    const ids = new Set(catalogue.map(({ id }) => id));
    for (const { name, annotation, reading } of documents) {
      const clauses = new Set(reading.outline.map(({ id }) => id));
      for (const { clause, measures = [], related = [] } of annotation.clauses) {
        expect(clauses.has(clause), `${name} ${clause}`).toBe(true);
        for (const id of [...measures, ...related]) expect(ids.has(id), `${name} ${clause} ${id}`).toBe(true);
        expect(related.filter((id) => measures.includes(id)), `${name} ${clause}`).toEqual([]);
      }
    }
  });
});

it('a higher score more often measures what the clause asks: under 0.75 seldom, from 0.75 in half, from 0.9 in four of five', () => {
  const bands = listBands(scoreLinks(Object.values(sets).flat()));
  for (const { right } of bands.slice(0, 2)) expect(right).toBeLessThan(0.2);
  expect(bands[2].right).toBeGreaterThan(0.45);
  expect(bands[3].right).toBeGreaterThan(0.75);
});
