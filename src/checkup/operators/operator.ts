/**
 * What an operator is: a way of measuring that indicators name, with parameters of its own. Pure: data in, values by place out.
 *
 * An operator never throws for want of data: it returns a MissingReason. It never returns 0 for what it does not know: NaN.
 */
import type { z } from 'zod';
import type { Bilingual } from '../../core/bilingual.ts';
import type { Note } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { TableContract } from '../../import/model.ts';
import type { CityData } from '../city/city-data.ts';
import type { MissingReason, Quality } from '../model.ts';

/**
 * What a measurement is made from. A run computes again only what depends on a need whose content changed.
 * `population` is all groups; `population:65+` one. `settings`: city class, rank, period.
 */
export type DataNeed =
  | 'place' | 'population' | `population:${string}` | 'land-use' | 'building' | 'coast' | 'street' | 'network' | 'job' | 'transit' | 'settings'
  | `facility:${string}` | `table:${TableContract}`;

/** What stands behind a value on the map and in a place's sheet. All optional; numbers are those of the snapshot's arrays. */
export interface ResultDetail {
  /** Facilities that count. */
  readonly facilities?: Uint32Array;
  /** Population points not served, and how many persons there are not. */
  readonly unserved?: { readonly point: Uint32Array; readonly persons: Float32Array };
  /** By population point: metres to the nearest, Infinity beyond reach; NaN where not asked. */
  readonly nearestM?: Float32Array;
  /** By facility named in `facilities`: persons or places it serves, and its capacity. */
  readonly load?: { readonly demand: Float32Array; readonly capacity: Float32Array };
  /** Rows of a registry that make up the value (homes with the hazard). */
  readonly rows?: { readonly table: TableContract; readonly row: Uint32Array };
  /** Buildings with a value each (for maps by building). */
  readonly buildings?: { readonly building: Uint32Array; readonly value: Float32Array };
  /** Lines or spots of the street network, E7 lon, lat interleaved; ends in vertices. */
  readonly lines?: { readonly verticesE7: Int32Array; readonly ends: Uint32Array };
  readonly points?: Int32Array;
  /** By place number, words on what is lacking there (types of facility, items of a list), as keys of `words`. */
  readonly lacking?: { readonly words: readonly Bilingual[]; readonly first: Uint32Array; readonly word: Uint8Array };
}

/** Values by place number (CityData.tree); NaN where the place has none. */
export interface PlaceValues {
  readonly value: Float64Array;
  readonly numerator?: Float64Array;
  readonly denominator?: Float64Array;
  readonly n?: Float64Array;
  readonly quality: Exclude<Quality, 'missing'>;
  readonly detail?: ResultDetail;
  /** What a reader must know: thin map data, rows left out. */
  readonly notes?: readonly Note[];
}

export type OperatorResult = PlaceValues | { readonly missing: MissingReason };

export interface Operator<Params = unknown> {
  /** As indicators name it: `coverage`. */
  readonly id: string;
  readonly title: Bilingual;
  /** Strict object schema; every field has .describe() in English with its unit, and a default where one makes sense. */
  readonly params: z.ZodType<Params>;
  needs(params: Params): readonly DataNeed[];
  run(city: CityData, params: Params, context: WorkContext): Promise<OperatorResult> | OperatorResult;
}

/** Keeps the parameters' type within one operator and forgets it for lists of operators. */
export function defineOperator<Params>(operator: Operator<Params>): Operator {
  return operator as unknown as Operator;
}
