import type { IndicatorLine } from '../../checkup/api.ts';
import type { Shade } from '../shell/appearance.tsx';
import type { Colouring } from './checkup-address.ts';
import type { PlaceValue } from './checkup-map.tsx';
import type { PaintedPlace } from './choropleth-style.ts';
import { buildChangeClasses, buildClasses, classOf, GRADE_COLOURS } from './classes.ts';
import type { Classes } from './classes.ts';

export interface Painted {
  readonly places: readonly PaintedPlace[];
  /** Of what is painted: values or changes. */
  readonly classes: Classes;
  /** Of the values, whatever is painted: tables and charts show values. */
  readonly valueClasses: Classes;
  readonly gradeCounts: Readonly<Record<string, number>>;
  /** Places within the built-up area that stay grey. */
  readonly unknown: number;
  readonly outside: number;
}

const NO_CLASSES: Classes = { by: 'quantiles', classes: [] };

/** The colour of every place of a level. Places outside the built-up area are no part of the classes: the map hatches them. */
export function paintPlaces(places: readonly PlaceValue[], line: IndicatorLine | undefined, colouring: Colouring, before: ReadonlyMap<string, PlaceValue> | undefined, shade: Shade): Painted {
  const within = places.filter(({ outside }) => !outside);
  const known = within.flatMap(({ value }) => (value === null ? [] : [value]));
  const valueClasses = line === undefined ? NO_CLASSES : buildClasses(known, line.direction, line.threshold ?? undefined, shade);
  const changeOf = ({ placeId, value }: PlaceValue): number | undefined => {
    const was = before?.get(placeId)?.value;
    return was == null || value === null ? undefined : value - was;
  };
  const classes = colouring === 'change' && line !== undefined ? buildChangeClasses(within.flatMap((place) => changeOf(place) ?? []), line.direction, shade) : valueClasses;
  const colourOf = (place: PlaceValue): string | undefined => {
    if (colouring === 'grade') return place.grade === null ? undefined : GRADE_COLOURS[shade][place.grade];
    const shown = colouring === 'change' ? changeOf(place) : (place.value ?? undefined);
    return shown === undefined ? undefined : classOf(classes, shown)?.colour;
  };
  const painted = within.map((place): PaintedPlace => ({ placeId: place.placeId, colour: colourOf(place) }));
  const outside = places.filter((place) => place.outside).map((place): PaintedPlace => ({ placeId: place.placeId, colour: undefined, outside: true }));
  const gradeCounts: Record<string, number> = {};
  for (const { grade } of within) if (grade !== null) gradeCounts[grade] = (gradeCounts[grade] ?? 0) + 1;
  return { places: [...painted, ...outside], classes, valueClasses, gradeCounts, unknown: painted.filter(({ colour }) => colour === undefined).length, outside: outside.length };
}
