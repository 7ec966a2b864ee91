import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildPoint, buildPolygon } from '../../engine/spatial/geometry.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { Attributes } from '../../import/model.ts';
import { findEntrances } from './find-entrances.ts';
import { FACILITY_KINDS } from './kinds.ts';
import { buildKindMatcher, findKindOfWord } from './match-kinds.ts';
import type { FacilityDraft } from './merge-duplicates.ts';
import { mergeDuplicates } from './merge-duplicates.ts';

const SCALE = metresPerDegree(30);
const at = (e: number, n: number): [number, number] => [114 + e / SCALE.lon, 30 + n / SCALE.lat];
const square = (e: number, n: number, side: number): Geometry => buildPolygon([...at(e, n), ...at(e + side, n), ...at(e + side, n + side), ...at(e, n + side)]);

describe('the table of kinds', () => {
  it('has ids once, both names, and marks every recalled value as unverified', () => {
    expect(new Set(FACILITY_KINDS.map((kind) => kind.id)).size).toBe(FACILITY_KINDS.length);
    for (const kind of FACILITY_KINDS) {
      expect(kind.label.zh).toMatch(/\p{Script=Han}/u);
      expect(kind.label.en).toMatch(/^[A-Z]/);
      for (const value of [kind.radius, kind.floorM2, kind.landM2]) if (value !== undefined) expect(value.unverified).toBe(value.confidence === 'recalled');
    }
  });

  it('covers all three circles with what they must have', () => {
    const must = (circle: string): string[] => FACILITY_KINDS.filter((kind) => kind.need === 'must' && kind.circles.some((c) => c === circle)).map((kind) => kind.id);
    expect(must('5')).toEqual(expect.arrayContaining(['kindergarten', 'elderly-day-care', 'community-service-station', 'park', 'public-toilet', 'fitness-ground']));
    expect(must('10')).toEqual(expect.arrayContaining(['primary-school', 'market', 'bus-stop', 'medium-sports-ground']));
    expect(must('15')).toEqual(expect.arrayContaining(['junior-secondary-school', 'community-health-centre', 'culture-centre', 'nursing-home']));
  });
});

describe('matching tags', () => {
  const matcher = buildKindMatcher();
  const match = (attributes: Attributes, name?: string, ground = 0): string[] => matcher.match({ name, attributes, areaM2: ground }).map((kind) => kind.id);

  it('tells the stages of schools by level tag or name, and says so where neither does', () => {
    expect(match({ amenity: 'school' }, '武汉市育才小学')).toEqual(['primary-school']);
    expect(match({ amenity: 'school' }, '第三初级中学')).toEqual(['junior-secondary-school']);
    expect(match({ amenity: 'school' }, '武汉市第一中学')).toEqual(['junior-secondary-school']);
    expect(match({ amenity: 'school' }, '实验学校')).toEqual(['primary-school', 'junior-secondary-school']);
    expect(match({ amenity: 'school' }, '光谷九年一贯制学校')).toEqual(['primary-school', 'junior-secondary-school']);
    expect(match({ amenity: 'school', 'isced:level': '1;2' }, 'Nordea')).toEqual(['primary-school', 'junior-secondary-school']);
    expect(match({ amenity: 'school' })).toEqual(['school']);
    expect(match({ amenity: 'school' }, '平安驾校')).toEqual([]);
  });

  it('sorts sports grounds by their size and counts football pitches of any', () => {
    const pitch = { leisure: 'pitch', sport: 'soccer' };
    expect(match(pitch, undefined, 7000)).toEqual(['large-sports-ground', 'football-pitch']);
    expect(match(pitch, undefined, 1500)).toEqual(['medium-sports-ground', 'football-pitch']);
    expect(match(pitch, undefined, 0)).toContain('small-sports-ground');
    expect(match({ ...pitch, access: 'private' }, undefined, 7000)).toEqual([]);
  });

  it('leaves out what is not open to all', () => {
    expect(match({ leisure: 'park' })).toEqual(['park']);
    expect(match({ leisure: 'park', access: 'private' })).toEqual([]);
    expect(match({ amenity: 'toilets', access: 'customers' })).toEqual([]);
    expect(match({ leisure: 'garden', 'garden:type': 'residential' }, undefined, 5000)).toEqual([]);
  });

  it('knows what registries call a kind', () => {
    const kindOf = (word: string): string | undefined => findKindOfWord(word)?.id;
    expect(kindOf('幼儿园')).toBe('kindergarten');
    expect(kindOf('老年人日间照料中心')).toBe('elderly-day-care');
    expect(kindOf('社区卫生服务站')).toBe('community-health-station');
    expect(kindOf('幼儿园（公办）')).toBe('kindergarten');
    expect(kindOf('银行、电信、邮政网点')).toBe('bank-telecom-post');
    expect(kindOf('Primary School')).toBe('primary-school');
    expect(kindOf('primary_school')).toBe('primary-school');
    expect(kindOf('宇宙飞船')).toBeUndefined();
  });
});

describe('merging', () => {
  let next = 0;
  const draft = (geometry: Geometry, name?: string, registry = false): FacilityDraft => ({
    sourceId: `o${next++}`, batchId: 1, name, attributes: {}, geometry, areaM2: areaM2(geometry),
    registry: registry ? { capacity: 90, floorM2: undefined, landM2: undefined } : undefined,
  });
  const sizes = (drafts: FacilityDraft[], sameNameM?: number): number[] => mergeDuplicates(drafts, sameNameM).map((group) => group.length).sort((a, b) => b - a);

  it('joins a node to the grounds it lies in unless the names differ', () => {
    expect(sizes([draft(square(0, 0, 100), '实验小学'), draft(buildPoint(...at(50, 50)), '实验小学')])).toEqual([2]);
    expect(sizes([draft(square(0, 0, 100), '实验小学'), draft(buildPoint(...at(50, 50)))])).toEqual([2]);
    expect(sizes([draft(square(0, 0, 100), '实验小学'), draft(buildPoint(...at(50, 50)), '育才小学')])).toEqual([1, 1]);
  });

  it('joins equal names up to 50 m, also across a border, and bus stops up to 30 m', () => {
    expect(sizes([draft(square(0, 0, 100), 'A'), draft(buildPoint(...at(140, 50)), 'a')])).toEqual([2]);
    expect(sizes([draft(square(0, 0, 100), 'A'), draft(buildPoint(...at(160, 50)), 'A')])).toEqual([1, 1]);
    const stops = [draft(buildPoint(...at(0, 0)), '中山路'), draft(buildPoint(...at(25, 0)), '中山路'), draft(buildPoint(...at(80, 0)), '中山路')];
    expect(sizes(stops, 30)).toEqual([2, 1]);
  });

  it('never joins two nameless points, nor two rows of a registry', () => {
    expect(sizes([draft(buildPoint(...at(0, 0))), draft(buildPoint(...at(5, 0)))])).toEqual([1, 1]);
    const grounds = draft(square(0, 0, 100));
    expect(sizes([grounds, draft(buildPoint(...at(20, 20)), '甲', true), draft(buildPoint(...at(80, 80)), '乙', true)])).toEqual([2, 1]);
  });

  it('joins exits that lie together whatever each file calls them, but no two rows of a registry', () => {
    const exits = [draft(buildPoint(...at(0, 0)), 'A口'), draft(buildPoint(...at(9, 0)), '中山路站A', true), draft(buildPoint(...at(20, 0)), '中山路站B', true), draft(buildPoint(...at(70, 0)), 'C')];
    expect(mergeDuplicates(exits, 10, 15).map((group) => group.length).sort()).toEqual([1, 1, 2]);
  });

  it('lets the registry stand for the place and keeps the grounds with it', () => {
    const [group] = mergeDuplicates([draft(square(0, 0, 100), '向阳幼儿园'), draft(buildPoint(...at(40, 40)), '向阳幼儿园', true)]);
    expect(group[0].registry?.capacity).toBe(90);
    expect(group[1].areaM2).toBeGreaterThan(9000);
  });
});

describe('entrances', () => {
  it('are gates on the border and places where paths cross it, each once', () => {
    const park = square(0, 0, 200);
    const path = [...at(-50, 100), ...at(100, 100), ...at(100, 300)];
    const beside = [...at(-50, -50), ...at(300, -50)];
    const walkways = { coordinates: Float64Array.from([...path, ...beside]), ends: Uint32Array.of(3, 5) };
    const [found] = findEntrances([park], walkways, [at(0, 103), at(200, 150), at(100, 100)]);
    const metres = Array.from({ length: found.length / 2 }, (_, i) => [Math.round((found[2 * i] - 114) * SCALE.lon), Math.round((found[2 * i + 1] - 30) * SCALE.lat)].join(','));
    expect(metres.sort()).toEqual(['0,103', '100,200', '200,150']);
  });
});
