/** Tags → kinds of facilities, with the table's rules compiled once; and registries' own words → kinds. */
import type { Attributes } from '../../import/model.ts';
import type { FacilityKind, MatchRule } from './kinds.ts';
import { FACILITY_KINDS } from './kinds.ts';

/** What is known of an object that may be a facility. */
interface Candidate {
  readonly name: string | undefined;
  readonly attributes: Attributes;
  /** m² of its own ground; 0 for a point. */
  readonly areaM2: number;
}

interface CompiledRule {
  readonly kind: FacilityKind;
  readonly rule: MatchRule;
  /** All tags but the pivot. */
  readonly others: readonly (readonly [key: string, values: ReadonlySet<string>])[];
  readonly not: readonly (readonly [key: string, values: ReadonlySet<string>])[];
}

export interface KindMatcher {
  /** Kinds the object serves as, in the table's order; mostly none or one. */
  match(candidate: Candidate): FacilityKind[];
}

/** OSM joins several values of a key with semicolons. */
function hasValue(value: unknown, wanted: ReadonlySet<string>): boolean {
  if (value === undefined || value === null || value === false) return false;
  const text = value === true ? 'yes' : String(value);
  if (wanted.has(text) || (wanted.has('*') && text !== 'no')) return true;
  return text.includes(';') && text.split(';').some((part) => wanted.has(part.trim()));
}

/** Compiles a table; rules are found by their first tag, so that an object meets only the few that may hold. */
export function buildKindMatcher(kinds: readonly FacilityKind[] = FACILITY_KINDS): KindMatcher {
  const byPivot = new Map<string, Map<string, CompiledRule[]>>();
  for (const kind of kinds) {
    for (const rule of kind.rules) {
      const [[pivot, values], ...others] = Object.entries(rule.tags);
      const compiled: CompiledRule = {
        kind,
        rule,
        others: others.map(([key, list]) => [key, new Set(list)] as const),
        not: Object.entries(rule.not ?? {}).map(([key, list]) => [key, new Set(list)] as const),
      };
      const byValue = byPivot.get(pivot) ?? new Map<string, CompiledRule[]>();
      byPivot.set(pivot, byValue);
      for (const value of values) byValue.set(value, [...(byValue.get(value) ?? []), compiled]);
    }
  }
  const pivots = [...byPivot];
  const order = new Map(kinds.map((kind, i) => [kind, i]));
  return {
    match(candidate) {
      const found = new Set<FacilityKind>();
      for (const [key, byValue] of pivots) {
        const value = candidate.attributes[key];
        if (value === undefined || value === null || value === false || value === 'no') continue;
        const text = String(value);
        for (const part of text.includes(';') ? text.split(';').map((piece) => piece.trim()) : [text]) {
          for (const compiled of byValue.get(part) ?? []) if (!found.has(compiled.kind) && holds(compiled, candidate)) found.add(compiled.kind);
        }
        for (const compiled of byValue.get('*') ?? []) if (!found.has(compiled.kind) && holds(compiled, candidate)) found.add(compiled.kind);
      }
      return [...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    },
  };
}

function holds({ rule, others, not }: CompiledRule, { name, attributes, areaM2 }: Candidate): boolean {
  for (const [key, values] of others) if (!hasValue(attributes[key], values)) return false;
  for (const [key, values] of not) if (hasValue(attributes[key], values)) return false;
  if (rule.name !== undefined && (name === undefined || !rule.name.test(name))) return false;
  if (rule.notName !== undefined && name !== undefined && rule.notName.test(name)) return false;
  if (rule.leastM2 !== undefined && areaM2 < rule.leastM2) return false;
  return rule.mostM2 === undefined || areaM2 < rule.mostM2;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s_\-·、,，.()（）]+/g, '');

let words: Map<string, FacilityKind> | undefined;

/** The kind a registry's word stands for (`幼儿园`, `kindergarten`, `Kindergarten`, `小学(完全)`), by id, label or alias. */
export function findKindOfWord(word: string): FacilityKind | undefined {
  if (words === undefined) {
    words = new Map();
    for (const kind of FACILITY_KINDS) for (const alias of kind.aliases) words.set(plain(alias), kind);
    for (const kind of FACILITY_KINDS) for (const own of [kind.id, kind.label.zh, kind.label.en]) words.set(plain(own), kind);
  }
  const key = plain(word);
  const exact = words.get(key);
  if (exact !== undefined || key.length < 2) return exact;
  // "XX区幼儿园", "幼儿园（公办）": the longest known Chinese word inside it
  let best: FacilityKind | undefined;
  let length = 1;
  for (const [alias, kind] of words) {
    if (alias.length > length && /\p{Script=Han}/u.test(alias) && key.includes(alias)) {
      best = kind;
      length = alias.length;
    }
  }
  return best;
}

/** The kind with an id, if the table has it. */
export function findKind(id: string): FacilityKind | undefined {
  return FACILITY_KINDS.find((kind) => kind.id === id);
}
