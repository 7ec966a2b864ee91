import { describe, expect, it } from 'vitest';
import { groupName } from './population-group.ts';

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
