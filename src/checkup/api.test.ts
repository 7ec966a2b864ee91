import { expect, it } from 'vitest';
import { idText } from '../base/routes/router.ts';
import { bulkEditSchema, findingEditSchema } from './api.ts';

const takes = (edit: unknown): boolean => findingEditSchema.safeParse(edit).success;

it('an edit has texts of bounded length, and a deadline is a day of the calendar', () => {
  expect([{ note: 'x'.repeat(5000) }, { bodies: Array.from({ length: 50 }, () => '局') }, { deadline: '2026-02-28' }, { deadline: null }, { community: null }].map(takes)).toEqual([true, true, true, true, true]);
  expect([{ note: 'x'.repeat(5001) }, { area: 'x'.repeat(501) }, { bodies: Array.from({ length: 51 }, () => '局') }, { bodies: ['x'.repeat(201)] }].map(takes)).toEqual([false, false, false, false]);
  expect([{ deadline: '2026-02-30' }, { deadline: 'soon' }, { deadline: '99999-01-01' }].map(takes)).toEqual([false, false, false]);
  expect(takes({ community: { built: null, undersized: null, incomplete: null, other: 'x'.repeat(2001) } })).toBe(false);
});

it('what PostgreSQL cannot look for is refused, not a fault of the server', () => {
  expect(idText.safeParse('a\0b').success).toBe(false);
  expect(idText.safeParse('a b').success).toBe(true);
  expect(bulkEditSchema.safeParse({ findingIds: ['a\0'], edit: {} }).success).toBe(false);
  expect(bulkEditSchema.safeParse({ findingIds: ['a'], edit: {}, reason: '\0' }).success).toBe(false);
});
