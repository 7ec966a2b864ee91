/** Mentions of a whole document → the bodies it names, each with its normalised name, level, region and every place it is named. */
import type { BodyMention, PolicyBody, Span } from '../model.ts';
import { REGIONS } from './regions.ts';
import { BODY_TABLE, type BodyEntry } from './table.ts';

const BY_ID: ReadonlyMap<string, BodyEntry> = new Map(BODY_TABLE.map((entry) => [entry.id, entry]));
type Level = PolicyBody['level'];

/** Bodies that exist only nationally, and endings that only one level has. */
const NATIONAL = new Set(['party-central', 'state-council', 'people-bank', 'securities']);
const LEADER = /(?:主要|分管|相关|有关)?(?:负责同志|领导同志|领导干部|领导班子|负责人|领导|书记|主任|局长|市长|区长|县长)$/u;

/** Level that the mention's own words say, else what the issuer's is. */
export function levelOf(text: string, body: string | null, fallback: Level): { level: Level; region: string | null } {
  const region = REGIONS.find(text, 0);
  if (body !== null && NATIONAL.has(body)) return { level: 'national', region: null };
  const rest = region ? text.slice(region.word.length) : text;
  const name = region?.value.name ?? null;
  if (/^(?:国家|全国|中央|中共中央|中国|国务院|最高)/u.test(rest)) return { level: 'national', region: null };
  if (/^(?:各级|地方各级)/u.test(rest)) return { level: 'unknown', region: null };
  const each = /^(?:全市|全省|我市|市直|地方)?各(县|区|市州|市|乡镇|镇|街)/u.exec(rest);
  if (each) {
    const of = each[1];
    const level: Level = of === '县' || of === '区' ? 'district' : of === '市' || of === '市州' ? 'city' : 'street';
    return { level: /^各区域/u.test(rest) ? 'unknown' : level, region: null };
  }
  const local = /^(.{0,3}?)(省|自治区|市|州|区|县|街道|乡镇|镇|乡)/u.exec(rest);
  if (local && !/^(?:城市|社区|园区)/u.test(rest)) {
    const level: Level = local[2] === '省' || local[2] === '自治区' ? 'province' : local[2] === '市' || local[2] === '州' ? 'city' : local[2] === '区' || local[2] === '县' ? 'district' : 'street';
    return { level, region: local[1] === '' || local[1].includes('*') ? name : `${local[1]}${local[2]}` };
  }
  if (region) return { level: region.value.level, region: name };
  if (/(?:部|总局|署)$/u.test(rest) && !/(?:组织部|宣传部|统战部|工作部)$/u.test(rest)) return { level: 'national', region: null };
  if (/厅$/u.test(rest) && !rest.includes('办公厅')) return { level: 'province', region: null };
  return { level: fallback, region: null };
}

const LEVEL_WORD: Readonly<Record<Level, string>> = { national: '', province: '省', city: '市', district: '区', street: '街道', unknown: '' };

function nameOf(entry: BodyEntry, level: Level, region: string | null): string {
  if (level === 'national') return entry.national ?? entry.city;
  const own = level === 'province' ? entry.province : level === 'district' ? entry.district : entry.city;
  if (entry.type === 'enterprise' && region === null) return own;
  return `${region ?? LEVEL_WORD[level]}${own}`;
}

export function listBodies(mentions: readonly BodyMention[], context: { level: Level; region: string | null }): PolicyBody[] {
  const bodies = new Map<string, { body: Omit<PolicyBody, 'mentions'>; spans: Span[] }>();
  for (const mention of mentions) {
    const { level, region } = levelOf(mention.text, mention.body, context.level);
    const entry = mention.body === null ? undefined : BY_ID.get(mention.body);
    const isRole = LEADER.test(mention.text) || entry === undefined;
    const at = region ?? (level === context.level ? context.region : null);
    const name = isRole || !entry ? mention.text : nameOf(entry, level, at);
    const id = isRole || !entry ? mention.text : `${entry.id}@${level}${region ? `:${region}` : ''}`;
    const known = bodies.get(id);
    if (known) known.spans.push(mention.span);
    else bodies.set(id, { body: { id, name, level, type: isRole || !entry ? 'role' : entry.type, region: at }, spans: [mention.span] });
  }
  return [...bodies.values()].map(({ body, spans }) => ({ ...body, mentions: spans }));
}
