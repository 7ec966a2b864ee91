/**
 * Proposes which indicator measures what a clause is about: words of the concept table found in the clause's own text, and the words of the
 * indicators' own names, which also serves a city's own indicators that no concept knows. Deterministic; a proposal carries the words that
 * led to it, and stays one until a person confirms it.
 *
 * Words are laid over a segmentation (jieba, handed in): a word of two characters counts only where it is not the inside of a longer one.
 * What counts is what the clause asks: a word beside its tasks, targets and facts counts less, one in the name of a body or of another text,
 * or that only says where or of what trade something is (医院周边, 养老产业), not at all. Evidence combines as if independent: 1 − ∏(1 − pᵢ).
 */
import type { Bilingual } from '../../core/bilingual.ts';
import { buildPassages } from '../build-passages.ts';
import { listSpunWords, restoreTerms, type SpunWord } from '../defects/find-spun.ts';
import type { ClauseLink, PolicyReading } from '../model.ts';
import { WordMatcher } from '../words/word-matcher.ts';
import { CONCEPTS, NOT_A_CONCEPT, type Concept } from './concepts.ts';
import { isAside } from './word-context.ts';

export interface IndicatorName {
  readonly id: string;
  readonly name: Bilingual;
  readonly definition: Bilingual;
}
/** A text cut into its words, in order; joined they are the text. */
export type Segment = (text: string) => readonly string[];

const NAMING = 0.8;
/** Said in the heading: what the clause is about. */
const IN_HEADING = 0.9;
const SUPPORTING = 0.4;
/** A word said again adds little. */
const AGAIN = 0.15;
/** Beside what a clause asks, promises or reports, where it does. */
const BESIDE = 0.7;
/** In a clause that asks, promises and reports nothing. */
const IDLE = 0.8;
/** Proposals below this are noise. */
const LEAST = 0.5;
/** Of one clause: more than a person reads through; where it has more subjects, one of each. */
const MOST = 6;
const MOST_SUBJECTS = 12;
/** Of one concept. */
const MOST_OF_CONCEPT = 2;

interface Use {
  readonly concept: Concept;
  readonly weight: number;
}
function* conceptWords(): Generator<[string, readonly Use[]]> {
  const uses = new Map<string, Use[]>();
  for (const concept of CONCEPTS) {
    const [naming, supporting = ''] = concept.words.split('|');
    for (const [words, weight] of [[naming, NAMING], [supporting, SUPPORTING]] as const) {
      for (const word of words.split(/\s+/u)) {
        if (word === '') continue;
        const list = uses.get(word);
        if (list) list.push({ concept, weight });
        else uses.set(word, [{ concept, weight }]);
      }
    }
  }
  yield* uses;
  for (const word of NOT_A_CONCEPT) if (!uses.has(word)) yield [word, []];
}
const WORDS = new WordMatcher(conceptWords());

/** What of a reading tells what its clauses are about. */
export interface LinkedText extends Pick<PolicyReading, 'text' | 'outline' | 'aside' | 'facts' | 'bodies'> {
  readonly targets: readonly Pick<PolicyReading['targets'][number], 'clause' | 'span'>[];
  readonly tasks: readonly Pick<PolicyReading['tasks'][number], 'clause' | 'span'>[];
}

/** What stands at a character of the text; a name in what is said is a name. */
const SAID = 1, NAME = 2;

/** One pass over the spans of the reading. */
function markText({ text, tasks, targets, facts, bodies }: LinkedText): Uint8Array {
  const marks = new Uint8Array(text.length);
  for (const list of [tasks, targets, facts]) for (const { span } of list) marks.fill(SAID, span[0], span[1]);
  for (const { mentions } of bodies) for (const [start, end] of mentions) marks.fill(NAME, start, end);
  return marks;
}

/** A concept found in a clause. */
interface Found {
  /** Probability that the clause is not about it. */
  miss: number;
  /** Words of the table → as they stand in the text. */
  readonly words: Map<string, string>;
}

export function proposeLinks(reading: LinkedText, indicators: readonly IndicatorName[], segment: Segment): ClauseLink[] {
  const known = new Set(indicators.map(({ id }) => id));
  const names = new NameIndex(indicators, segment);
  const reworded = listSpunWords(reading.text);
  const headingEnds = new Map(reading.outline.map(({ id, headingSpan }) => [id, headingSpan[1]]));
  const speaking = new Set<string>();
  for (const list of [reading.tasks, reading.targets, reading.facts]) for (const { clause } of list) speaking.add(clause);
  const marks = markText(reading);
  const links: ClauseLink[] = [];
  for (const passage of buildPassages(reading.text, reading.outline, reading.aside, new Int32Array(0))) {
    if (passage.clause === '0') continue;
    const said = passage.text;
    const { text, at } = reworded.length > 0 ? restoreTerms(said, spunIn(said)) : { text: said, at: null };
    const tokens = segment(text);
    const headingEnd = headingEnds.get(passage.clause) ?? 0;
    const speaks = speaking.has(passage.clause);
    const covered = new Uint8Array(text.length);
    const found = findConcepts(text, tokens, covered, {
      quote: (start, end) => (at === null ? text.slice(start, end) : said.slice(at[start], at[end - 1] + 1)),
      inHeading: (start) => passage.at[at === null ? start : at[start]] < headingEnd,
      worth: (start) => {
        const mark = marks[passage.at[at === null ? start : at[start]]];
        return mark === NAME ? 0 : mark === SAID ? 1 : speaks ? BESIDE : IDLE;
      },
    });
    const evidence = new Map<string, Evidence>();
    for (const [concept, one] of found) addConcept(evidence, concept, one, known);
    names.gather(tokens, covered, evidence);
    links.push(...choose(passage.clause, evidence));
  }
  return links;
}

/** The first indicator of each concept goes before the others: a clause of many subjects shows one of each. */
function choose(clause: string, evidence: ReadonlyMap<string, Evidence>): ClauseLink[] {
  const firsts: ClauseLink[] = [], others: ClauseLink[] = [];
  for (const [indicator, { miss, words, rank }] of evidence) {
    const score = Math.round((1 - miss) * 100) / 100;
    if (score >= LEAST && rank < MOST_OF_CONCEPT) (rank === 0 ? firsts : others).push({ clause, indicator, score, words: [...words] });
  }
  const byScore = (a: ClauseLink, b: ClauseLink): number => b.score - a.score || (a.indicator < b.indicator ? -1 : 1);
  firsts.sort(byScore);
  others.sort(byScore);
  return [...firsts.slice(0, MOST_SUBJECTS), ...others.slice(0, Math.max(0, MOST - firsts.length))].sort(byScore);
}

/** The document was shown to be reworded as a whole; in one clause every row of the table counts. */
function spunIn(text: string): SpunWord[] {
  return listSpunWords(text, true);
}

interface Evidence {
  /** Probability that nothing found so far means the indicator. */
  miss: number;
  readonly words: Set<string>;
  /** Its place among the indicators of its concept, the best of several. */
  rank: number;
}

function add(evidence: Map<string, Evidence>, indicator: string, p: number, words: Iterable<string>, rank: number): void {
  const known = evidence.get(indicator) ?? { miss: 1, words: new Set<string>(), rank };
  known.miss *= 1 - Math.min(0.95, p);
  known.rank = Math.min(known.rank, rank);
  for (const word of words) known.words.add(word);
  evidence.set(indicator, known);
}

function addConcept(evidence: Map<string, Evidence>, { indicators }: Concept, { miss, words }: Found, known: ReadonlySet<string>): void {
  Object.entries(indicators).forEach(([indicator, weight], rank) => {
    const first = rank === 0 || weight >= FIRST;
    if (known.has(indicator)) add(evidence, indicator, (1 - miss) * weight * (first ? 1 : OTHER), words.values(), first ? 0 : rank);
  });
}
/** Indicators of this weight are the very thing, as good as the first. */
const FIRST = 0.9;
/** The others of a concept, which measure a part of it or in another way, are the very thing in one case of ten. */
const OTHER = 0.85;

/** From places of the restored text back to the clause as it stands. */
interface Where {
  readonly quote: (start: number, end: number) => string;
  readonly inHeading: (start: number) => boolean;
  /** How much a word there counts, 0–1. */
  readonly worth: (start: number) => number;
}

/** Marks in `covered` what is the name of something else. */
function findConcepts(text: string, tokens: readonly string[], covered: Uint8Array, where: Where): Map<Concept, Found> {
  const boundary = new Uint8Array(text.length + 1);
  let at = 0;
  boundary[0] = 1;
  for (const token of tokens) {
    at += token.length;
    if (at <= text.length) boundary[at] = 1;
  }
  const found = new Map<Concept, Found>();
  for (let i = 0; i < text.length; ) {
    const match = WORDS.find(text, i);
    if (!match || (match.word.length === 2 && !boundary[i] && !boundary[i + 2])) {
      i++;
      continue;
    }
    const end = i + match.word.length;
    const worth = match.value.length === 0 || isAside(text, i, end) ? 0 : where.worth(i);
    if (worth === 0) covered.fill(1, i, end);
    else {
      const heading = where.inHeading(i);
      for (const { concept, weight } of match.value) {
        const seen = found.get(concept) ?? { miss: 1, words: new Map<string, string>() };
        const naming = weight === NAMING;
        const p = heading ? (naming ? IN_HEADING : weight) : weight * worth;
        seen.miss *= 1 - p * (seen.words.has(match.word) ? AGAIN : 1);
        if (!seen.words.has(match.word)) seen.words.set(match.word, where.quote(i, end));
        found.set(concept, seen);
      }
    }
    i = end;
  }
  return found;
}

/** Words that indicators' names are made of without telling them apart. */
const COMMON = new Set('城市 数量 比例 占比 覆盖率 密度 人均 平均 服务 设施 半径 达标 未达标 配建 小区 社区 住宅 问题 需要 进行 改造 建设 存在 人口 面积 水平 率 城区 年度 分钟 覆盖 距离 步行 以内 以上 万人 拥有 个数 当年 增加 公共 管理 系统 安全 空间 综合 活动 中心 道路 更新 完成 完成率 基础 平台 新建 建筑 生活 产业 园区 发展 质量 提升 老旧 更新改造'.split(' '));

/** Names of indicators by their words, rare words counting more. */
class NameIndex {
  private readonly byWord = new Map<string, number[]>();
  private readonly weightOf: number[] = [];
  private readonly indicators: readonly IndicatorName[];

  constructor(indicators: readonly IndicatorName[], segment: Segment) {
    this.indicators = indicators;
    indicators.forEach(({ name }, index) => {
      for (const word of new Set(segment(name.zh))) {
        if (word.length < 2 || COMMON.has(word) || /^[\d\s\p{P}]+$/u.test(word)) continue;
        const list = this.byWord.get(word);
        if (list) list.push(index);
        else this.byWord.set(word, [index]);
      }
    });
    for (const [, list] of this.byWord) for (const index of list) this.weightOf[index] = (this.weightOf[index] ?? 0) + this.rarity(list.length);
  }

  private rarity(uses: number): number {
    return Math.log(1 + this.indicators.length / uses);
  }

  /** Indicators most of whose name's weight, and at least two words of it, stand in one sentence. */
  gather(tokens: readonly string[], covered: Uint8Array, evidence: Map<string, Evidence>): void {
    let hits = new Map<number, { weight: number; words: Set<string> }>();
    let at = 0;
    for (const token of tokens) {
      const start = at;
      at += token.length;
      if (SENTENCE_END.has(token)) {
        this.close(hits, evidence);
        if (hits.size > 0) hits = new Map();
        continue;
      }
      const list = covered[start] === 1 ? undefined : this.byWord.get(token);
      if (!list) continue;
      for (const index of list) {
        const hit = hits.get(index) ?? { weight: 0, words: new Set<string>() };
        if (hit.words.has(token)) continue;
        hit.weight += this.rarity(list.length);
        hit.words.add(token);
        hits.set(index, hit);
      }
    }
    this.close(hits, evidence);
  }

  private close(hits: ReadonlyMap<number, { weight: number; words: ReadonlySet<string> }>, evidence: Map<string, Evidence>): void {
    for (const [index, { weight, words }] of hits) {
      const share = weight / this.weightOf[index];
      if (share > 0.65 && words.size >= 2) add(evidence, this.indicators[index].id, NAMED * share, words, 0);
    }
  }
}
const SENTENCE_END = new Set(['。', '；', ';', '\n']);
/** All words of an indicator's name in one sentence. */
const NAMED = 0.6;
