/**
 * What indicators of one set have in common, said once. The texts of every indicator are its own; placeholders of findings' sentences: fill-sentence.ts.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { PlaceLevel, TableContract } from '../../import/model.ts';
import type { DimensionId, Indicator, IndicatorGroup, Method, Threshold } from '../model.ts';

/** 住建部《城市体检工作手册（试行）》2025-05: where the national list is defined. */
export const MANUAL = '住房城乡建设部《城市体检工作手册（试行）》2025-05';

export const both = (zh: string, en: string): Bilingual => ({ zh, en });

export const UNITS = {
  percent: both('%', '%'),
  buildings: both('栋', 'buildings'),
  homes: both('套', 'homes'),
  communities: both('个', 'communities'),
  places: both('个', 'places'),
  spaces: both('个', 'spaces'),
  chargers: both('个', 'chargers'),
  items: both('个', 'items'),
  km: both('km', 'km'),
  metres: both('m', 'm'),
  minutes: both('min', 'min'),
  perKm2: both('个/km²', 'per km²'),
  ratio: both('比值', 'ratio'),
  index: both('指数', 'index'),
} as const;

/** The first of the methods is the official one; what follows stands in where its data is missing. */
export type Definition = Omit<Indicator, 'set' | 'version' | 'source' | 'confidence' | 'thresholds' | 'methods'> & {
  readonly source?: string;
  readonly version?: string;
  readonly confidence?: Indicator['confidence'];
  readonly thresholds?: readonly Threshold[];
  readonly methods?: readonly Method[];
};

/** What a department reported; {@link define} adds the names under which the indicator may stand in indicators_dept.csv. `combine`: how a unit's value follows from its parts'. */
export const reported = (combine: 'none' | 'sum' | 'ratio' = 'none'): Method => ({ operator: 'reported', params: { combine } });

/** Rows of a registry whose flag says so. */
export const flagged = (table: TableContract, column: string, value: boolean): Method => ({ operator: 'registry-count', params: { table, where: { column, op: '=', value } } });

/** Cases of a minor class. Code tables differ between cities (YCH: 04 街面秩序, 05 突发事件); other spellings of the same code count too. */
export const eventCode = (big: string, small: string): Readonly<Record<string, unknown>> => ({
  any: [
    { all: [{ column: 'big_code', op: '=', value: big, whenEmpty: 'no', whenAbsent: 'no' }, { column: 'small_code', op: '=', value: small, whenEmpty: 'no', whenAbsent: 'no' }] },
    { column: 'small_code', op: '=', value: big + small, whenEmpty: 'no', whenAbsent: 'no' },
  ],
});

/** Under its number, its id or its Chinese name. Nothing of the catalogue is less than 0, and no share more than 100 %. */
function nameReported(method: Method, { number, id, name, unit }: Pick<Indicator, 'number' | 'id' | 'name' | 'unit'>): Method {
  if (method.operator !== 'reported' || method.params.indicator !== undefined) return method;
  return { ...method, params: { indicator: [...(number === undefined ? [] : [String(number)]), id, name.zh], least: 0, ...(unit.en === UNITS.percent.en && { most: 100 }), ...method.params } };
}

/** Fills what the definition leaves open. */
export function define(defaults: Pick<Indicator, 'set' | 'version' | 'source' | 'confidence'>, definition: Definition): Indicator {
  const indicator: Indicator = { thresholds: [], methods: [], ...defaults, ...definition };
  return { ...indicator, methods: indicator.methods.map((method) => nameReported(method, indicator)) };
}

/**
 * An indicator of the 60 of 2025: read in the manual, therefore certain. `note` adds what a reader of the manual must know: in Chinese to the source, which
 * is a Chinese text's, in English to the definition.
 */
export function national(number: number, dimension: DimensionId, group: IndicatorGroup, level: PlaceLevel, definition: Omit<Definition, 'number' | 'dimension' | 'group' | 'level'> & { readonly note?: Bilingual }): Indicator {
  const { note, ...rest } = definition;
  const source = `${MANUAL}，第${number}项${note === undefined ? '' : `；${note.zh}`}`;
  const told = { zh: rest.definition.zh, en: note === undefined ? rest.definition.en : `${rest.definition.en} ${note.en}.` };
  return define({ set: 'national-2025', version: '2025.1', source, confidence: 'certain' }, { number, dimension, group, level, ...rest, definition: told });
}
