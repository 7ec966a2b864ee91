import { describe, expect, it } from 'vitest';
import type { PolicyTrace } from '../../delivery/api.ts';
import { zh } from '../i18n/zh.ts';
import { traceCsv } from './trace-csv.ts';

type Clause = PolicyTrace['clauses'][number];
const clause = (more: Partial<Clause>): Clause => ({ clause: '1', parent: null, level: 1, heading: '总体要求', state: 'present', asks: true, indicators: [], targets: [], proposedTasks: 0, tasks: [], projects: [], nothing: true, ...more });
const indicator: Clause['indicators'][number] = { id: 'park', name: { zh: '公园覆盖率', en: 'Parks' }, unit: { zh: '%', en: '%' }, linkState: 'proposed', score: 0.9, words: [], value: 81.5, grade: 'good', quality: 'measured', period: 2025, series: [], trend: 'unknown' };

describe('the trace as a table', () => {
  it('has a line for each indicator of a clause, and one for a clause without', () => {
    const lines = traceCsv({ clauses: [clause({ indicators: [indicator, { ...indicator, name: { zh: '另一指标', en: 'Other' }, value: null, grade: null }], nothing: false }), clause({ clause: '2', heading: '保障' })] }, zh, 'zh').trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('公园覆盖率,建议,81.5,%,较好,2025');
    expect(lines[3]).toMatch(/^2,保障,.*尚无测度$/);
  });

  it('quotes commas and quotes, and lets no heading become a formula', () => {
    const [, line] = traceCsv({ clauses: [clause({ heading: '=1+1,"甲"' })] }, zh, 'zh').split('\r\n');
    expect(line).toContain(`"'=1+1,""甲"""`);
  });
});
