/** What levels, kinds of facilities, groups of persons and registries are called in the sentences of a check-up; never their ids. */
import { findKind } from '../../base/facilities/match-kinds.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { TableContract } from '../../import/model.ts';
import { LEVEL_WORDS } from '../findings/ledger-words.ts';

/** Kinds by their names; those of a registry's own as the registry calls them. */
export function nameKinds(kinds: readonly string[]): Bilingual {
  const label = (kind: string): Bilingual => findKind(kind)?.label ?? { zh: kind, en: kind };
  return { zh: kinds.map((kind) => label(kind).zh).join('、'), en: kinds.map((kind) => label(kind).en).join(', ') };
}

export const nameLevel = (level: string): Bilingual => LEVEL_WORDS[level] ?? { zh: level, en: level };

/** `total` 全部居民, `0-2` 0–2岁居民, `65+` 65岁及以上居民, `65+/f` 65岁及以上女性; another group as its file calls it. */
export function nameGroup(group: string): Bilingual {
  const [ages, sex] = group.split('/');
  const who = { f: { zh: '女性', en: 'women' }, m: { zh: '男性', en: 'men' } }[sex] ?? { zh: '居民', en: 'residents' };
  if (ages === 'total') return sex === undefined ? { zh: '全部居民', en: 'all residents' } : who;
  const [, from, to] = /^(\d+)(?:-(\d+)|\+)$/.exec(ages) ?? [];
  if (from === undefined) return { zh: `人群“${group}”`, en: `the group "${group}"` };
  return to === undefined ? { zh: `${from}岁及以上${who.zh}`, en: `${who.en} aged ${from} and over` } : { zh: `${from}–${to}岁${who.zh}`, en: `${who.en} aged ${from} to ${to}` };
}

/** What each registry is called, by contract. */
export const REGISTRY_NAMES: Readonly<Record<TableContract, Bilingual>> = {
  units: { zh: '空间单元', en: 'spatial units' },
  buildings: { zh: '房屋建筑台账', en: 'register of buildings' },
  facilities: { zh: '设施台账', en: 'register of facilities' },
  community_services: { zh: '小区服务台账', en: 'register of community services' },
  shelters: { zh: '应急避难场所台账', en: 'register of emergency shelters' },
  stations: { zh: '消防站与轨道出入口台账', en: 'register of fire stations and rail entrances' },
  indicators_dept: { zh: '部门指标', en: 'department statistics' },
  cases: { zh: '案件', en: 'cases' },
  hotline: { zh: '热线工单', en: 'hotline tickets' },
  sensors: { zh: '监测设备', en: 'sensors' },
  readings: { zh: '监测读数', en: 'readings' },
  tasks: { zh: '督办任务', en: 'supervised tasks' },
  parks: { zh: '产业园区台账', en: 'register of industrial parks' },
  survey: { zh: '居民问卷', en: 'survey of residents' },
  peers: { zh: '对标城市', en: 'peer cities' },
};
