/**
 * Whether a place of the sample city falls short by an indicator's own definition, worked out from {@link NaiveSample}. Standards are typed here:
 * 《城市体检工作手册（试行）》2025 and what it cites, and Yichang's local values; where none is printed a place falls short with less than half of what the
 * city has (a share also by ten points at least), and of what every building or unit must have, a twentieth may be lacking.
 */
import type { NaiveSample, Point, Row } from './naive-sample.ts';
import { areaOf, costsFrom, gap, middleOf, prefixOf, toRing } from './naive-sample.ts';

export interface Truth {
  /** The naive value. */
  readonly value: number;
  readonly isShort: boolean;
}
type Judge = (place: string) => Truth;

const CITY = '990100';
const LEAST_LACKING = 0.05;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const yes = (row: Row, column: string): boolean => row[column] === '是';
const no = (row: Row, column: string): boolean => row[column] === '否';

/** Every indicator that the sample city has findings of. */
export function buildTruths(sample: NaiveSample): ReadonlyMap<string, Judge> {
  const judges: [string, Judge][] = [
    ...registryTruths(sample), ...departmentTruths(sample), ...unitTruths(sample), ...landTruths(sample),
    ['primary-places-gap', remember(sample, primaryGaps)], ['severe-ponding-points', ponding(sample)], ['vacancy', vacancy(sample)], ['gtfs-headway', headways(sample)],
    ['network-detour', remember(sample, detours)], ['fire-five-minutes', remember(sample, fiveMinutes)], ['shelter-area-per-person', shelters(sample)],
  ];
  return new Map(judges.map(([id, judge]) => [id, once(judge)]));
}

/** Each place is asked about once. */
function once(judge: Judge): Judge {
  const known = new Map<string, Truth>();
  return (place) => {
    const truth = known.get(place) ?? judge(place);
    known.set(place, truth);
    return truth;
  };
}

/** A judge that works all places out at once, when first asked. */
function remember(sample: NaiveSample, work: (sample: NaiveSample) => Judge): Judge {
  let judge: Judge | undefined;
  return (place) => (judge ??= work(sample))(place);
}

/** Half of what the city has, or less; of shares ten points at least. */
function lessThanHalf(value: number, city: number): Truth {
  return { value, isShort: value < 0.5 * city && city - value >= 10 };
}

// ── registries

function registryTruths(sample: NaiveSample): [string, Judge][] {
  const seen = new Set<string>();
  const homes = sample.rows('buildings.csv').filter((row) => !seen.has(row['bldg_id']) && seen.add(row['bldg_id']));
  const known = new Set(sample.rows('units.csv').map((row) => row['unit_id']));
  const unitOf = (row: Row): string => (known.has(row['community_id']) ? row['community_id'] : (sample.unitAt(sample.firstPointOf(row['geom'])) ?? ''));
  const placed = homes.map((row) => ({ row, unit: unitOf(row) }));
  const homesOf = (place: string): Row[] => placed.filter(({ unit }) => unit.startsWith(prefixOf(place))).map(({ row }) => row);
  const occurs = (column: string): Judge => (place) => {
    const value = homesOf(place).filter((row) => yes(row, column)).length;
    return { value, isShort: value > 0 };
  };
  const wanting = (test: (row: Row) => boolean, weight: (row: Row) => number = () => 1): Judge => (place) => {
    const all = homesOf(place);
    const value = sum(all.filter(test).map(weight));
    return { value, isShort: value > LEAST_LACKING * sum(all.map(weight)) };
  };
  const services = new Map(sample.rows('community_services.csv').map((row) => [row['community_id'], row]));
  const gapOf = (demand: (row: Row) => number, supply: (row: Row) => number): Judge => (place) => {
    const row = services.get(place)!;
    const value = Math.max(0, demand(row) - supply(row));
    return { value, isShort: value > LEAST_LACKING * demand(row) };
  };
  const without = (column: string): Judge => (place) => ({ value: no(services.get(place)!, column) ? 1 : 0, isShort: no(services.get(place)!, column) });
  const of = (column: string) => (row: Row): number => Number(row[column]);
  const highRises = (place: string): Row[] => homesOf(place).filter((row) => Number(row['height_m']) > 27);
  return [
    ['homes-structural-hazard', occurs('hazard_struct')], ['homes-gas-hazard', occurs('hazard_gas')], ['homes-stairwell-hazard', occurs('hazard_stair')], ['homes-envelope-hazard', occurs('hazard_env')],
    ['homes-not-self-contained', wanting((row) => no(row, 'complete_set'), of('units'))],
    ['homes-age-friendly-retrofit', wanting((row) => Number(row['storeys']) >= 4 && no(row, 'lift'))],
    ['homes-energy-retrofit', wanting((row) => Number(row['year_built']) < 2000 && no(row, 'energy_retrofit'))],
    ['homes-digital-retrofit', wanting((row) => Number(row['storeys']) >= 10 && no(row, 'fire_iot'))],
    ['parking-gap', gapOf(of('demand_parking'), of('parking'))],
    ['ev-charger-gap', gapOf(of('demand_ev'), (row) => Number(row['ev_private']) + 3 * Number(row['ev_public']))],
    ['ebike-charging-lacking', gapOf(of('demand_ebike'), of('ebike_slots'))],
    ['waste-sorting-lacking', without('waste_sort')], ['property-management-lacking', without('property_mgmt')], ['smart-retrofit-communities', without('smart')],
    ['high-rise-fire-warning', (place) => {
      const value = (100 * highRises(place).filter((row) => yes(row, 'fire_iot')).length) / highRises(place).length;
      return { value, isShort: value < 100 };
    }],
  ];
}

function vacancy(sample: NaiveSample): Judge {
  // homes, not rooms of dormitories
  const dwellings = (place: string): number => sum(sample.rows('buildings.csv').filter((row) => row['community_id'].startsWith(prefixOf(place)) && !no(row, 'complete_set')).map((row) => Number(row['units'])));
  const units = sample.rows('units.csv').filter((row) => row['unit_id'].length === 12);
  const size = sum(units.map((row) => Number(row['population']))) / sum(units.map((row) => Number(row['households'])));
  const share = (place: string): number => 100 * Math.max(0, 1 - sum(units.filter((row) => row['unit_id'].startsWith(prefixOf(place))).map((row) => Number(row['population']))) / size / dwellings(place));
  const city = share(CITY);
  return (place) => {
    const value = share(place);
    return { value, isShort: value > 2 * city && value - city >= 10 };
  };
}

function shelters(sample: NaiveSample): Judge {
  const spots = sample.rows('shelters.csv').map((row) => ({ unit: sample.unitAt(sample.firstPointOf(row['geom'])), m2: Number(row['effective_m2']) }));
  return (place) => {
    const value = sum(spots.filter(({ unit }) => unit?.startsWith(prefixOf(place))).map(({ m2 }) => m2)) / sample.personsOf(place);
    return { value, isShort: value < 2 };
  };
}

// ── departments

/** By number in the national list: at least so much. */
const REPORTED: readonly (readonly [id: string, number: string, least: number])[] = [
  ['sewage-collection-rate', '30', 70], ['green-building-share', '36', 100], ['drainage-capacity', '48', 0.01], ['emergency-water-rate', '49', 60], ['old-gas-main-renewal', '52', 100],
];

function departmentTruths(sample: NaiveSample): [string, Judge][] {
  return REPORTED.map(([id, number, least]) => [id, (place) => {
    const row = sample.rows('indicators_dept.csv').find((one) => one['indicator_id'] === number && one['unit_id'] === place && one['year'] === '2025');
    const value = Number(row?.['value'] ?? NaN);
    return { value, isShort: value < least };
  }]);
}

// ── units that must have something

function unitTruths(sample: NaiveSample): [string, Judge][] {
  /** None inside, nor outside where half of the residents live within 300 m of it. */
  const lacking = (within: number, ...classes: string[]): Judge => (place) => {
    const all = sample.facilities(...classes);
    const homes = sample.homes.filter(({ unit }) => unit === place);
    const near = (facility: { at: Point }): number => sum(homes.filter(({ at }) => gap(at, facility.at) <= within).map(({ persons }) => persons));
    const has = all.some((facility) => sample.unitAt(facility.at) === place) || all.some((facility) => near(facility) >= 0.5 * sample.personsOf(place));
    return { value: has ? 0 : 1, isShort: !has && sample.personsOf(place) >= 5000 };
  };
  const isOpen = (tags: ReadonlyMap<string, string>): boolean => !['private', 'no'].includes(tags.get('access') ?? '');
  const inUnit = (place: string, kinds: readonly string[], leastM2: number): boolean =>
    sample.grounds.some(({ tags, ring }) => kinds.includes(tags.get('leisure') ?? '') && isOpen(tags) && areaOf(ring) >= leastM2 && sample.unitAt(middleOf(ring)) === place);
  return [
    ['elderly-care-lacking', lacking(300, '老年人日间照料中心', '养老院')], ['infant-care-lacking', lacking(0, '托儿所')], ['kindergarten-lacking', lacking(300, '幼儿园')],
    ['activity-space-lacking', (place) => {
      const has = inUnit(place, ['pitch', 'track', 'playground', 'fitness_station', 'sports_centre'], 150) && inUnit(place, ['park'], 0);
      return { value: has ? 0 : 1, isShort: !has && sample.personsOf(place) >= 5000 };
    }],
  ];
}

/** Places of primary schools shared out among the pupils within 500 m, again and again, until nobody without a place has a free one near. */
function primaryGaps(sample: NaiveSample): Judge {
  const schools = sample.facilities('小学').map(({ at, capacity }) => ({ at, free: Number(capacity) }));
  const homes = sample.homes.map(({ at, pupils, unit }) => ({ unit, pupils, left: pupils, near: schools.filter((school) => gap(school.at, at) <= 500) }));
  for (let round = 0; round < 20; round++) {
    const asking = new Map(schools.map((school) => [school, sum(homes.filter(({ near }) => near.includes(school)).map(({ left }) => left))]));
    const taken = new Map(schools.map((school) => [school, 0]));
    for (const home of homes) {
      const offers = home.near.map((school) => (asking.get(school)! > 0 ? (home.left * school.free) / asking.get(school)! : 0));
      const use = Math.min(1, home.left / sum(offers));
      if (!(sum(offers) > 0)) continue;
      home.near.forEach((school, i) => taken.set(school, taken.get(school)! + use * offers[i]));
      home.left -= use * sum(offers);
    }
    for (const school of schools) school.free -= taken.get(school)!;
  }
  return (place) => {
    const mine = homes.filter(({ unit }) => unit === place);
    const value = sum(mine.map(({ left }) => left));
    return { value, isShort: value > LEAST_LACKING * sum(mine.map(({ pupils }) => pupils)) };
  };
}

function ponding(sample: NaiveSample): Judge {
  const spots = [
    ...sample.rows('cases.csv').filter((row) => (row['big_code'] === '05' && row['small_code'] === '06') || row['description'].includes('积水')).map((row) => ({ at: sample.pointOf(row), day: row['report_time'].slice(0, 10) })),
    ...sample.rows('hotline.csv').filter((row) => /积水|内涝/.test(row['category1'] + row['category2'] + row['category3'])).map((row) => ({ at: sample.pointOf(row), day: row['time'].slice(0, 10) })),
  ];
  const groups: (typeof spots)[] = [];
  const left = new Set(spots);
  for (const first of spots) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const one of group) for (const other of left) if (gap(one.at, other.at) <= 60 && left.delete(other)) group.push(other);
    if (group.length >= 3 && new Set(group.map(({ day }) => day)).size >= 2) groups.push(group);
  }
  const units = groups.map((group) => sample.unitAt(group[0].at));
  return (place) => {
    const value = units.filter((unit) => unit?.startsWith(prefixOf(place))).length;
    return { value, isShort: value > 0 };
  };
}

// ── land and what reaches it

/** 建标152-2017: areas that a station answers for, as circles. */
const STATION_KM2: readonly (readonly [string, number])[] = [['特勤', 7], ['一级', 7], ['二级', 4], ['小型', 2]];

function parkRadiusM(m2: number): number {
  return m2 >= 100_000 ? 1000 : m2 >= 50_000 ? 800 : m2 >= 10_000 ? 500 : m2 >= 2000 ? 300 : -1;
}

function landTruths(sample: NaiveSample): [string, Judge][] {
  const within = (points: readonly { readonly at: Point }[], metres: number) => (at: Point): boolean => points.some((point) => gap(point.at, at) <= metres);
  const [schools, markets, toilets] = [sample.facilities('初中'), sample.facilities('菜市场或生鲜超市', '综合超市'), sample.facilities('公共厕所')];
  const stops = sample.listStops().filter(({ departures }) => departures >= 0);
  const parks = sample.grounds.filter(({ tags }) => tags.get('leisure') === 'park').map(({ ring }) => ({ ring, radius: parkRadiusM(areaOf(ring)), middle: middleOf(ring), half: Math.max(...ring.map((corner) => gap(corner, middleOf(ring)))) }));
  const nearPark = (at: Point): boolean => parks.some(({ ring, radius, middle, half }) => radius > 0 && gap(at, middle) <= radius + half && toRing(at, ring) <= radius);
  const stations = sample.rows('stations.csv').filter((row) => row['kind'] === '消防站').map((row) => ({ at: sample.pointOf(row), radius: Math.sqrt(((STATION_KM2.find(([name]) => row['station_class'].includes(name))?.[1] ?? 4) * 1e6) / Math.PI) }));
  const nearStation = (at: Point): boolean => stations.some((station) => gap(station.at, at) <= station.radius);
  const atLeast = (least: number, residential: boolean, covered: (at: Point) => boolean): Judge => (place) => {
    const value = sample.landShare(place, residential, covered);
    return { value, isShort: value < least };
  };
  const halfOfCity = (covered: (at: Point) => boolean): Judge => {
    let city: number | undefined;
    return (place) => lessThanHalf(sample.landShare(place, true, covered), (city ??= sample.landShare(CITY, true, covered)));
  };
  const town = new Set(sample.communities);
  const big = sample.facilities('公园').filter((row) => Number(row['land_m2']) >= 50_000);
  return [
    ['junior-secondary-coverage', halfOfCity(within(schools, 1000))], ['market-800m', halfOfCity(within(markets, 800))],
    ['park-coverage', atLeast(85, true, nearPark)], ['fire-station-coverage', atLeast(75, false, nearStation)],
    ['bus-stop-coverage-300m', atLeast(50, false, within(stops, 300))], ['bus-stop-coverage-500m', atLeast(90, false, within(stops, 500))],
    ['public-toilet-density', (place) => {
      const units = toilets.map(({ at }) => sample.unitAt(at)).filter((unit) => unit !== undefined && town.has(unit) && unit.startsWith(prefixOf(place)));
      const value = units.length / sample.landKm2(place);
      return { value, isShort: value < 4 };
    }],
    ['service-sharing', (place) => {
      const value = sample.landShare(place, false, within(sample.facilities('社区卫生服务站', '卫生服务中心', '菜市场或生鲜超市', '综合超市', '社区食堂'), 500));
      return { value, isShort: value < 80 };
    }],
    ['comprehensive-parks-5ha', () => ({ value: big.length / 3, isShort: big.length / 3 < 1 })],
  ];
}

// ── ways and timetables

function headways(sample: NaiveSample): Judge {
  const stops = sample.listStops().filter(({ departures }) => departures > 0);
  // nobody waits less than an hour where no stop is near
  const waits = sample.homes.map(({ at, persons, unit }) => ({ unit, persons, minutes: Math.min(60, ...stops.filter((stop) => gap(stop.at, at) <= 500).map(({ departures }) => 720 / departures)) }));
  const mean = (place: string): number => {
    const mine = waits.filter(({ unit }) => unit.startsWith(prefixOf(place)));
    return sum(mine.map(({ persons, minutes }) => persons * minutes)) / sum(mine.map(({ persons }) => persons));
  };
  const city = mean(CITY);
  return (place) => ({ value: mean(place), isShort: mean(place) > 2 * city });
}

type Edges = Map<number, { to: number; cost: number }[]>;

function joinEdges(sample: NaiveSample, costOf: (tags: ReadonlyMap<string, string>, metres: number) => number, both: (tags: ReadonlyMap<string, string>) => boolean, closed: ReadonlySet<number>): Edges {
  const edges: Edges = new Map();
  const join = (from: number, to: number, cost: number): void => {
    if (closed.has(from) || closed.has(to)) return;
    const list = edges.get(from);
    if (list === undefined) edges.set(from, [{ to, cost }]);
    else list.push({ to, cost });
  };
  for (const { refs, tags } of sample.streets) {
    for (let i = 1; i < refs.length; i++) {
      const cost = costOf(tags, gap(sample.nodes.get(refs[i - 1])!, sample.nodes.get(refs[i])!));
      if (!Number.isFinite(cost)) continue;
      join(refs[i - 1], refs[i], cost);
      if (both(tags)) join(refs[i], refs[i - 1], cost);
    }
  }
  return edges;
}

/** The node of some edges that is nearest to a point. */
function nearestNode(sample: NaiveSample, edges: Edges): (at: Point) => { node: number; metres: number } {
  const squares = new Map<string, number[]>();
  const key = (x: number, y: number): string => `${Math.floor(x / 200)} ${Math.floor(y / 200)}`;
  for (const node of edges.keys()) {
    const at = key(...sample.nodes.get(node)!);
    squares.set(at, [...(squares.get(at) ?? []), node]);
  }
  return (at) => {
    let [node, metres] = [-1, Infinity];
    for (const dx of [-200, 0, 200]) for (const dy of [-200, 0, 200]) {
      for (const one of squares.get(key(at[0] + dx, at[1] + dy)) ?? []) {
        const apart = gap(at, sample.nodes.get(one)!);
        if (apart < metres) [node, metres] = [one, apart];
      }
    }
    return { node, metres };
  };
}

const DETOUR_M = 1000;
const DETOUR_OVER = 3;
const SQUARE_M = 100;

/** Share of a community's ways to where others live within 1,000 m that are more than three times the straight line, %. */
function detours(sample: NaiveSample): Judge {
  const locked = new Set<number>();
  for (const { tags, at } of sample.poi) if (tags.get('locked') === 'yes') for (const [node, place] of sample.nodes) if (place[0] === at[0] && place[1] === at[1]) locked.add(node);
  const edges = joinEdges(sample, (tags, metres) => (tags.get('foot') === 'no' ? Infinity : metres), () => true, locked);
  const nearest = nearestNode(sample, edges);
  // homes within a square of 100 m go as the most peopled of them
  const squares = new Map<string, { at: Point; most: number; persons: number; units: Map<string, number> }>();
  for (const { at, persons, unit } of sample.homes) {
    const key = `${Math.floor(at[0] / SQUARE_M)} ${Math.floor(at[1] / SQUARE_M)}`;
    const square = squares.get(key) ?? { at, most: 0, persons: 0, units: new Map<string, number>() };
    if (persons > square.most) [square.at, square.most] = [at, persons];
    square.persons += persons;
    square.units.set(unit, (square.units.get(unit) ?? 0) + persons);
    squares.set(key, square);
  }
  const list = [...squares.values()].map((square) => ({ ...square, door: nearest(square.at) }));
  const [cut, all] = [new Map<string, number>(), new Map<string, number>()];
  const town = new Set(sample.communities);
  for (const square of list) {
    if (square.door.node < 0) continue;
    const others = list.filter((other) => other.door.node >= 0 && gap(other.at, square.at) >= SQUARE_M && gap(other.at, square.at) <= DETOUR_M);
    if (others.length === 0) continue;
    const ways = costsFrom(edges, new Map([[square.door.node, square.door.metres]]), DETOUR_OVER * DETOUR_M);
    const share = sum(others.filter((other) => (ways.get(other.door.node) ?? Infinity) + other.door.metres > DETOUR_OVER * gap(other.at, square.at)).map(({ persons }) => persons)) / sum(others.map(({ persons }) => persons));
    for (const [unit, persons] of square.units) {
      for (const place of [unit, ...(town.has(unit) ? [CITY] : [])]) {
        cut.set(place, (cut.get(place) ?? 0) + persons * share);
        all.set(place, (all.get(place) ?? 0) + persons);
      }
    }
  }
  const share = (place: string): number => (100 * (cut.get(place) ?? 0)) / (all.get(place) ?? NaN);
  return (place) => ({ value: share(place), isShort: share(place) > 2 * share(CITY) && share(place) - share(CITY) >= 10 });
}

/** Speeds of streets without a sign, km/h: R5's defaults, as those of its documentation. */
const KMH: Readonly<Record<string, number>> = { motorway: 104.6, trunk: 88.5, trunk_link: 56.3, primary: 72.4, primary_link: 56.3, secondary: 56.3, secondary_link: 56.3, tertiary: 40.2, tertiary_link: 40.2, living_street: 8 };
const OTHER_KMH = 40.2;
const NO_DRIVING = new Set(['footway', 'path', 'steps', 'pedestrian', 'cycleway', 'corridor']);

// a fire engine brakes at a turn and waits for nobody
const RIGHT_S = 5;
const LEFT_S = 5;
const BACK_S = 30;

/** Construction land within 200 m of a street that an engine gets to within five minutes. A node is a street's piece driven one way: turns cost time where three streets meet. */
function fiveMinutes(sample: NaiveSample): Judge {
  const edges = joinEdges(sample, (tags, metres) => {
    const kind = tags.get('highway')!;
    return NO_DRIVING.has(kind) ? Infinity : (metres * 3.6) / Number(tags.get('maxspeed') ?? KMH[kind] ?? OTHER_KMH);
  }, (tags) => tags.get('oneway') !== 'yes', new Set());
  const neighbours = new Map<number, Set<number>>();
  for (const [from, list] of edges) for (const { to } of list) for (const [a, b] of [[from, to], [to, from]]) neighbours.set(a, (neighbours.get(a) ?? new Set<number>()).add(b));
  const pieces: { from: number; to: number; cost: number }[] = [...edges].flatMap(([from, list]) => list.map((edge) => ({ from, ...edge })));
  const leaving = new Map<number, number[]>();
  pieces.forEach(({ from }, i) => leaving.set(from, [...(leaving.get(from) ?? []), i]));
  const turnS = (a: { from: number; to: number }, b: { to: number }): number => {
    if (b.to === a.from) return BACK_S;
    if (neighbours.get(a.to)!.size < 3) return 0;
    const [p, q, r] = [a.from, a.to, b.to].map((node) => sample.nodes.get(node)!);
    const degrees = ((Math.atan2(r[1] - q[1], r[0] - q[0]) - Math.atan2(q[1] - p[1], q[0] - p[0])) * 180) / Math.PI;
    const turned = degrees - 360 * Math.round(degrees / 360);
    return Math.abs(turned) < 27 ? 0 : Math.abs(turned) > 153 ? BACK_S : turned > 0 ? LEFT_S : RIGHT_S;
  };
  const states = new Map(pieces.map((piece, i) => [i, (leaving.get(piece.to) ?? []).map((next) => ({ to: next, cost: turnS(piece, pieces[next]) + pieces[next].cost }))]));
  const nearest = nearestNode(sample, edges);
  const starts = new Map(sample.rows('stations.csv').filter((row) => row['kind'] === '消防站').flatMap((row) => (leaving.get(nearest(sample.pointOf(row)).node) ?? []).map((i) => [i, pieces[i].cost] as const)));
  const reachedNodes = new Set([...costsFrom(states, starts, 300).keys()].map((i) => pieces[i].to));
  const reached = (at: Point): boolean => {
    const { node, metres } = nearest(at);
    return reachedNodes.has(node) && metres <= 200;
  };
  return (place) => {
    const value = sample.landShare(place, false, reached);
    return { value, isShort: value < 100 };
  };
}
