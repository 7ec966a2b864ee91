import { expect, it } from 'vitest';
import { isSameMeasure } from './change-target.ts';

it('a change is judged only by an indicator of the same change', () => {
  expect([
    isSameMeasure('公园绿地率', '公园绿地率'), isSameMeasure('单位生产总值能耗下降', '单位生产总值能耗'), isSameMeasure('单位生产总值能耗下降', '单位生产总值能耗降幅'),
    isSameMeasure('地区生产总值增长', '地区生产总值增长率'), isSameMeasure('地区生产总值增长', '地区生产总值增速'), isSameMeasure('碳排放降低', '碳排放增长率'),
  ]).toEqual([true, false, true, true, true, false]);
});
