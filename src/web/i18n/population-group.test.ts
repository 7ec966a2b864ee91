import { describe, expect, it } from 'vitest';
import { groupName, orderGroups } from './population-group.ts';

describe('the name of a population group', () => {
  it.each([
    ['total', '总人口', 'All persons'],
    ['65-69', '65–69岁', 'Aged 65–69'],
    ['65-69/f', '65–69岁女', 'Aged 65–69, women'],
    ['80+/m', '80岁及以上男', 'Aged 80+, men'],
    ['migrants', 'migrants', 'migrants'],
  ])('of %s', (group, zh, en) => {
    expect([groupName(group, 'zh'), groupName(group, 'en')]).toEqual([zh, en]);
  });
});

describe('the order of population groups in a table', () => {
  it('is all persons, then by age, the wider of equal beginnings after the narrower, other names last', () => {
    const ordered = ['total', '0-2', '3-5', '6-11', '12-14', '65-69/f', '65-69/m', '65+', '80+', 'migrants'];
    expect(orderGroups(ordered.toReversed())).toEqual(ordered);
  });
});
