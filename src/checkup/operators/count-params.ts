/** The parameters of the operators that count, sum and divide: registries, facilities, land, streets, timetables. One place, so that the catalogue can be written against it. */
import { z } from 'zod';
import { TABLE_CONTRACTS } from '../../import/model.ts';
import { conditionSchema } from './condition-schema.ts';
import { groupField } from './reach-params.ts';

const table = z.enum(TABLE_CONTRACTS).describe('Contract of the registry (docs/tables.md)');
const kinds = z.array(z.string().min(1)).min(1);
const column = z.string().min(1);

/** Classes of streets that count as city roads: 快速路, 主干路, 次干路, 支路 (mapping to OSM’s classes is convention). */
export const ROAD_CLASSES = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street'] as const;

const roadClasses = z.array(z.string().min(1)).min(1).default([...ROAD_CLASSES]).describe('Classes of streets that count (OSM’s highway); links (primary_link …) count with their class only where named');
const landKinds = z.array(z.string().min(1)).min(1).describe('`residential`, `construction`, `water`, or kinds of the land-use map (forest, industrial …); overlaps once');

/** Something that each place has so much of. Areas in m², lengths in m. */
export const quantitySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('persons'), group: groupField, withoutOutside: z.boolean().default(false).describe('Without units outside the built-up area') }),
  z.strictObject({ kind: z.literal('jobs') }),
  z.strictObject({
    kind: z.literal('facilities'),
    facilities: kinds.describe('Kinds of facilities'),
    measure: z.enum(['count', 'floor-m2', 'land-m2', 'capacity']).default('count').describe('How many, or the sum of their floor, ground or places; those whose size is unknown are counted in a note'),
    leastM2: z.number().positive().optional().describe('Only those with at least so much ground, m²'),
    belowM2: z.number().positive().optional().describe('Only those with less ground than this, m²'),
    estimateFloor: z.boolean().default(false).describe('With floor-m2: facilities without a known floor count with footprint × storeys of the mapped buildings in their outline; the value is then a proxy'),
  }),
  z.strictObject({ kind: z.literal('buildings'), measure: z.enum(['count', 'footprint-m2', 'floor-m2']).default('count').describe('Of mapped buildings: number, footprint, or footprint × storeys (buildings of unknown storeys are left out of floor-m2 and counted in a note)'), residential: z.boolean().optional().describe('Only homes (true) or only others (false)') }),
  z.strictObject({ kind: z.literal('area'), area: z.enum(['place', 'built-up']).default('place').describe('The ground of the place, or of its built-up part, m²') }),
  z.strictObject({ kind: z.literal('land'), land: landKinds }),
  z.strictObject({
    kind: z.literal('registry'),
    table,
    column: column.optional().describe('Sum of this column; absent: number of rows'),
    where: conditionSchema.optional().describe('Rows that count'),
  }),
  z.strictObject({ kind: z.literal('streets'), classes: roadClasses, dual: z.enum(['once', 'each']).default('once').describe('The two carriageways of one road count once, or each') }),
]);
export type Quantity = z.infer<typeof quantitySchema>;

/** What a count is divided by. */
export const perField = z
  .strictObject({
    by: z.enum(['persons', 'jobs', 'place-area', 'built-up', 'residential-land', 'construction-land']).describe('Divided by persons, jobs, or an area in m²'),
    group: groupField,
    unit: z.number().positive().default(1).describe('Divided by so many of them: 10000 persons, 1000000 m² = 1 km²'),
  })
  .describe('What the sum is divided by; absent: nothing');
export type Per = z.infer<typeof perField>;

/** #1–#9, #16, #19–#21, #26 …: how many rows of a registry meet a condition. */
export const registryCountParams = z.strictObject({
  table,
  of: conditionSchema.optional().describe('Rows that are looked at at all; absent: all'),
  where: conditionSchema.optional().describe('Rows that count; absent: all that are looked at'),
  weigh: column.optional().describe('Each row counts with the number in this column (dwellings: units); empty cells are counted in a note'),
  whole: z.boolean().optional().describe('A place that no row lies in has 0 (true) or no value (false); absent: no value in registries of buildings and communities, 0 in lists of what happened'),
  per: perField.optional(),
});
export type RegistryCountParams = z.infer<typeof registryCountParams>;

/** #57: share of rows, % (or of what a column sums to). Rows whose answer is unknown are in neither part. */
export const registryShareParams = z.strictObject({
  table,
  of: conditionSchema.optional().describe('Rows that are looked at; absent: all'),
  where: conditionSchema.describe('Rows that count'),
  weigh: column.optional().describe('Each row counts with the number in this column (floor_area, units)'),
});
export type RegistryShareParams = z.infer<typeof registryShareParams>;

/** Sum of a column. */
export const registrySumParams = z.strictObject({
  table,
  column: column.describe('Column that is summed; empty cells are counted in a note'),
  where: conditionSchema.optional().describe('Rows that count; absent: all'),
  per: perField.optional(),
});
export type RegistrySumParams = z.infer<typeof registrySumParams>;

const term = z.strictObject({ column, times: z.number().default(1).describe('Factor: 1 public charger stands for 3 private ones') });

/** Sum of columns ÷ sum of columns over the same rows: vacancy of parks, output per hectare. */
export const registryRatioParams = z.strictObject({
  table,
  where: conditionSchema.optional().describe('Rows that count; absent: all'),
  numerator: z.array(term).min(1),
  denominator: z.array(term).min(1),
  times: z.number().positive().default(1).describe('The ratio is multiplied by this (100 for per cent)'),
});
export type RegistryRatioParams = z.infer<typeof registryRatioParams>;

/** #14, #15, #16: what a registry's rows lack: demand less supply, row by row; what one has too much of does not help another. */
export const columnGapParams = z.strictObject({
  table,
  demand: z.array(term).min(1).describe('What is asked for: the first of these columns that the row has (demand_parking, else households × 1)'),
  supply: z.array(term).min(1).describe('What is there: the sum of these columns; empty cells are unknown, not 0'),
  count: z.enum(['gap', 'rows']).default('gap').describe('What is lacking in all, or how many rows lack anything'),
});
export type ColumnGapParams = z.infer<typeof columnGapParams>;

/** #10–#12, #17, #23, #24: units that need a facility and have none that is big enough. */
export const unitsLackingParams = z.strictObject({
  level: z.enum(['community', 'block']).default('community').describe('Units that are asked'),
  facilities: kinds.describe('Kinds of facilities, any of which serves'),
  also: z.array(kinds).default([]).describe('Further lists of kinds: of each list one is needed as well (a pitch and a green)'),
  leastPersons: z.number().min(0).default(5000).describe('Only units with at least so many persons need one'),
  small: z.enum(['leave-out', 'joint']).default('leave-out').describe('Units with fewer persons: not asked, or assessed together with the nearest ones of the same unit above until they have enough'),
  personsEach: z.number().positive().optional().describe('One for every so many persons begun (12000); absent: one'),
  radiusM: z.number().positive().max(5000).optional().describe('A facility outside serves, too, where at least leastShare of the unit’s persons live within this straight distance, m; absent: only facilities inside'),
  leastShare: z.number().positive().max(100).default(50).describe('% of the unit’s persons that must live within radiusM'),
  leastFloorM2: z.number().positive().optional().describe('Facilities known to have less floor do not serve, m²'),
  leastLandM2: z.number().positive().optional().describe('Facilities known to have less ground do not serve, m²'),
  onlyNew: z.boolean().default(false).describe('The least sizes hold only for units built after 2018 (units.csv: built_after_2018)'),
});
export type UnitsLackingParams = z.infer<typeof unitsLackingParams>;

/** #13: places that are lacking, where those live who need them. */
export const placeGapParams = z.strictObject({
  facilities: kinds.describe('Kinds of facilities whose capacity is shared out'),
  group: groupField,
  share: z.number().positive().max(10).default(1).describe('Places that a person of the group needs'),
  radiusM: z.number().positive().max(20_000).default(500).describe('How far a facility serves, metres'),
  measure: z.enum(['straight', 'walk']).default('straight').describe('As the crow flies, or along the streets'),
  placesPerClass: z.number().positive().optional().describe('Capacity of a facility whose places are unknown but whose classes are known (45 in a class)'),
  rounds: z.number().int().min(1).max(50).default(20).describe('Free places are offered again to those still without one, so often at most; 1: the plain two steps'),
});
export type PlaceGapParams = z.infer<typeof placeGapParams>;

/** What departments reported for the year that is checked. */
export const reportedParams = z.strictObject({
  indicator: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe('Ids under which indicators_dept.csv may have it: the number in the national list, the indicator’s id, its Chinese name'),
  combine: z.enum(['none', 'sum', 'ratio']).default('none').describe('A unit without a row of its own, where all units right below have one: nothing, their sum, or Σ numerators ÷ Σ denominators'),
  times: z.number().positive().default(100).describe('numerator ÷ denominator × this is the value (100 for per cent)'),
  least: z.number().optional().describe('A figure below this is a slip of the pen and is left out'),
  most: z.number().optional().describe('A figure above this likewise'),
});
export type ReportedParams = z.infer<typeof reportedParams>;

/** #35: length of roads ÷ built-up area, km/km². */
export const roadDensityParams = z.strictObject({
  classes: roadClasses,
  dual: z.enum(['once', 'each']).default('once').describe('The two carriageways of one road count once, or each'),
  per: z.enum(['built-up', 'place-area', 'construction-land']).default('built-up').describe('Area that the length is divided by'),
});
export type RoadDensityParams = z.infer<typeof roadDensityParams>;

/** Length of streets with certain tags, km, share or density (#18, cycle lanes, lit streets). */
export const streetLengthParams = z.strictObject({
  classes: z.array(z.string().min(1)).min(1).describe('Classes of streets that are looked at (OSM’s highway)'),
  tags: z.array(z.record(z.string(), z.array(z.string().min(1)))).min(1).describe('Alternatives: tags the street must have, each with its possible values (`*`: any)'),
  asked: z.array(z.string().min(1)).default([]).describe('Only streets that have one of these tags are looked at: the rest is unknown'),
  value: z.enum(['km', 'share', 'density']).default('km').describe('Length, % of the length looked at, or km per km² of built-up area'),
});
export type StreetLengthParams = z.infer<typeof streetLengthParams>;

export const intersectionDensityParams = z.strictObject({
  mode: z.enum(['walk', 'bike', 'drive']).default('walk').describe('Whose streets'),
  leastLegs: z.number().int().min(3).max(6).default(3).describe('Streets that must meet'),
  mergeM: z.number().min(0).max(50).default(12).describe('Junctions closer than this are one, metres'),
  per: z.enum(['built-up', 'place-area']).default('built-up').describe('Area in km² that the number is divided by'),
});
export type IntersectionDensityParams = z.infer<typeof intersectionDensityParams>;

/** 断头路: ends of streets that one can drive, away from the border of the study area. */
export const deadEndsParams = z.strictObject({
  classes: roadClasses,
  leastM: z.number().min(0).max(1000).default(0).describe('Only where the street from the last junction to its end is at least so long, metres'),
  borderM: z.number().min(0).max(2000).default(50).describe('Ends closer than this to the border of the city are cut, not dead, metres'),
  per: perField.optional(),
});
export type DeadEndsParams = z.infer<typeof deadEndsParams>;

export const densityParams = z.strictObject({
  of: quantitySchema.describe('What is counted'),
  per: z.strictObject({ by: z.enum(['place-area', 'built-up', 'residential-land', 'construction-land']).default('place-area'), unitM2: z.number().positive().default(1e6).describe('Per so many m² (1000000: per km²; 1: ratio of areas)') }).describe('Area it is divided by'),
});
export type DensityParams = z.infer<typeof densityParams>;

/** Any quantity ÷ any other. */
export const ratioParams = z.strictObject({
  of: quantitySchema,
  per: quantitySchema,
  times: z.number().positive().default(1).describe('The ratio is multiplied by this (100 for per cent)'),
});
export type RatioParams = z.infer<typeof ratioParams>;

/** Share of an area, %. */
export const areaShareParams = z.strictObject({
  of: z.union([
    z.strictObject({ land: landKinds }),
    z.strictObject({ buildings: z.literal('footprint').describe('Ground under mapped buildings (建筑密度)') }),
    z.strictObject({ facilities: kinds.describe('Ground of facilities of these kinds (parks)') }),
  ]),
  per: z.enum(['place-area', 'built-up', 'residential-land', 'construction-land']).default('place-area').describe('Of which area'),
});
export type AreaShareParams = z.infer<typeof areaShareParams>;

export const facilityCountParams = z.strictObject({
  facilities: kinds.describe('Kinds of facilities'),
  measure: z.enum(['count', 'floor-m2', 'land-m2', 'capacity']).default('count').describe('How many, or the sum of their floor, ground or places; those whose size is unknown are counted in a note'),
  leastM2: z.number().positive().optional().describe('Only those with at least so much ground, m²'),
  belowM2: z.number().positive().optional().describe('Only those with less ground than this, m²'),
  estimateFloor: z.boolean().default(false).describe('With floor-m2: facilities without a known floor count with footprint × storeys of the mapped buildings in their outline; the value is then a proxy'),
  per: perField.optional(),
});
export type FacilityCountParams = z.infer<typeof facilityCountParams>;

/** #54: effective shelter area ÷ residents, m². */
export const shelterAreaParams = z.strictObject({
  where: conditionSchema.optional().describe('Shelters that count; absent: all'),
  fromCapacity: z.array(z.strictObject({ class: z.string().min(1).describe('What the class contains: 紧急, 短期 …'), m2: z.number().positive().describe('m² a person') })).default([]).describe('Effective area of shelters that give only a capacity: capacity × m² of the first class that fits; noted, and the value is a proxy'),
  group: groupField,
});
export type ShelterAreaParams = z.infer<typeof shelterAreaParams>;

/** #59: cases of the period ÷ area. */
export const caseRateParams = z.strictObject({
  table: z.enum(['cases', 'hotline']).default('cases'),
  what: z.enum(['reported', 'handled', 'on-time']).default('on-time').describe('Cases reported in the period; of them those handled; of them those handled by their deadline'),
  where: conditionSchema.optional().describe('Cases that count at all; absent: all'),
  value: z.enum(['per-km2', 'share', 'count', 'per-10k-persons']).default('per-km2').describe('Divided by the built-up area, % of those due, the number, or by 10,000 persons'),
});
export type CaseRateParams = z.infer<typeof caseRateParams>;

/** #26: roads that cases of certain codes lie on. */
export const caseRoadsParams = z.strictObject({
  table: z.enum(['cases', 'hotline']).default('cases'),
  where: conditionSchema.describe('Cases that count: `small_code`, `category2` …'),
  withinM: z.number().positive().max(200).default(40).describe('A case belongs to the nearest street within this distance, metres'),
  leastCases: z.number().int().min(1).max(1000).default(1).describe('Roads with at least so many cases in the period'),
  classes: z.array(z.string().min(1)).min(1).default([...ROAD_CLASSES, 'service', 'pedestrian']).describe('Classes of streets that cases may lie on'),
});
export type CaseRoadsParams = z.infer<typeof caseRoadsParams>;

/** #47 from the platform's own tables: spots where cases pile up (ponding). */
export const caseSpotsParams = z.strictObject({
  sources: z.array(z.strictObject({ table: z.enum(['cases', 'hotline']), where: conditionSchema })).min(1),
  withinM: z.number().positive().max(1000).default(60).describe('Cases closer than this to one another are one spot, metres'),
  leastCases: z.number().int().min(1).max(1000).default(3).describe('Spots with at least so many cases in the period'),
  leastDays: z.number().int().min(1).max(100).default(2).describe('… on at least so many different days'),
});
export type CaseSpotsParams = z.infer<typeof caseSpotsParams>;

/** #60: tasks done ÷ tasks due by the end of the period, %. */
export const taskRateParams = z.strictObject({
  class: z.enum(['all', 'timed', 'best-effort']).default('all').describe('限时, 尽力 or both'),
  where: conditionSchema.optional().describe('Tasks that count; absent: all'),
  asOf: z.string().regex(/^\d{2}-\d{2}$/).default('12-31').describe('Day of the year (MM-DD) by which a task must have been due to count'),
});
export type TaskRateParams = z.infer<typeof taskRateParams>;

/** How often public transport stops, by the timetable. */
export const stopFrequencyParams = z.strictObject({
  statistic: z.enum(['headway', 'person-headway', 'persons-frequent', 'stops-frequent', 'departures', 'routes']).describe(
    'headway: median over the stops in the place, minutes; person-headway: mean over persons of the shortest headway within radiusM, minutes; persons-frequent: % of persons with a stop within radiusM that is served at least every headwayMin; stops-frequent: % of stops; departures: departures an hour; routes: routes that stop in the place',
  ),
  day: z.enum(['weekday', 'saturday', 'sunday']).default('weekday'),
  from: z.number().min(0).max(30).default(7).describe('Hour the window begins'),
  to: z.number().min(0).max(30).default(19).describe('Hour it ends'),
  headwayMin: z.number().positive().max(240).default(20).describe('What counts as frequent, minutes'),
  radiusM: z.number().positive().max(5000).default(500).describe('How far people walk to a stop, straight, metres'),
  unservedMin: z.number().positive().max(1440).optional().describe('With person-headway: people without any service within reach count with so many minutes (720: once in the window); absent: they are left out'),
  modes: z.array(z.enum(['tram', 'metro', 'rail', 'bus', 'ferry'])).min(1).optional().describe('Only stops of these modes; absent: all'),
  group: groupField,
});
export type StopFrequencyParams = z.infer<typeof stopFrequencyParams>;

/** 空置: persons or households a dwelling, or the share of dwellings that are empty by that measure. */
export const vacancyParams = z.strictObject({
  dwellings: z.strictObject({ table, column }).default({ table: 'buildings', column: 'units' }).describe('Where dwellings are counted'),
  where: conditionSchema
    .default({ column: 'complete_set', op: '!=', value: false, whenEmpty: 'yes', whenAbsent: 'yes' })
    .describe('Rows whose dwellings count; unless said, dormitories and other homes that are not self-contained (complete_set = no) do not: their rooms are no dwellings'),
  by: z.enum(['persons', 'households']).default('persons').describe('Persons of the population grid, or households of units.csv or community_services.csv'),
  value: z.enum(['per-dwelling', 'vacant-share']).default('per-dwelling').describe('So many a dwelling, or % of dwellings without: (dwellings − households) ÷ dwellings; of persons: ÷ personsPerDwelling'),
  personsPerDwelling: z.number().positive().max(20).optional().describe('With vacant-share by persons: persons an occupied dwelling has; absent: the city’s households say'),
  leastDwellings: z.number().int().min(1).default(20).describe('Places with fewer dwellings have no value'),
  group: groupField,
});
export type VacancyParams = z.infer<typeof vacancyParams>;
