/** 政策解析: one text in, one reading out. The steps in their order; each is a folder of its own. */
import { listBodies, levelOf } from './bodies/list-bodies.ts';
import { readBodies } from './bodies/read-bodies.ts';
import { buildPassages } from './build-passages.ts';
import { findDefects } from './defects/find-defects.ts';
import type { BodyMention, Fact, IsoDay, OutlineNode, PolicyBody, PolicyReading, PolicyTask, Quantity, ReadOptions, Target, TimeExpression } from './model.ts';
import { readOutline } from './outline/read-outline.ts';
import type { Passage } from './passage.ts';
import { quantityInSource, timeInSource } from './passage.ts';
import { readQuantities } from './quantities/read-quantities.ts';
import { readTargets } from './targets/read-targets.ts';
import { readTasks } from './tasks/read-tasks.ts';
import { readTimes } from './times/read-times.ts';

/** Raised whenever the same text may read differently; a stored reading of an older version is read again. */
export const READER_VERSION = '4';

/** What the passages say, taken together; spans in the source. */
interface Contents {
  readonly times: TimeExpression[];
  readonly quantities: Quantity[];
  readonly targets: Target[];
  readonly facts: Fact[];
  readonly tasks: PolicyTask[];
  readonly mentions: BodyMention[];
}

interface Setting {
  /** Relative times are counted from it: the day of the speech where the text names it, else of publication. */
  readonly publishedAt: IsoDay | null;
  readonly level: PolicyBody['level'];
  readonly region: string | null;
  /** The text has no sections: what it asks stands in its opening. */
  readonly undivided: boolean;
  /** An excerpt that begins inside a section: what stands before its first heading, (二), is no opening. */
  readonly begun: boolean;
  /** The title says that it tells of what was done (工作成效, 经验材料). */
  readonly tells: boolean;
}

/** Reads a policy text. The same text and options give the same reading. */
export function readPolicy(text: string, options: ReadOptions = {}): PolicyReading {
  const { title, kind, issuer, publishedAt, spokenAt, outline, aside, defects, paragraphs } = readOutline(text, options);
  const passages = buildPassages(text, outline, aside, paragraphs);
  const setting = { publishedAt: spokenAt ?? publishedAt, ...findLevel(issuer, options), undivided: outline.every(({ level, kind }) => level === 0 || kind === 'item'), begun: beginsInside(outline), tells: TELLING_TITLE.test(title) };
  const { times, quantities, targets, facts, tasks, mentions } = readPassages(passages, outline, setting);
  const bodies = listBodies(mentions, setting);
  const found = findDefects(text, { outline, aside, passages, times, quantities, targets });
  const all = [...(options.defects ?? []), ...defects, ...found].sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || (a.kind < b.kind ? -1 : 1));
  return { version: READER_VERSION, text, title, kind, issuer, publishedAt, outline, aside, times, targets, facts, tasks, bodies, defects: all, ...(options.headings !== undefined && options.headings.length > 0 && { headings: options.headings }) };
}

const TELLING_TITLE = /工作成效|成效显著|经验(?:做法|交流|材料|总结)|典型经验|工作总结|工作纪实|巡礼/u;

function beginsInside(outline: readonly OutlineNode[]): boolean {
  const first = outline.find(({ level, state }) => level === 1 && state !== 'elided');
  return first !== undefined && first.ordinal !== null && first.ordinal > 1 && !outline.some(({ level, state }) => level === 1 && state === 'elided');
}

/** Level and region of the issuer, for bodies that are named without theirs. */
function findLevel(issuer: string | null, { level }: ReadOptions): Pick<Setting, 'level' | 'region'> {
  if (issuer === null) return { level: level ?? 'city', region: null };
  const stated = levelOf(issuer, null, 'city');
  return { level: level ?? (stated.level === 'unknown' ? 'city' : stated.level), region: stated.region };
}

/** What stands above the children of a node; they share it. */
interface Above {
  /** Nearest first. */
  readonly headings: readonly string[];
  /** Outermost first. */
  readonly ancestors: readonly OutlineNode[];
}
const NOTHING_ABOVE: Above = { headings: [], ancestors: [] };

/** For each node that has children, by its id, what stands above them. */
function listAbove(outline: readonly OutlineNode[]): Map<string, Above> {
  const byId = new Map<string, OutlineNode>();
  const above = new Map<string, Above>();
  for (const node of outline) {
    byId.set(node.id, node);
    const parent = node.parent === null || above.has(node.parent) ? undefined : byId.get(node.parent);
    if (parent === undefined) continue;
    const { headings, ancestors } = (parent.parent === null ? undefined : above.get(parent.parent)) ?? NOTHING_ABOVE;
    above.set(parent.id, { headings: [parent.heading, ...headings], ancestors: [...ancestors, parent] });
  }
  return above;
}

function readPassages(passages: readonly Passage[], outline: readonly OutlineNode[], setting: Setting): Contents {
  const contents: Contents = { times: [], quantities: [], targets: [], facts: [], tasks: [], mentions: [] };
  const nodes = new Map(outline.map((node) => [node.id, node]));
  const above = listAbove(outline);
  for (const passage of passages) {
    const node = nodes.get(passage.clause);
    if (node !== undefined) readPassage(passage, node, (node.parent === null ? undefined : above.get(node.parent)) ?? NOTHING_ABOVE, setting, contents);
  }
  return contents;
}

function readPassage(passage: Passage, node: OutlineNode, { headings, ancestors }: Above, setting: Setting, contents: Contents): void {
  const { publishedAt } = setting;
  const times = readTimes(passage.text, { publishedAt });
  const quantities = readQuantities(passage.text);
  const { targets, facts, unread } = readTargets(passage, { times, quantities, node, publishedAt, headings });
  const named = withIds(targets, 'target', contents.targets.length);
  const mentions = readBodies(passage, setting);
  const tasks = readTasks(passage, { times, quantities, mentions, targets: named, node, ancestors, undivided: setting.undivided || (setting.begun && node.kind === 'opening'), tells: setting.tells });
  for (const time of times) contents.times.push(timeInSource(passage, time));
  for (const quantity of quantities) contents.quantities.push(quantityInSource(passage, quantity));
  for (const quantity of unread) contents.quantities.push(quantity);
  for (const target of named) contents.targets.push(target);
  for (const fact of facts) contents.facts.push(fact);
  for (const task of withIds(tasks, 'task', contents.tasks.length)) contents.tasks.push(task);
  for (const mention of mentions) contents.mentions.push(mention);
}

/** Numbers what a passage holds on from those before; what was just made is given its id in place. */
function withIds<T extends object>(made: readonly T[], kind: string, before: number): (T & { readonly id: string })[] {
  return made.map((item, i) => Object.assign(item, { id: `${kind}-${before + i + 1}` }));
}
