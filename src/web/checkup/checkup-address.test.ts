import { describe, expect, it } from 'vitest';
import type { DimensionLine, IndicatorLine } from '../../checkup/api.ts';
import { changeQuery, readListFilter, readWorkspace } from './checkup-address.ts';
import { groupIndicators } from './list-groups.ts';

describe('the workspace in the address', () => {
  it('shows the newest period and an indicator where it says nothing', () => {
    expect(readWorkspace(new URLSearchParams())).toEqual({ period: undefined, indicator: undefined, level: undefined, place: undefined, beside: undefined, against: undefined, panel: 'indicator', colouring: 'value', hidden: [] });
  });

  it('opens the sheet of a place, or what is asked for beside it', () => {
    expect(readWorkspace(new URLSearchParams('place=A1')).panel).toBe('sheet');
    expect(readWorkspace(new URLSearchParams('place=A1&panel=compare&with=B0'))).toMatchObject({ panel: 'compare', beside: 'B0' });
    // a sheet of no place is none
    expect(readWorkspace(new URLSearchParams('panel=sheet')).panel).toBe('indicator');
  });

  it('takes only what there is: levels, years of four digits, layers by name', () => {
    expect(readWorkspace(new URLSearchParams('level=planet&period=25&against=2024&hide=unserved,nonsense&colour=mood'))).toMatchObject({ level: undefined, period: undefined, against: 2024, hidden: ['unserved'], colouring: 'value' });
  });

  it('changes some keys and leaves the others', () => {
    expect(changeQuery(new URLSearchParams('indicator=a&level=block&lang=en'), { indicator: 'b', level: undefined, period: 2024, q: '' }).toString()).toBe('indicator=b&lang=en&period=2024');
  });
});

describe('the list of indicators', () => {
  const line = (id: string, more: Partial<IndicatorLine>): IndicatorLine => ({ id, number: null, set: 'local', group: 'local', dimension: 'city', name: { zh: id, en: id }, quality: 'measured', grade: null, ...more }) as IndicatorLine;
  const lines = [
    line('park', { set: 'national-2025', group: 'block', dimension: 'block', number: 25, name: { zh: '公园覆盖率', en: 'Park coverage' }, grade: 'poor' }),
    line('school', { set: 'national-2025', group: 'block', dimension: 'block', number: 21, quality: 'missing' }),
    line('toilet', {}),
  ];
  const dimensions = [{ id: 'block', name: { zh: '街区', en: 'Blocks' } }, { id: 'city', name: { zh: '城区', en: 'City' } }] as DimensionLine[];
  const listed = (query: string): string[][] => groupIndicators(dimensions, lines, readListFilter(new URLSearchParams(query))).map(({ key, lines: of }) => [key, ...of.map(({ id }) => id)]);

  it('has the national list by dimension and number first, other sets by group below', () => {
    expect(listed('')).toEqual([['block', 'school', 'park'], ['group:local', 'toilet']]);
  });

  it('is searched in both languages and by number, and filtered by grade and quality', () => {
    expect(listed('q=COVER')).toEqual([['block', 'park']]);
    expect(listed('q=25')).toEqual([['block', 'park']]);
    expect(listed('quality=missing')).toEqual([['block', 'school']]);
    expect(listed('grade=none&set=local')).toEqual([['group:local', 'toilet']]);
    expect(listed('q=nothing')).toEqual([]);
  });
});
