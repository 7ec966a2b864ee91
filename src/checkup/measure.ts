/** One indicator measured: the first of its methods whose data is there. */
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import { NoteBook } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import type { CityData } from './city/city-data.ts';
import type { Indicator, Method, MissingReason } from './model.ts';
import { findOperator } from './operators/list.ts';
import type { DataNeed, PlaceValues } from './operators/operator.ts';
import type { MeasuredBy } from './store/result-bytes.ts';

export type Measured = { readonly values: PlaceValues; readonly measuredBy: MeasuredBy } | { readonly missing: MissingReason; readonly fault?: string };

const NO_METHOD: MissingReason = {
  kind: 'no-method',
  reason: { zh: '该指标没有可用的计算方法。', en: 'There is no way to compute this indicator.' },
  supply: { zh: '在 indicators_dept.csv 中填报部门统计值。', en: 'Report the department’s figure in indicators_dept.csv.' },
};

const NOWHERE: MissingReason = {
  kind: 'not-applicable',
  reason: { zh: '城市中没有可供计算该指标的对象。', en: 'The city has nothing that this indicator could be measured on.' },
  supply: { zh: '检查空间单元、用地与人口数据是否已导入。', en: 'See whether places, land use and population were imported.' },
};

const CONTRADICTION: MissingReason = {
  kind: 'no-data',
  reason: { zh: '台账中的数字相互矛盾：占比超出 0–100%。', en: 'Figures of the register contradict each other: a share beyond 0–100 %.' },
  supply: { zh: '核对台账中作为分子与分母的列。', en: 'Check the columns of the register that are divided by each other.' },
};

/** 100 % of floating-point sums may be 100.00000000000001 %. */
const ROUNDING = 1e-6;

/** A share beyond 0–100 % (more floor vacant than there is) is no value: it is left out and told. What a user's own indicator divides may be anything. */
function leaveOutImpossible({ set, unit }: Indicator, values: PlaceValues): PlaceValues {
  if (set === 'user' || unit.en.trim() !== '%') return values;
  const isWrong = (value: number): boolean => value < -ROUNDING || value > 100 + ROUNDING;
  const wrong = values.value.filter(isWrong);
  if (wrong.length === 0) return values;
  const notes = new NoteBook();
  notes.add('warning', 'checkup/impossible-share', {
    zh: '空间单元的占比超出 0–100%，数据相互矛盾，未采用；请核对来源文件。', en: 'A share of a place is beyond 0–100 %: the data contradict each other, and the value was left out; check the files it comes from.',
  }, { value: String(wrong[0]) }, wrong.length);
  return { ...values, value: values.value.map((value) => (isWrong(value) ? NaN : value)), notes: [...(values.notes ?? []), ...notes.list()] };
}

/** The operator and its checked parameters; undefined where the program has no such operator. @throws ZodError on parameters that do not fit */
function readMethod({ operator: id, params }: Method): { operator: NonNullable<ReturnType<typeof findOperator>>; params: unknown } | undefined {
  const operator = findOperator(id);
  return operator === undefined ? undefined : { operator, params: operator.params.parse(params) };
}

/** All that any of an indicator's methods asks for. Methods that cannot be read have no needs: measuring tells why. */
export function listNeeds({ methods }: Indicator): DataNeed[] {
  const needs = new Set<DataNeed>();
  for (const method of methods) {
    try {
      const read = readMethod(method);
      for (const need of read?.operator.needs(read.params) ?? []) needs.add(need);
    } catch {
      continue;
    }
  }
  return [...needs].sort();
}

/**
 * Never throws for want of data. An operator that fails is a fault of the program: the indicator is missing and says so, the others go on.
 *
 * @throws ChengmaiError of kind `cancelled`
 */
export async function measureIndicator(city: CityData, indicator: Indicator, context: WorkContext): Promise<Measured> {
  let first: MissingReason | undefined;
  let fault: string | undefined;
  for (const method of indicator.methods) {
    try {
      const read = readMethod(method);
      if (read === undefined) {
        fault ??= `no operator ${method.operator}`;
        continue;
      }
      const result = await read.operator.run(city, read.params, context);
      if ('missing' in result) {
        first ??= result.missing;
        continue;
      }
      const possible = leaveOutImpossible(indicator, result);
      // nowhere a value: nothing was there to measure, which is no 0
      if (!possible.value.some(Number.isFinite)) {
        first ??= result.value.some(Number.isFinite) ? CONTRADICTION : NOWHERE;
        continue;
      }
      const quality = method.quality ?? result.quality;
      return { values: { ...possible, quality }, measuredBy: { operator: method.operator, params: read.params as Readonly<Record<string, unknown>>, needs: [...read.operator.needs(read.params)] } };
    } catch (error) {
      if (error instanceof ChengmaiError && error.kind === 'cancelled') throw error;
      fault ??= `${method.operator}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    }
  }
  if (first === undefined && fault !== undefined) return { missing: faultReason(fault.split('\n')[0]), fault };
  return { missing: indicator.missing ?? first ?? NO_METHOD, ...(fault !== undefined && { fault }) };
}

function faultReason(what: string): MissingReason {
  const reason: Bilingual = { zh: `程序在计算该指标时出错（${what}）。`, en: `The program failed on this indicator (${what}).` };
  return { kind: 'no-data', reason, supply: { zh: '请报告此问题。', en: 'Please report it.' } };
}
