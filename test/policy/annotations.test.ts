/**
 * The reader against what people annotated: the five documents of ../shared (skipped where they are absent) and the documents written for
 * the test; what it scored on each of those when it first read them is in docs/policy-annotation.md.
 * `POLICY_REPORT=1 npx vitest run test/policy/annotations.test.ts` prints what was missed and what was found in error,
 * `POLICY_REPORT=tasks,bodies` only those. `POLICY_DOCUMENTS=dir` scores a folder of annotated documents of your own beside them.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../src/policy/model.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import type { AnnotatedSource } from './annotations.ts';
import { listAnnotated, resolveAnnotation } from './annotations.ts';
import type { ReadingScore, Scored } from './score-reading.ts';
import { SCORED, f1, scoreReading, sumScores } from './score-reading.ts';

const wanted = process.env.POLICY_REPORT;
const reports = (name: string): boolean => wanted !== undefined && (wanted === '1' || wanted.split(',').includes(name));

function scoreAll(sources: readonly AnnotatedSource[]): Map<string, ReadingScore> {
  return new Map(sources.map(({ name, text, annotation }) => {
    const options: ReadOptions = annotation.given === undefined ? {} : { publishedAt: annotation.given };
    return [name, scoreReading(resolveAnnotation(text, annotation), readPolicy(text, options))];
  }));
}

/** [document, day given, text of the time, from, to]: relative times, once a day is given. */
function listResolved(sources: readonly AnnotatedSource[]): [string, string, string, string | null, string | null][] {
  return sources.flatMap(({ name, annotation }) => (annotation.alsoGiven ?? []).flatMap(({ day, times }) => times.map(([text, from, to]): [string, string, string, string | null, string | null] => [name, day, text, from, to])));
}

function expectResolved(sources: readonly AnnotatedSource[], name: string, day: string, text: string, from: string | null, to: string | null): void {
  const source = sources.find((one) => one.name === name)!;
  const found = readPolicy(source.text, { publishedAt: day }).times.find((time) => time.text.replace(/\s/gu, '').includes(text) || text.includes(time.text.replace(/\s/gu, '')));
  expect(found, text).toBeDefined();
  expect([found?.from, found?.to]).toEqual([from ?? found?.from, to]);
}

const percent = (value: number): string => value.toFixed(3);

function report(title: string, scores: ReadonlyMap<string, ReadingScore>): string {
  const lines = [`${title}: F1 (right/missed/false)`];
  for (const [name, score] of scores) lines.push(`  ${name}  ${SCORED.map((kind) => `${kind} ${percent(f1(score.scores[kind]))} (${score.scores[kind].right}/${score.scores[kind].misses.length}/${score.scores[kind].falses.length})`).join('  ')}  aside ${percent(score.aside)}`);
  lines.push(`  together  ${SCORED.map((kind) => `${kind} ${percent(together(scores, kind))}`).join('  ')}`);
  for (const part of ['action', 'body', 'deadline', 'strength'] as const) {
    const all = [...scores.values()].map((score) => score.parts[part]);
    lines.push(`  matched tasks agree in ${part}: ${all.reduce((sum, one) => sum + one.agree, 0)} of ${all.reduce((sum, one) => sum + one.of, 0)}`);
    if (reports(part)) for (const words of all.flatMap((one) => one.differ)) lines.push(`    ${words}`);
  }
  for (const [name, score] of scores) {
    for (const words of score.head) lines.push(`  ${name} ${words}`);
    for (const kind of SCORED) {
      if (!reports(kind)) continue;
      for (const words of score.scores[kind].misses) lines.push(`  ${name} ${kind} missed  ${words}`);
      for (const words of score.scores[kind].falses) lines.push(`  ${name} ${kind} false   ${words}`);
    }
  }
  return lines.join('\n');
}

function together(scores: ReadonlyMap<string, ReadingScore>, kind: Scored): number {
  return f1(sumScores([...scores.values()].map((score) => score.scores[kind])));
}

const here = import.meta.dirname;

describe('the reader and the annotated documents', () => {
  const shared = join(here, '../../../shared/policies');
  const five = listAnnotated(shared, join(here, 'annotations'));
  describe.skipIf(five.length === 0)('the five of ../shared', () => {
    const scores = scoreAll(five);
    if (wanted !== undefined) console.log(report('the five documents', scores));
    it.each([['outline', 1], ['times', 0.98], ['targets', 0.98], ['tasks', 0.95], ['bodies', 0.97]] as const)('%s: F1 at least %d', (kind, least) => {
      expect(together(scores, kind)).toBeGreaterThanOrEqual(least);
    });
    it('kind, issuer and day of publication are found', () => {
      expect([...scores].flatMap(([name, { head }]) => head.filter((words) => !words.startsWith('title')).map((words) => `${name} ${words}`))).toEqual([]);
    });
    it.each(listResolved(five))('%s of %s: %s', (...row) => expectResolved(five, ...row));
  });

  describe('documents of the same kinds, written for this test', () => {
    const sources = listAnnotated(join(here, 'documents'), join(here, 'documents'));
    const scores = scoreAll(sources);
    it.each(listResolved(sources))('%s of %s: %s', (...row) => expectResolved(sources, ...row));
    if (wanted !== undefined) console.log(report('written for this test', scores));
    it('there are fifty-one', () => expect(scores.size).toBe(51));
    it.each([['outline', 0.985], ['times', 0.98], ['targets', 0.985], ['facts', 0.975], ['tasks', 0.89], ['bodies', 0.93]] as const)('%s: F1 at least %d', (kind, least) => {
      expect(together(scores, kind)).toBeGreaterThanOrEqual(least);
    });
  });

  const own = process.env.POLICY_DOCUMENTS;
  describe.skipIf(own === undefined)('documents of your own', () => {
    const sources = own === undefined ? [] : listAnnotated(own, own);
    if (own !== undefined) console.log(report(own, scoreAll(sources)));
    it('are there', () => expect(sources.length).toBeGreaterThan(0));
  });
});
