/**
 * 完整居住社区: how many of the 20 items of 建科规〔2020〕7号 a community has (complete-items.ts says how each is judged).
 *
 * Communities of the snapshot that are not outside the built-up area. An item that cannot be judged is neither met nor missed. A community of which
 * fewer than `leastJudged` items can be judged has no value; the default of 8 keeps communities comparable: at least two fifths of the list.
 *
 * Value of a community: items met (items), or in per cent of those judged (share), or 100 and 0 (complete). Value of a place above: the same over
 * its communities, each counting once (numerator and denominator are sums over them). `lacking`: items missed, by community.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import { findKind } from '../../base/facilities/match-kinds.ts';
import type { CityData, CityTable } from '../city/city-data.ts';
import { rollUp, sumInside } from '../city/roll-up.ts';
import { personsOf } from './access-supply.ts';
import { flagOf, numberOf } from './cell-values.ts';
import type { CompleteItem, ItemRule } from './complete-items.ts';
import { COMPLETE_ITEMS, NEW_GREEN_M2 } from './complete-items.ts';
import { noStreets } from './coverage-result.ts';
import type { Reached } from './facility-reached.ts';
import { anyReached } from './facility-reached.ts';
import type { CompleteCommunityParams } from './living-params.ts';
import { completeCommunitySchema } from './living-params.ts';
import { missingPopulation, missingReason } from './missing-reasons.ts';
import type { DataNeed, OperatorResult, PlaceValues } from './operator.ts';
import { defineOperator } from './operator.ts';

/** By place: 1 met, 0 missed, NaN not judged. */
type Verdict = Float64Array;

/** Without a radius of its own a type is held against the five-minute circle. */
const CIRCLE_M = 300;

type FacilityRule = Extract<ItemRule, { by: 'facilities' }>;

class Judge {
  readonly #city: CityData;
  readonly #along: boolean;
  readonly #persons: Float32Array;
  readonly #all: Float64Array;
  used = 0;
  registered = 0;

  constructor(city: CityData, persons: Float32Array, along: boolean) {
    this.#city = city;
    this.#along = along;
    this.#persons = persons;
    this.#all = this.#sum(persons);
  }

  judge({ number, rule }: CompleteItem): Verdict | undefined {
    if (rule.by === 'flag') return this.#byFlag(rule.columns);
    if (rule.by === 'parking') return this.#byParking();
    const verdict = this.#byFacilities(rule);
    return number === 15 && verdict !== undefined ? this.#newGreen(verdict) : verdict;
  }

  #sum(weights: Float32Array): Float64Array {
    return sumInside(this.#city, this.#city.tree.locate(this.#city.snapshot.population.pointE7), weights);
  }

  #reach(kinds: FacilityRule['any'], leastM2?: number): Reached | undefined {
    const found = anyReached(this.#city, kinds.map((each) => ({ ...each, radiusM: each.radiusM ?? findKind(each.kind)?.radius?.metres ?? CIRCLE_M, along: this.#along, ...(leastM2 !== undefined && { leastM2 }) })));
    this.used += found?.count ?? 0;
    this.registered += found?.registered ?? 0;
    return found;
  }

  /** At least half of the residents. */
  #mostReach({ reached }: Reached): Verdict {
    const having = this.#sum(this.#persons.map((count, p) => count * reached[p]));
    return this.#all.map((all, place) => (all > 0 ? (having[place] >= 0.5 * all ? 1 : 0) : NaN));
  }

  #byFacilities({ any, also }: FacilityRule): Verdict | undefined {
    const first = this.#reach(any);
    if (first === undefined) return undefined;
    const verdict = this.#mostReach(first);
    if (also === undefined) return verdict;
    const second = this.#reach(also);
    if (second === undefined) return undefined;
    const more = this.#mostReach(second);
    return verdict.map((each, place) => each * more[place]);
  }

  /** Communities built after 2018 need a green of 4,000 m². */
  #newGreen(verdict: Verdict): Verdict {
    const table = this.#city.table('units');
    const flags = table?.columns['built_after_2018'];
    if (table === undefined || flags === undefined) return verdict;
    const large = this.#reach([{ kind: 'park', radiusM: CIRCLE_M }], NEW_GREEN_M2);
    const most = large === undefined ? verdict.map(() => 0) : this.#mostReach(large);
    const result = verdict.slice();
    table.place.forEach((place, row) => {
      if (place >= 0 && flagOf(flags[row]) === true && !Number.isNaN(result[place])) result[place] = most[place];
    });
    return result;
  }

  #byRows(decide: (table: CityTable, row: number) => boolean | undefined): Verdict | undefined {
    const table = this.#city.table('community_services');
    if (table === undefined) return undefined;
    const verdict = new Float64Array(this.#city.tree.count).fill(NaN);
    table.place.forEach((place, row) => {
      const met = decide(table, row);
      if (place >= 0 && met !== undefined) verdict[place] = met ? 1 : 0;
    });
    return verdict;
  }

  #byFlag(columns: readonly string[]): Verdict | undefined {
    const column = columns.find((each) => this.#city.table('community_services')?.columns[each] !== undefined);
    return column === undefined ? undefined : this.#byRows((table, row) => flagOf(table.columns[column]?.[row]));
  }

  /** Parking for every household, and any charging point. */
  #byParking(): Verdict | undefined {
    return this.#byRows(({ columns }, row) => {
      const [parking, households] = [numberOf(columns['parking']?.[row]), numberOf(columns['households']?.[row])];
      if (parking === undefined || households === undefined || !(households > 0)) return undefined;
      const points = [numberOf(columns['ev_private']?.[row]), numberOf(columns['ev_public']?.[row])].filter((each) => each !== undefined);
      if (points.length === 0) return parking < households ? false : undefined;
      return parking >= households && points.some((count) => count > 0);
    });
  }
}

function runComplete(city: CityData, params: CompleteCommunityParams, { signal }: WorkContext): OperatorResult {
  const { tree } = city;
  const communities = tree.ofLevel('community').filter((place) => tree.outside[place] === 0);
  if (communities.length === 0) return missingReason('no-data', { zh: '没有小区（社区）单元。', en: 'There are no communities.' }, { zh: 'units.csv 中尺度为社区的单元', en: 'units of the scale community in units.csv' });
  const persons = personsOf(city, 'total');
  if (persons === undefined) return missingPopulation('total');
  if (params.measure === 'walk' && city.network === undefined) return noStreets();
  const judge = new Judge(city, persons, params.measure === 'walk');
  const verdicts = COMPLETE_ITEMS.map((item) => {
    throwIfCancelled(signal);
    return judge.judge(item);
  });
  const sums = sumUp(city, communities, verdicts, params);
  if (communities.every((place) => Number.isNaN(sums.value[place]))) {
    return missingReason('no-data', { zh: `20 项中能够判断的不足 ${params.leastJudged} 项。`, en: `Fewer than ${params.leastJudged} of the 20 items can be judged.` }, { zh: 'facilities.csv（社区级设施）与 community_services.csv（停车、充电、物业等）', en: 'facilities.csv with facilities of communities, and community_services.csv with parking, charging, property management' });
  }
  return { ...sums, quality: judge.used > 0 && judge.registered >= 0.9 * judge.used ? 'measured' : 'proxy', notes: noteItems(verdicts, communities) };
}

function sumUp(city: CityData, communities: Uint32Array, verdicts: readonly (Verdict | undefined)[], { as, leastJudged }: CompleteCommunityParams): Pick<PlaceValues, 'value' | 'numerator' | 'denominator' | 'n' | 'detail'> {
  const { count } = city.tree;
  const [numerator, denominator, n] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const lacking: number[][] = Array.from({ length: count }, () => []);
  for (const place of communities) {
    let [met, judged] = [0, 0];
    verdicts.forEach((verdict, i) => {
      if (verdict === undefined || Number.isNaN(verdict[place])) return;
      judged++;
      met += verdict[place];
      if (verdict[place] === 0) lacking[place].push(i);
    });
    if (judged < leastJudged) continue;
    n[place] = 1;
    numerator[place] = as === 'complete' ? (met === judged ? 1 : 0) : met;
    denominator[place] = as === 'share' ? judged : 1;
  }
  for (const sums of [numerator, denominator, n]) rollUp(city, sums);
  const value = numerator.map((sum, place) => (denominator[place] > 0 ? ((as === 'items' ? 1 : 100) * sum) / denominator[place] : NaN));
  const first = new Uint32Array(count + 1);
  lacking.forEach((items, place) => (first[place + 1] = first[place] + items.length));
  return { value, numerator, denominator, n, detail: { lacking: { words: COMPLETE_ITEMS.map(({ label }) => label), first, word: Uint8Array.from(lacking.flat()) } } };
}

/** Items that could not be judged for any community, by name. */
function noteItems(verdicts: readonly (Verdict | undefined)[], communities: Uint32Array): PlaceValues['notes'] {
  const unknown = COMPLETE_ITEMS.filter((_, i) => verdicts[i] === undefined || communities.every((place) => Number.isNaN(verdicts[i]?.[place])));
  const notes = new NoteBook();
  if (unknown.length > 0) {
    const name = (language: 'zh' | 'en'): string => unknown.map(({ number, label }) => `${number} ${label[language]}`).join(language === 'zh' ? '、' : ', ');
    notes.add('warning', 'checkup/items-not-judged', { zh: `无法判断的项目（未计入）：${name('zh')}。`, en: `Items that cannot be judged and are left out: ${name('en')}.` }, undefined, unknown.length);
  }
  return notes.list();
}

const KINDS = COMPLETE_ITEMS.flatMap(({ rule }) => (rule.by === 'facilities' ? [...rule.any, ...(rule.also ?? [])].map(({ kind }) => kind) : []));

function needsOf({ measure }: CompleteCommunityParams): DataNeed[] {
  return ['place', 'population', 'table:community_services', 'table:units', ...[...new Set(KINDS)].map((kind): DataNeed => `facility:${kind}`), ...(measure === 'walk' ? (['network'] as const) : [])];
}

export const completeCommunity = defineOperator({ id: 'complete-community', title: { zh: '完整居住社区', en: 'Complete community' }, params: completeCommunitySchema, needs: needsOf, run: runComplete });
