/**
 * Proposes which indicator measures what a clause is about: words of the concept table found in the clause's own text, and the words of the
 * indicators' own names, which also serves a city's own indicators that no concept knows. Deterministic; a proposal carries the words that
 * led to it, and stays one until a person confirms it.
 *
 * Words are laid over a segmentation (jieba, handed in): a word of two characters counts only where it is not the inside of a longer one.
 * Scores combine as if independent: 1 − ∏(1 − pᵢ).
 */
import type { Bilingual } from '../../core/bilingual.ts';
import { buildPassages } from '../build-passages.ts';
import { listSpunWords, restoreTerms, type SpunWord } from '../defects/find-spun.ts';
import type { ClauseLink, PolicyReading } from '../model.ts';
import { WordMatcher } from '../words/word-matcher.ts';
import { CONCEPTS, NOT_A_CONCEPT, type Concept } from './concepts.ts';

export interface IndicatorName {
  readonly id: string;
  readonly name: Bilingual;
  readonly definition: Bilingual;
}
/** A text cut into its words, in order; joined they are the text. */
export type Segment = (text: string) => readonly string[];

const NAMING = 0.75;
/** Said in the heading: what the clause is about. */
const IN_HEADING = 0.88;
const SUPPORTING = 0.4;
/** A word said again adds little. */
const AGAIN = 0.15;
/** Proposals below this are noise. */
const LEAST = 0.45;
/** Of one clause: more than a person reads through. */
const MOST = 6;

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

export function proposeLinks(reading: LinkedText, indicators: readonly IndicatorName[], segment: Segment): ClauseLink[] {
  const known = new Set(indicators.map(({ id }) => id));
  const names = new NameIndex(indicators, segment);
  const reworded = listSpunWords(reading.text);
  const headingEnds = new Map(reading.outline.map(({ id, headingSpan }) => [id, headingSpan[1]]));
  const links: ClauseLink[] = [];
  for (const passage of buildPassages(reading.text, reading.outline, reading.aside, new Int32Array(0))) {
    if (passage.clause === '0') continue;
    const said = passage.text;
    const { text, at } = reworded.length > 0 ? restoreTerms(said, spunIn(said)) : { text: said, at: null };
    const tokens = segment(text);
    const evidence = new Map<string, Evidence>();
    const headingEnd = headingEnds.get(passage.clause) ?? 0;
    gatherConcepts(text, tokens, known, evidence, {
      quote: (start, end) => (at === null ? text.slice(start, end) : said.slice(at[start], at[end - 1] + 1)),
      inHeading: (start) => passage.at[at === null ? start : at[start]] < headingEnd,
    });
    names.gather(tokens, evidence);
    const proposals = [...evidence].map(([indicator, { miss, words }]) => ({ clause: passage.clause, indicator, score: Math.round((1 - miss) * 100) / 100, words: [...words] }));
    proposals.sort((a, b) => b.score - a.score || (a.indicator < b.indicator ? -1 : 1));
    links.push(...proposals.filter(({ score }) => score >= LEAST).slice(0, MOST));
  }
  return links;
}

/** The document was shown to be reworded as a whole; in one clause every row of the table counts. */
function spunIn(text: string): SpunWord[] {
  return listSpunWords(text, true);
}

interface Evidence {
  /** Probability that nothing found so far means the indicator. */
  miss: number;
  readonly words: Set<string>;
}

function add(evidence: Map<string, Evidence>, indicator: string, p: number, words: Iterable<string>): void {
  const known = evidence.get(indicator) ?? { miss: 1, words: new Set<string>() };
  known.miss *= 1 - Math.min(0.95, p);
  for (const word of words) known.words.add(word);
  evidence.set(indicator, known);
}

/** From places of the restored text back to the clause as it stands. */
interface Where {
  readonly quote: (start: number, end: number) => string;
  readonly inHeading: (start: number) => boolean;
}

function gatherConcepts(text: string, tokens: readonly string[], known: ReadonlySet<string>, evidence: Map<string, Evidence>, where: Where): void {
  const boundary = new Uint8Array(text.length + 1);
  let at = 0;
  boundary[0] = 1;
  for (const token of tokens) {
    at += token.length;
    if (at <= text.length) boundary[at] = 1;
  }
  const found = new Map<Concept, { miss: number; words: Map<string, string> }>();
  for (let i = 0; i < text.length; ) {
    const match = WORDS.find(text, i);
    if (!match || (match.word.length === 2 && !boundary[i] && !boundary[i + 2])) {
      i++;
      continue;
    }
    const end = i + match.word.length;
    for (const { concept, weight } of match.value) {
      const seen = found.get(concept) ?? { miss: 1, words: new Map<string, string>() };
      const worth = weight === NAMING && where.inHeading(i) ? IN_HEADING : weight;
      seen.miss *= 1 - worth * (seen.words.has(match.word) ? AGAIN : 1);
      if (!seen.words.has(match.word)) seen.words.set(match.word, where.quote(i, end));
      found.set(concept, seen);
    }
    i = end;
  }
  for (const [concept, { miss, words }] of found) {
    for (const [indicator, weight] of Object.entries(concept.indicators)) {
      if (known.has(indicator)) add(evidence, indicator, (1 - miss) * weight, words.values());
    }
  }
}

/** Words that indicators' names are made of without telling them apart. */
const COMMON = new Set('城市 数量 比例 占比 覆盖率 密度 人均 平均 服务 设施 半径 达标 未达标 配建 小区 社区 住宅 问题 需要 进行 改造 建设 存在 人口 面积 水平 率 城区 年度 分钟 覆盖 距离 步行 以内 以上 万人 拥有 个数 当年 增加 公共 管理 系统 安全 空间 综合 活动 中心 道路 更新 完成 完成率 基础 平台 新建 建筑 生活 产业 园区 发展 质量 提升'.split(' '));

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

  /** Indicators more than half of whose name's weight, and at least two words of it, stand in the clause. */
  gather(tokens: readonly string[], evidence: Map<string, Evidence>): void {
    const hits = new Map<number, { weight: number; words: string[] }>();
    for (const token of new Set(tokens)) {
      const list = this.byWord.get(token);
      if (!list) continue;
      for (const index of list) {
        const hit = hits.get(index) ?? { weight: 0, words: [] };
        hit.weight += this.rarity(list.length);
        hit.words.push(token);
        hits.set(index, hit);
      }
    }
    for (const [index, { weight, words }] of hits) {
      const share = weight / this.weightOf[index];
      if (share > 0.5 && words.length >= 2) add(evidence, this.indicators[index].id, 0.6 * share, words);
    }
  }
}
