/** SDG 11 (UN metadata) and GHSCI (Global Healthy & Sustainable City Indicators). Persons count, along the streets; nothing of these enters the national grades. */
import type { Indicator, IndicatorGroup } from '../model.ts';
import type { Definition } from './define-indicator.ts';
import { UNITS, both, define } from './define-indicator.ts';

const SDG = 'UN SDG 11 metadata';
const GHSCI = 'Global Healthy & Sustainable City Indicators (global-indicators)';

const international = (group: IndicatorGroup, source: string, definition: Omit<Definition, 'group' | 'level'>): Indicator =>
  define({ set: 'international', version: '2025.1', source, confidence: 'certain' }, { group, level: 'city', ...definition });

const sdg = (id: string, definition: Omit<Definition, 'group' | 'level' | 'id'>): Indicator => international('sdg', SDG, { id, ...definition });
const ghsci = (definition: Omit<Definition, 'group' | 'level'>): Indicator => international('ghsci', GHSCI, definition);

/** 25 cities: lower quarter, median, upper quarter of the share of residents. */
const DESTINATIONS = [
  ['fresh-food', '生鲜食品', 'fresh food', '超市、菜市场、肉店、水产店、果蔬店、面包店等', 'supermarkets, markets, butchers, fishmongers, greengrocers, bakeries and the like', [19.66, 35.18, 50.65]],
  ['convenience', '便利店', 'a convenience store', '便利店、报刊亭等', 'convenience stores, kiosks and newsagents', [28.66, 40.09, 48.15]],
  ['transit', '公共交通', 'public transport', '任意公交或轨道站点', 'any stop or station', [63.15, 86.45, 91.4]],
  ['transit-30', '30分钟一班的公共交通', 'public transport every 30 minutes', '工作日7至19时平均间隔不超过30分钟的站点', 'stops served every 30 minutes or more often on working days from 7 to 19 h', undefined],
  ['transit-20', '20分钟一班的公共交通', 'public transport every 20 minutes', '工作日7至19时平均间隔不超过20分钟的站点', 'stops served every 20 minutes or more often on working days from 7 to 19 h', [38.71, 56.71, 76.16]],
  ['open-space', '公共开放空间', 'public open space', '任意公共开放空间', 'any public open space', [59.22, 84.94, 90.07]],
  ['open-space-large', '大型公共开放空间', 'large public open space', '不小于1.5公顷的公共开放空间', 'public open space of at least 1.5 ha', [24.6, 46.75, 62.81]],
] as const;

export const INTERNATIONAL_INDICATORS: readonly Indicator[] = [
  sdg('sdg-11-2-1', {
    name: both('SDG 11.2.1 便捷公共交通人口比例', 'SDG 11.2.1 convenient access to public transport'),
    unit: UNITS.percent, direction: 'up', computability: ['a', 'b'],
    definition: both('沿步行路网500米内有低运量站点（公交、有轨电车），或1公里内有大运量站点（地铁、铁路、轮渡）的人口比例。', 'Share of the population within 500 m on foot of a low-capacity stop (bus, tram) or 1 km of a high-capacity one (metro, rail, ferry).'),
    formula: both('便捷人口 ÷ 人口 × 100%。', 'Population with convenient access ÷ population × 100 %.'),
    methods: [{ operator: 'transit-access', params: { lowM: 500, highM: 1000, measure: 'walk' } }],
  }),
  sdg('sdg-11-2-1-elderly', {
    name: both('SDG 11.2.1 便捷公共交通人口比例（65岁及以上）', 'SDG 11.2.1 convenient access, 65 and more'),
    unit: UNITS.percent, direction: 'up', computability: ['a', 'b'],
    definition: both('65岁及以上人口中能便捷使用公共交通的比例，按年龄分列。', 'Share of residents of 65 and more with convenient access to public transport.'),
    formula: both('65岁及以上便捷人口 ÷ 65岁及以上人口 × 100%。', 'Residents of 65 and more with access ÷ residents of 65 and more × 100 %.'),
    methods: [{ operator: 'transit-access', params: { lowM: 500, highM: 1000, measure: 'walk', group: '65+' } }],
  }),
  sdg('sdg-11-3-1', {
    name: both('SDG 11.3.1 土地消耗率与人口增长率之比', 'SDG 11.3.1 land consumption to population growth'),
    unit: UNITS.ratio, direction: 'down', computability: ['d'],
    definition: both('两个年份之间建成区扩张速率与人口增长速率之比。', 'Rate of land consumption divided by the rate of population growth between two years.'),
    formula: both('土地消耗率 ÷ 人口增长率，用部门填报的两个年份的建成区面积和人口。', 'Land consumption rate ÷ population growth rate, from built-up area and population reported for two years.'),
    methods: [{ operator: 'land-consumption', params: {} }],
  }),
  sdg('sdg-11-7-1-area', {
    name: both('SDG 11.7.1 街道与开放空间占比', 'SDG 11.7.1 streets and open space'),
    unit: UNITS.percent, direction: 'up', computability: ['a'],
    definition: both('街道用地与公共开放空间面积占建成区面积的比例。街道宽度按等级取常用值。', 'Land of streets and public open space as a share of the built-up area. Widths of streets are usual values of their class.'),
    formula: both('(街道面积 + 公共开放空间面积) ÷ 建成区面积 × 100%。', '(Streets + public open space) ÷ built-up area × 100 %.'),
    methods: [{ operator: 'open-space-share', params: { streets: true, openSpace: true } }],
  }),
  sdg('sdg-11-7-1-access', {
    name: both('SDG 11.7.1 开放空间400米人口比例', 'SDG 11.7.1 population within 400 m of open space'),
    unit: UNITS.percent, direction: 'up', computability: ['a'],
    definition: both('沿步行路网400米内有公共开放空间的人口比例。', 'Share of the population within 400 m on foot of public open space.'),
    formula: both('400米内有公共开放空间的人口 ÷ 人口 × 100%。', 'Population within 400 m on foot of open space ÷ population × 100 %.'),
    methods: [{ operator: 'person-coverage', params: { facilities: ['park', 'square', 'playground'], radiusM: 400, measure: 'walk' } }],
  }),
  ...DESTINATIONS.map(([destination, zh, en, whatZh, whatEn, quarters]) =>
    ghsci({
      id: `ghsci-${destination}`,
      name: both(`500米内有${zh}的人口比例`, `Population within 500 m of ${en}`),
      unit: UNITS.percent, direction: 'up', computability: destination.startsWith('transit') ? ['a', 'b'] : ['a'],
      definition: both(
        `沿步行路网500米内有${zh}（${whatZh}）的人口比例。${quarters === undefined ? '' : `25个城市的下四分位、中位、上四分位：${quarters.join('、')}。`}`,
        `Share of the population within 500 m on foot of ${en} (${whatEn}).${quarters === undefined ? '' : ` Quarters of 25 cities: ${quarters.join(', ')}.`}`,
      ),
      formula: both('500米内可达的人口 ÷ 人口 × 100%。', 'Population within 500 m on foot ÷ population × 100 %.'),
      methods: [{ operator: 'daily-access', params: { destination, metres: 500, measure: 'walk' } }],
    }),
  ),
  ghsci({
    id: 'ghsci-population-density',
    name: both('邻里人口密度', 'Neighbourhood population density'),
    unit: both('人/km²', 'persons/km²'), direction: 'up', computability: ['a'],
    definition: both('居民步行1000米范围内的人口密度，按人口加权平均。', 'Density of population within 1,000 m on foot of residents, as a mean over persons.'),
    formula: both('Σ(人口 × 邻里人口密度) ÷ Σ人口。', 'Sum of persons × density of their neighbourhood ÷ persons.'),
    thresholds: [{ op: '>=', value: 5700, source: 'GHSCI policy reference', confidence: 'certain' }],
    methods: [{ operator: 'neighbourhood', params: { of: 'persons', metres: 1000 } }],
  }),
  ghsci({
    id: 'ghsci-intersection-density',
    name: both('邻里交叉口密度', 'Neighbourhood intersection density'),
    unit: both('个/km²', 'intersections/km²'), direction: 'up', computability: ['a'],
    definition: both('居民步行1000米范围内的街道交叉口密度，按人口加权平均。', 'Density of street intersections within 1,000 m on foot of residents, as a mean over persons.'),
    formula: both('Σ(人口 × 邻里交叉口密度) ÷ Σ人口。', 'Sum of persons × density of their neighbourhood ÷ persons.'),
    thresholds: [{ op: '>=', value: 100, source: 'GHSCI policy reference', confidence: 'certain' }],
    methods: [{ operator: 'neighbourhood', params: { of: 'intersections', metres: 1000 } }],
  }),
  ghsci({
    id: 'ghsci-daily-living',
    name: both('日常生活便利得分', 'Daily living score'),
    unit: both('分', 'points of 3'), direction: 'up', computability: ['a'],
    definition: both('500米步行范围内有生鲜食品、便利店、公共交通各得1分，共3分，按人口加权平均。', 'One point each for fresh food, a convenience store and public transport within 500 m on foot, as a mean over persons.'),
    formula: both('Σ(人口 × 得分) ÷ Σ人口。', 'Sum of persons × score ÷ persons.'),
    methods: [{ operator: 'daily-living', params: { metres: 500, measure: 'walk' } }],
  }),
  ghsci({
    id: 'ghsci-walkability',
    name: both('步行友好指数', 'Walkability'),
    unit: both('z值之和', 'sum of z scores'), direction: 'up', computability: ['a'],
    definition: both('邻里人口密度、交叉口密度和日常生活便利得分相对25个城市均值和标准差的z值之和。', 'Sum of the z scores of neighbourhood population density, intersection density and daily living score, against mean and deviation of 25 cities.'),
    formula: both('Σz，参照值：人口 11093.1 ± 13637.9，交叉口 98.44 ± 36.96，得分 1.028 ± 0.915。', 'Sum of z; references: population 11,093.1 ± 13,637.9, intersections 98.44 ± 36.96, score 1.028 ± 0.915.'),
    methods: [{ operator: 'walkability', params: { reference: 'international', metres: 1000 } }],
  }),
];
