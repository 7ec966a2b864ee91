import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePopulationHeader } from '../features/population-columns.ts';
import { customSlug } from '../features/column-names.ts';
import { findDelimiter } from './delimiter.ts';
import { parseOrdinate, parsePair, parseWkt } from './parse-coordinates.ts';
import { parseDate, parseFlag, parseNumber, parseYear } from './parse-value.ts';
import { areaFactor } from './row-check.ts';
import { findHeaderRow } from './table-header.ts';

describe('cells', () => {
  it('hold numbers however people type them, and nothing is guessed at', () => {
    const numbers: [string, number | undefined][] = [
      ['12', 12], ['-3.5', -3.5], ['1,234.5', 1234.5], ['1,234,567', 1234567], ['１２３', 123], ['1 234', 1234], ['12层', 12], ['1200㎡', 1200], ['3.5万', 35000], ['2亿元', 200000000], ['1e3', 1000], ['.5', 0.5],
      ['12,34', undefined], ['abc', undefined], ['1-2', undefined], ['约12', undefined], ['', undefined], ['1.2.3', undefined], ['0x10', undefined], ['Infinity', undefined],
    ];
    for (const [text, value] of numbers) expect(parseNumber(text), text).toBe(value);
    expect(parseNumber('8,61', true)).toBe(8.61);
    expect(parseNumber('1.234,5', true)).toBe(1234.5);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        expect(parseNumber(String(n))).toBe(n === 0 ? 0 : n);
      }),
    );
  });

  it('hold years and dates that exist', () => {
    for (const [text, year] of [['1998', 1998], ['1998年', 1998], ['1998.0', 1998], ['1998-05-01', 1998], ['1998年5月', 1998], ['20225', undefined], ['98', undefined], ['abcd', undefined]] as const) expect(parseYear(text), text).toBe(year);
    for (const [text, date] of [
      ['2024-03-01', '2024-03-01'], ['2024/3/1 8:05', '2024-03-01T08:05:00'], ['2024年3月1日', '2024-03-01'], ['20240301', '2024-03-01'], ['2024-03-01T08:05:09Z', '2024-03-01T08:05:09Z'], ['2024-03-01T08:05:09+08:00', '2024-03-01T08:05:09+08:00'],
      ['2024-02-30', undefined], ['2023-02-29', undefined], ['03/01/2024', undefined], ['2024-13-01', undefined], ['soon', undefined],
    ] as const) expect(parseDate(text), text).toBe(date);
  });

  it('hold yes and no', () => {
    for (const text of ['是', '有', '1', 'true', 'Y', '1.0']) expect(parseFlag(text), text).toBe(true);
    for (const text of ['否', '无', '0', 'FALSE', 'n']) expect(parseFlag(text), text).toBe(false);
    expect(parseFlag('也许')).toBeUndefined();
  });

  it('hold ordinates and pairs', () => {
    for (const [text, value] of [['114.5', 114.5], ['114,5000', 114.5], ['114°30′', 114.5], ['东经114度30分', 114.5], ['W 8°36\'0"', -8.6], ['51.2W', -51.2], ['−30.05', -30.05], ['30.6°N', 30.6], ['30°30′0″S', -30.5], ['114°75′', undefined], ['x', undefined]] as const) {
      if (value === undefined) expect(parseOrdinate(text), text).toBeUndefined();
      else expect(parseOrdinate(text), text).toBeCloseTo(value, 9);
    }
    expect(parsePair('[114.3, 30.6]')).toEqual([114.3, 30.6]);
    expect(parsePair('114.3 30.6')).toEqual([114.3, 30.6]);
    expect(parsePair('114.3')).toBeUndefined();
  });

  it('hold WKT of all types, and malformed WKT is refused', () => {
    expect(parseWkt('MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1)), ((5 5, 6 5, 6 6, 5 5)))')?.geometry).toMatchObject({ type: 'MultiPolygon', partEnds: Uint32Array.of(4, 8, 12), polygonEnds: Uint32Array.of(2, 3) });
    expect(parseWkt('MULTIPOINT ((1 2), (3 4))')?.geometry.coordinates).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(parseWkt('MULTIPOINT (1 2, 3 4)')?.geometry.coordinates).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(parseWkt('point z(1 2 3)')?.geometry.coordinates).toEqual(Float64Array.of(1, 2));
    expect(parseWkt('POLYGON EMPTY')?.geometry.coordinates).toHaveLength(0);
    for (const text of ['POINT (1)', 'POINT (1 2', 'POINT 1 2', 'POINT ((1 2))', 'POLYGON ((0 0, 1 1)))', 'CIRCLE (1 2)', 'POINT (1 2) x', 'POINT (1 2 3 4 5)', '']) expect(parseWkt(text), text).toBeUndefined();
  });
});

describe('headers', () => {
  it('count persons in several languages; shares, jobs and densities do not', () => {
    const groups: [string, string | undefined][] = [
      ['population', 'total'], ['POP_2020', 'total'], ['pop', 'total'], ['Total population', 'total'], ['ASUKKAITA', 'total'], ['常住人口', 'total'], ['常住人口（人）', 'total'], ['人口总数', 'total'], ['Einwohner', 'total'], ['habitantes', 'total'],
      ['IKA0_9', '0-9'], ['IKA_YLI80', '80+'], ['pop_65_plus', '65+'], ['65岁及以上人口', '65+'], ['0-14岁人口', '0-14'], ['age_15_64', '15-64'], ['pop_f_65_plus', '65+/f'], ['under 5 population', '0-4'], ['population_female', 'total/f'],
      ['pop_density', undefined], ['population %', undefined], ['人口密度', undefined], ['老龄化率', undefined], ['jobs', undefined], ['name', undefined], ['id', undefined], ['人均绿地', undefined], ['popular', undefined],
    ];
    for (const [header, group] of groups) expect(parsePopulationHeader(header)?.group, header).toBe(group);
  });

  it('are found under titles, and missing where rows are numbers', () => {
    expect(findHeaderRow([['附件', null, null], ['a', 'b', 'c'], [1, 2, 3]])).toBe(1);
    expect(findHeaderRow([['a', 'b'], ['1', '2']])).toBe(0);
    expect(findHeaderRow([['1', '2'], ['3', '4']])).toBeUndefined();
  });

  it('tell the unit of areas', () => {
    expect(areaFactor('用地面积（公顷）', 'm2')).toBe(10_000);
    expect(areaFactor('用地面积(亩)', 'ha')).toBeCloseTo(1 / 15, 12);
    expect(areaFactor('建筑面积（万平方米）', 'm2')).toBe(10_000);
    expect(areaFactor('floor_m2', 'm2')).toBe(1);
    expect(areaFactor('land_ha', 'ha')).toBe(1);
  });

  it('are parted by the character that lines agree on', () => {
    expect(findDelimiter('a,b,c\n1,2,3\n')).toBe(',');
    expect(findDelimiter('a;b;c\n1,5;2,5;3\n')).toBe(';');
    expect(findDelimiter('a\tb\n"x,y,z"\t2\n')).toBe('\t');
    expect(findDelimiter('only\none\n')).toBe(',');
  });

  it('name layers without date and ending', () => {
    for (const [file, slug] of [['parks_2024.geojson', 'parks'], ['小区 边界-20240301.shp', '小区-边界'], ['POI(1).csv', 'poi-1'], ['2020.csv', '2020'], ['a/b/Zones v2.gpkg', 'zones'], ['.csv', 'file']]) expect(customSlug(file), file).toBe(slug);
  });
});
