/** The timetable of an ordinary week, as operators ask for it: which stops are served when. Built from the base's trips and services. */
export interface TransitSchedule {
  readonly stopCount: number;
  /** Of stop s: id, name, place (E7 lon, lat interleaved), GTFS route types that serve it as bits (bit 0 tram, 1 metro, 2 rail, 3 bus, 4 ferry; higher bits others). */
  readonly stopId: readonly string[];
  readonly stopName: readonly string[];
  readonly stopE7: Int32Array;
  readonly stopModes: Uint32Array;
  /** The ordinary weekday, Saturday and Sunday that were chosen (YYYY-MM-DD), each with departures: of stop s, ascending seconds after midnight, departureS[first[s]] … departureS[first[s + 1] − 1], and their routes. */
  readonly days: readonly { readonly kind: 'weekday' | 'saturday' | 'sunday'; readonly date: string; readonly first: Uint32Array; readonly departureS: Uint32Array; readonly route: Uint32Array }[];
  readonly routeId: readonly string[];
  readonly routeName: readonly string[];
  /** Modes of each route, bits as of `stopModes`. Absent where lines are. */
  readonly routeModes?: Uint32Array;
  /** What routes are drawn with: the shapes that their trips follow, else lines from stop to stop. Absent where the base has none. */
  readonly lines?: TransitLines;
  readonly batches: readonly number[];
}

/** Vertices of line l: ends[l − 1] … ends[l], E7 lon, lat interleaved. In the order of routes. */
export interface TransitLines {
  readonly verticesE7: Int32Array;
  readonly ends: Uint32Array;
  readonly route: Uint32Array;
  /** 1 where the line goes straight from stop to stop, for want of a shape. */
  readonly byStops: Uint8Array;
}
