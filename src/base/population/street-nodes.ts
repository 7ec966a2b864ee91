/** Street nodes where people are put in a cell without buildings: junctions and ends of streets that people walk on. */

const NOT_WALKED: ReadonlySet<string> = new Set([
  'motorway', 'motorway_link', 'trunk', 'trunk_link', 'construction', 'proposed', 'abandoned', 'disused', 'raceway', 'bus_guideway', 'busway', 'corridor', 'elevator', 'platform', 'razed', 'no',
]);

/** Whether people walk on streets of this kind; trunk roads carry cars wherever there are others to walk on. */
export function isWalked(kind: string): boolean {
  return !NOT_WALKED.has(kind);
}

const GRID_PER_DEGREE = 1e7;

/**
 * lon, lat (interleaved) of the ends of lines and of vertices that two lines share. Lines that share a vertex have it at
 * the same 10⁻⁷ degrees, as OSM's ways have.
 */
export function listJunctions(lines: { readonly coordinates: Float64Array; readonly ends: Uint32Array }, counts: (line: number) => boolean): Float64Array {
  const { coordinates, ends } = lines;
  let west = Infinity;
  let south = Infinity;
  for (let i = 0; i < coordinates.length; i += 2) {
    west = Math.min(west, coordinates[i]);
    south = Math.min(south, coordinates[i + 1]);
  }
  // rows of 9e7 steps (9 degrees) keep keys whole numbers below 2⁵³
  const keyAt = (i: number): number =>
    Math.round((coordinates[2 * i] - west) * GRID_PER_DEGREE) * 9e7 + Math.round((coordinates[2 * i + 1] - south) * GRID_PER_DEGREE);
  const visits = new Map<number, number>();
  const junctions: number[] = [];
  let start = 0;
  for (let line = 0; line < ends.length; line++) {
    const end = ends[line];
    if (counts(line)) {
      for (let i = start; i < end; i++) {
        const key = keyAt(i);
        const before = visits.get(key) ?? 0;
        const weight = i === start || i === end - 1 ? 2 : 1;
        visits.set(key, before + weight);
        if (before < 2 && before + weight >= 2) junctions.push(coordinates[2 * i], coordinates[2 * i + 1]);
      }
    }
    start = end;
  }
  return Float64Array.from(junctions);
}
