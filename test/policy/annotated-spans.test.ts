/** The annotations themselves: every anchor is found, no task overlaps another, and the scorer gives 1 to the annotation's own reading and less to a worse one. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Quantity, TimeExpression } from '../../src/policy/model.ts';
import type { PolicyReading } from '../../src/policy/model.ts';
import type { ResolvedAnnotation } from './annotations.ts';
import { listAnnotated, resolveAnchor, resolveAnnotation, squeeze } from './annotations.ts';
import { SCORED, f1, scoreReading } from './score-reading.ts';

const here = import.meta.dirname;
const sources = [...listAnnotated(join(here, '../../../shared/policies'), join(here, 'annotations')), ...listAnnotated(join(here, 'documents'), join(here, 'documents'))];

/** The reading that would agree in everything with an annotation. */
function perfectReading(annotation: ResolvedAnnotation): PolicyReading {
  const { text } = annotation;
  const time = (to: string | undefined): TimeExpression => ({ span: [0, 0], text: '', from: null, to: to ?? null, kind: 'deadline', rule: '', relative: false });
  const quantity = (q: { value?: number; upper?: number; unit?: string; comparator?: Quantity['comparator']; masked?: boolean }, span: Quantity['span']): Quantity =>
    ({ span, text: '', value: q.value ?? null, upper: q.upper ?? null, comparator: q.comparator ?? '=', unit: q.unit ?? '', sense: 'level', masked: q.masked ?? false, approximate: false });
  return {
    version: '', text, title: annotation.title, kind: annotation.kind, issuer: annotation.issuer, publishedAt: annotation.publishedAt,
    outline: annotation.outline.map((node) => ({ id: node.id, parent: node.parent, level: node.level, kind: node.kind, marker: node.marker ?? null, ordinal: null, heading: node.heading ?? '', headingSpan: node.span, span: node.span, state: node.state ?? 'present' })),
    aside: annotation.aside.map(({ kind, span }) => ({ kind, span })),
    times: annotation.times.map((one) => ({ ...time(one.to), span: one.span, from: one.from ?? null, kind: one.kind })),
    targets: annotation.targets.map((one) => ({ id: '', clause: '', span: one.span, subject: '', quantity: one.value === undefined && one.masked !== true ? null : quantity(one, one.span), state: null, deadline: one.deadline !== undefined || one.undated === true ? time(one.deadline) : null, baseline: null, area: null, strength: 'should' })),
    facts: annotation.facts.map((one) => ({ clause: '', span: one.span, subject: '', quantity: quantity(one, one.span), asOf: null })),
    tasks: annotation.tasks.map((one) => ({ id: '', clause: '', span: one.span, action: one.action ?? '', object: '', means: null, deadline: one.deadline === undefined ? null : time(one.deadline === '?' ? undefined : one.deadline), place: null, strength: one.strength ?? 'should', targets: [], bodies: annotation.bodies.filter((body) => annotation.tasks.findLast((task) => task.span[0] <= body.span[0]) === one).map((body) => ({ span: body.span, text: '', body: null, role: body.role })) })),
    // (责任单位：…) behind a task names its bodies.
    bodies: annotation.bodies.map((one) => ({ id: one.name, name: one.name, level: 'unknown', type: 'organisation', region: null, mentions: [one.span] })),
    defects: annotation.defects.map(({ kind, span }) => ({ kind, span, text: { zh: '', en: '' } })),
  };
}

describe.each(sources.map((source) => [source.name, source] as const))('annotation of %s', (_, { text, annotation }) => {
  const resolved = resolveAnnotation(text, annotation);
  it('resolves to tasks that do not overlap, in reading order', () => {
    let end = 0;
    for (const { span } of resolved.tasks) {
      expect(span[0], text.slice(...span)).toBeGreaterThanOrEqual(end);
      end = span[1];
    }
  });
  it('gives its own reading full marks, and a reading without tasks none for tasks', () => {
    const perfect = perfectReading(resolved);
    const { scores, aside } = scoreReading(resolved, perfect);
    for (const kind of SCORED) expect(f1(scores[kind]), `${kind} ${JSON.stringify(scores[kind])}`).toBe(1);
    expect(aside).toBe(1);
    if (resolved.tasks.length > 0) expect(f1(scoreReading(resolved, { ...perfect, tasks: [] }).scores.tasks)).toBe(0);
    const flat = perfect.outline.map((node) => ({ ...node, level: Math.min(node.level, 1), parent: null }));
    if (perfect.outline.some((node) => node.level > 1)) expect(f1(scoreReading(resolved, { ...perfect, outline: flat }).scores.outline)).toBeLessThan(1);
  });
});

describe('anchors', () => {
  const source = squeeze('一要加快 建设,\n二要加快建设。');
  it('name a span across line breaks', () => expect(resolveAnchor(source, ['一要', '建设'])).toEqual([0, 7]));
  it('fail when they are not in the text', () => expect(() => resolveAnchor(source, ['三要', '建设'])).toThrow('not in the text'));
  it('fail when they are in the text twice and do not say which', () => {
    expect(() => resolveAnchor(source, ['加快', '建设'])).toThrow('more than once');
    expect(resolveAnchor(source, ['加快', '建设', 2])).toEqual([11, 15]);
  });
});
