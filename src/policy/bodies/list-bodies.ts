/** Mentions of a whole document → the bodies it names, each with its normalised name, level, region and every place it is named. */
import type { BodyMention, PolicyBody, Span } from '../model.ts';
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
  if (/(?:部|总局|署)$/u.test(text) && !/(?:组织部|宣传部|统战部|工作部)$/u.test(text)) return { level: 'national', region: null };
  if (text.endsWith('厅') && !text.includes('办公厅')) return { level: 'province', region: null };
  return { level: fallback, region: null };
}
const LEVEL_CHARS: ReadonlyMap<string, Level> = new Map([['省', 'province'], ['市', 'city'], ['州', 'city'], ['区', 'district'], ['县', 'district'], ['镇', 'street'], ['乡', 'street']]);

const LEVEL_WORD: Readonly<Record<Level, string>> = { national: '', province: '省', city: '市', district: '区', street: '街道', unknown: '' };

const SAID_LEVEL = /^[省市区县]/u;
/** 团市委, 共青团市委: the level stands inside. */
const LEAGUE = /^(?:共青)?团(?:([省市区县])委|委|中央)$/u;
/** Names in full that cities choose for themselves: what is as long as the table's own name and made of the same characters, or longer, is no short form of it. */
function isFullName(form: string, own: string): boolean {
  if (!/(?:局|委员会|厅|部|办公室|办公厅|中心|支队|大队|总队|分局)$/u.test(form)) return false;
  return form.length > own.length || (form.length === own.length && [...form].toSorted().join('') === [...own].toSorted().join(''));
}

/** The longest form of the body that the mention has. */
function formIn(entry: BodyEntry, said: string): string {
  return said.slice(prefixOf(said, entry.id).length);
}

const ownName = (entry: BodyEntry, level: Level): string => (level === 'province' ? entry.province : level === 'district' ? entry.district : entry.city);
/** 生态环境分局: a branch in the district, not the bureau of the city. */
const isBranch = (entry: BodyEntry, level: Level, said: string): boolean => said.endsWith('分局') && !ownName(entry, level).endsWith('分局');

function nameOf(entry: BodyEntry, level: Level, region: string | null, said: string): string {
  if (said.endsWith('财政')) return said;
  if (entry.id === 'youth-league') {
    const league = LEAGUE.exec(said);
    return said.endsWith('中央') ? '共青团中央' : league ? `共青团${league[1] ?? LEVEL_WORD[level]}委` : entry.city;
  }
  if (level === 'national') return entry.national ?? entry.city;
  const own = ownName(entry, level);
  if (entry.type === 'organisation' && !SAID_LEVEL.test(said)) return own;
  if (entry.type === 'enterprise' || entry.id === 'management-committee') return said;
  if (isBranch(entry, level, said)) return said;
  const street = entry.id === 'sub-district-office' ? /^([\u4e00-\u9fff]{2,3}街道)(?:办事处|办)?$/u.exec(said) : null;
  if (street) return `${street[1]}办事处`;
  const word = /^(?:县|乡|镇)/u.exec(said)?.[0] ?? LEVEL_WORD[level];
  const form = formIn(entry, said);
  // 成都市规划和自然资源局 is called so; 办公厅 is no 办公室, and 纪委监委 are two under one roof.
  const name = isFullName(form, own) ? form : said.includes('办公厅') ? own.replace(/办公室$/u, '办公厅') : entry.id === 'discipline-inspection' && form.endsWith('纪委监委') ? '纪委监委' : own;
  return `${region ?? word}${name}`;
}

export function listBodies(mentions: readonly BodyMention[], context: { level: Level; region: string | null }): PolicyBody[] {
  const bodies = new Map<string, { body: { -readonly [Field in Exclude<keyof PolicyBody, 'mentions'>]: PolicyBody[Field] }; spans: Span[] }>();
  for (const mention of mentions) {
    const { level, region } = levelOf(mention.text, mention.body, context.level);
    const entry = mention.body === null ? undefined : BY_ID.get(mention.body);
    const isRole = LEADER.test(mention.text) || entry === undefined;
    const at = region ?? (level === context.level ? context.region : null);
    const name = isRole || !entry ? mention.text : nameOf(entry, level, at, mention.text);
    const id = isRole || !entry || isBranch(entry, level, mention.text) ? mention.text : `${entry.id}@${level}${level === 'street' ? (/^[乡镇]/u.exec(mention.text)?.[0] ?? '') : ''}${region ? `:${region}` : ''}`;
    const known = bodies.get(id);
    if (known) {
      known.spans.push(mention.span);
      // the name in full comes often after the short one
      if (!isRole && entry && isFullName(formIn(entry, mention.text), ownName(entry, level))) known.body.name = name;
    } else bodies.set(id, { body: { id, name, level, type: isRole || !entry ? 'role' : entry.type, region: at }, spans: [mention.span] });
  }
  return [...bodies.values()].map(({ body, spans }) => ({ ...body, mentions: spans }));
}
