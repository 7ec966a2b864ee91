import { describe, expect, it } from 'vitest';
import { weighLine } from './line-evidence.ts';

describe('weighLine', () => {
  it.each([
    ['蜀ICP备14009601号-3', 'boilerplate', 3],
    ['Copyright © 2009-2022 某网 版权所有', 'boilerplate', 3],
    ['主办单位:某杂志社', 'boilerplate', 2],
    ['您的位置:首页 > 新闻 > 正文', 'boilerplate', 3],
    ['首页干部论坛', 'boilerplate', 2],
    ['【字体:大 中 小】', 'boilerplate', 2],
    ['上一篇:某某', 'boilerplate', 2],
    ['【下一篇】秋日菜市场', 'boilerplate', 2],
    ['浏览量:', 'boilerplate', 2],
    ['【广告】双11家装节', 'advertisement', 3],
    ['正式会员可完整阅读', 'advertisement', 3],
    ['新华社北京8月28日电', 'source-line', 3],
    ['标    题:某意见', 'source-line', 3],
    ['有 效 性:有效', 'source-line', 3],
    ['2020-03-02 10:49来源:某杂志', 'source-line', 4],
    ['转自某杂志', 'source-line', 2],
    ['示政办发〔2024〕8号', 'source-line', 1],
    ['编辑:黄某', 'editor-note', 2],
    ['(本文摘自某人的讲话。)', 'editor-note', 2],
    ['— 12 —', 'page-furniture', 3],
    ['第 3 页 共 12 页', 'page-furniture', 3],
    ['17', 'page-furniture', 1],
  ])('%s is %s, at least %i', (line, kind, weight) => {
    const evidence = weighLine(line);
    expect(evidence?.kind).toBe(kind);
    expect(evidence?.weight).toBeGreaterThanOrEqual(weight);
  });

  it.each(['推进城市更新,提升城市品质。', '一、总体要求', '城市管理委员会', '鼓励社会资本参与建设运营', '各县(市、区)人民政府:', '主要目标'])('%s is text', (line) => {
    expect(weighLine(line)).toBeUndefined();
  });
});
