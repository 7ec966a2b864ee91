/** Mentions of a whole document → the bodies it names, each with its normalised name, level, region and every place it is named. */
import type { BodyMention, PolicyBody, Span } from '../model.ts';
import { isGeneric, nameOfForm } from './form-names.ts';
import { REGIONS } from './regions.ts';
import { BODY_TABLE, type BodyEntry } from './table.ts';

const BY_ID: ReadonlyMap<string, BodyEntry> = new Map(BODY_TABLE.map((entry) => [entry.id, entry]));
type Level = PolicyBody['level'];

/** Bodies that exist only nationally, and endings that only one level has. */
const NATIONAL = new Set(['party-central', 'party-central-office', 'state-council', 'state-council-office', 'people-bank', 'securities']);
const LEADER = /(?:主要|分管|相关|有关)?(?:负责同志|领导同志|领导干部|领导班子|负责人|领导|书记|主任|局长|市长|区长|县长)$/u;

/** [region][level] in front of the name: the mention without the longest form of its body. */
function prefixOf(text: string, body: string | null): string {
  const entry = body === null ? undefined : BY_ID.get(body);
  if (!entry) return text;
  let at = text.length;
  let longest = 0;
  for (const form of entry.forms) {
    const found = form.length > longest ? text.indexOf(form) : -1;
    if (found < 0) continue;
    at = found;
    longest = form.length;
  }
  return text.slice(0, at);
}

/** Level that the mention's own words say, else what the issuer's is. */
export function levelOf(said: string, body: string | null, fallback: Level): { level: Level; region: string | null } {
  const text = said.replace(/^中共(?=[^中])/u, '');
  const region = REGIONS.find(text, 0);
  if (body !== null && NATIONAL.has(body)) return { level: 'national', region: null };
  const name = region?.value.name ?? null;
  if (/^(?:国家|全国|中央|中共中央|中国|国务院|最高)/u.test(text)) return { level: 'national', region: null };
  if (text.startsWith('自治区')) return { level: 'province', region: null };
  if (/^(?:各级|地方各级)/u.test(text)) return { level: 'unknown', region: null };
  const each = /^(?:市直)?各(县|区(?!域)|市州|市|乡镇|镇|街)/u.exec(text);
  if (each) return { level: each[1] === '县' || each[1] === '区' ? 'district' : each[1].startsWith('市') ? 'city' : 'street', region: null };
  const prefix = prefixOf(text, body);
  const rest = region ? prefix.slice(Math.min(prefix.length, region.word.length)) : prefix;
  // The last level word counts: 示范市云滨区.
  let level: Level | null = null;
  let end = 0;
  for (let i = 0; i < Math.min(rest.length, 14); i++) {
    const found = LEVEL_CHARS.get(rest[i]) ?? (rest.startsWith('街道', i) ? 'street' : undefined);
    if (found === undefined || (i > 0 && /[城园社地]/u.test(rest[i - 1]) && !(i >= 2 && rest.slice(i - 1) === '城市'))) continue;
    level = found;
    end = i + 1;
    if (body === null) break;
  }
  if (level !== null) {
    const own = rest.slice(0, end);
    return { level, region: own.length > 1 && !own.includes('、') ? own : end === 1 ? name : null };
  }
  if (region) return { level: region.value.level, region: name };
  if (body === 'sub-district-office' || body === 'residents-committee' || body === 'villagers-committee') return { level: 'street', region: null };
  if (/(?:部|总局|署)$/u.test(text) && !/(?:组织部|宣传部|统战部|工作部)$/u.test(text)) return { level: 'national', region: null };
  if (text.endsWith('厅') && !text.includes('办公厅')) return { level: 'province', region: null };
  return { level: fallback, region: null };
}
const LEVEL_CHARS: ReadonlyMap<string, Level> = new Map([['省', 'province'], ['市', 'city'], ['州', 'city'], ['区', 'district'], ['县', 'district'], ['镇', 'street'], ['乡', 'street']]);

const LEVEL_WORD: Readonly<Record<Level, string>> = { national: '', province: '省', city: '市', district: '区', street: '街道', unknown: '' };

const SAID_LEVEL = /^(?:自治[区州县]|[省市区县州乡镇])/u;
/** 团市委, 共青团市委: the level stands inside. */
const LEAGUE = /^(?:共青)?团(?:([省市区县])委|委|中央)$/u;

/** The longest form of the body that the mention has. */
function formIn(entry: BodyEntry, said: string): string {
  return said.slice(prefixOf(said, entry.id).length);
}

/** 生态环境分局: a branch in the district, not the bureau of the city. */
const isBranch = (said: string): boolean => said.endsWith('分局');

/** Whether the mention says itself whose body it is (市, 云滨区). */
const saysLevel = (entry: BodyEntry, said: string): boolean => formIn(entry, said).length < said.length;

/** 管委会, 党工委, 人民银行: which of them is meant, the text alone says. */
const ONE_OF_MANY: ReadonlySet<string> = new Set(['management-committee', 'party-working-committee', 'people-bank', 'securities', 'community-party']);
/** What stays as it is printed: there are many of them, each called by its own name. */
function staysPrinted(entry: BodyEntry, level: Level, said: string): boolean {
  if (said.endsWith('财政') || entry.type === 'enterprise' || ONE_OF_MANY.has(entry.id) || isBranch(said)) return true;
  // 市、区住房城乡建设部门: those of both.
  if (prefixOf(said, entry.id).includes('、')) return true;
  // 派出所, 督查室: there are many, or it is not said whose.
  if (entry.id === entry.city && !/(?:局|委|委员会|厅|人大)$/u.test(said) && !saysLevel(entry, said)) return true;
  // 住建部门 in a paper of the province: those of all levels; 住房城乡建设主管部门 is whoever the law means.
  return isGeneric(said) && (level === 'province' || level === 'national' || level === 'unknown' || /(?:主管|行政)部门$/u.test(said)) && !saysLevel(entry, said);
}

interface Place {
  readonly level: Level;
  readonly region: string | null;
  /** 区 or 县, 省 or 自治区 where nothing is said. */
  readonly word: string;
}

function nameOf(entry: BodyEntry, { level, region, word }: Place, said: string): string {
  if (entry.id === 'youth-league') {
    const league = LEAGUE.exec(said);
    return said.endsWith('中央') ? '共青团中央' : league ? `共青团${league[1] ?? word}委` : entry.city;
  }
  if (level === 'national') return entry.national ?? entry.city;
  const street = entry.id === 'sub-district-office' ? /^([\u4e00-\u9fff]{2,3}街道)(?:办事处|办)?$/u.exec(said) : null;
  if (street) return `${street[1]}办事处`;
  if (entry.id === 'sub-district-office' && !saysLevel(entry, said)) return entry.city;
  const own = SAID_LEVEL.exec(said)?.[0] ?? word;
  const name = nameOfForm(entry, formIn(entry, said), level, (region ?? own).endsWith('县'));
  if (entry.type === 'organisation' && !SAID_LEVEL.test(said)) return name;
  return `${region ?? own}${name}`;
}

/** What the bodies of each level are called in this text where one leaves it out: 县 in a text of 县住建局. */
function wordsOfLevels(mentions: readonly BodyMention[], { level, region }: Setting): Record<Level, string> {
  const words = { ...LEVEL_WORD };
  const counts = new Map<string, number>();
  for (const { text, body } of mentions) {
    if (body === null) continue;
    const word = /^(?:自治区|自治州|[区县市州省])/u.exec(text)?.[0];
    if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const many = (word: string): number => counts.get(word) ?? 0;
  if (many('县') > many('区')) words.district = '县';
  if (many('州') + many('自治州') > many('市')) words.city = '州';
  if (many('自治区') > many('省')) words.province = '自治区';
  // 泾县人民政府关于…: the issuer decides about its own level.
  const last = region === null ? undefined : /(?:自治区|[区县市州省])$/u.exec(region)?.[0];
  if (last !== undefined) words[level] = last;
  return words;
}

interface Setting {
  readonly level: Level;
  readonly region: string | null;
}

/** The issuer's region belongs to a body of its level, unless the body says another sort of place: 区财政局 in a paper of 嘉鱼县. */
function regionFor(said: string, level: Level, own: string | null, context: Setting): string | null {
  if (own !== null || level !== context.level || context.region === null) return own;
  const word = SAID_LEVEL.exec(said)?.[0];
  return word === undefined || context.region.endsWith(word) ? context.region : null;
}

export function listBodies(mentions: readonly BodyMention[], context: Setting): PolicyBody[] {
  const words = wordsOfLevels(mentions, context);
  const bodies = new Map<string, { body: { -readonly [Field in Exclude<keyof PolicyBody, 'mentions'>]: PolicyBody[Field] }; form: string; spans: Span[] }>();
  for (const mention of mentions) {
    const said = mention.text;
    const { level, region } = levelOf(said, mention.body, context.level);
    const entry = mention.body === null ? undefined : BY_ID.get(mention.body);
    const isRole = LEADER.test(said) || entry === undefined;
    const at = regionFor(said, level, region, context);
    const printed = isRole || !entry || staysPrinted(entry, level, said);
    const name = printed ? said : nameOf(entry, { level, region: at, word: words[level] }, said);
    const own = printed || entry.id === 'sub-district-office';
    const id = own ? name : `${entry.id}@${level}${level === 'street' ? (/^[乡镇]/u.exec(said)?.[0] ?? '') : ''}${region ? `:${region}` : ''}`;
    const form = entry ? formIn(entry, said) : said;
    const known = bodies.get(id);
    if (!known) {
      bodies.set(id, { body: { id, name, level, type: isRole || !entry ? 'role' : entry.type, region: at }, form, spans: [mention.span] });
      continue;
    }
    known.spans.push(mention.span);
    // The name in full comes often after the short one.
    if (!own && form.length > known.form.length && name.endsWith(form)) {
      known.body.name = name;
      known.form = form;
    }
  }
  return [...bodies.values()].map(({ body, spans }) => ({ ...body, mentions: spans }));
}
