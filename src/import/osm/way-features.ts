/** A way and its tags → the features it makes. */
import type { NoteBook } from '../../core/note.ts';
import type { FeatureRecord } from '../model.ts';
import type { Tags } from './area-rules.ts';
import { matchWay } from './feature-layers.ts';
import type { LayerMatch } from './feature-layers.ts';
import { buildFeature } from './feature-record.ts';
import { addOsmNote } from './osm-notes.ts';
import { listRuns, runToLine, toArea, toLine } from './way-geometry.ts';
import type { LocatedWay, WayArea } from './way-geometry.ts';

export interface WayFeatures {
  readonly lines: FeatureRecord[];
  readonly areas: FeatureRecord[];
}

/**
 * A street is one record per unbroken run of nodes, so that no edge leads across a gap in the file: the first keeps the
 * way's id, further ones are `way/1#2` …
 */
function streetLines(match: LayerMatch, sourceId: string, tags: Tags, way: LocatedWay): FeatureRecord[] {
  return listRuns(way).map(([start, end], i) =>
    buildFeature(match, i === 0 ? sourceId : `${sourceId}#${i + 1}`, tags, runToLine(way, start, end), way.nodeIds.slice(start, end)),
  );
}

export class WayFeatureBuilder {
  readonly #file: string;
  readonly #notes: NoteBook;

  constructor(file: string, notes: NoteBook) {
    this.#file = file;
    this.#notes = notes;
  }

  /** The features of a way with tags; notes what could not be drawn. */
  build(id: number, tags: Tags, way: LocatedWay): WayFeatures {
    const sourceId = `way/${id}`;
    const lines: FeatureRecord[] = [];
    const areas: FeatureRecord[] = [];
    const matches = matchWay(tags, way.closed);
    if (matches.length === 0) this.#noteUnmatched(sourceId, tags, way);
    else if (way.missing > 0) addOsmNote(this.#notes, 'osm/missing-node', this.#file, sourceId);
    let area: WayArea | undefined;
    for (const match of matches) {
      if (match.shape === 'area') {
        area ??= toArea(way);
        if (area !== undefined) areas.push(buildFeature(match, sourceId, tags, area.geometry, match.layer === 'street' && area.isWholeWay ? way.nodeIds : undefined));
      } else if (match.layer === 'street') lines.push(...streetLines(match, sourceId, tags, way));
      else {
        const line = toLine(way);
        if (line !== undefined) lines.push(buildFeature(match, sourceId, tags, line));
      }
    }
    if (area?.crossesItself === true) addOsmNote(this.#notes, 'osm/self-crossing', this.#file, sourceId);
    if (matches.length > 0 && lines.length + areas.length === 0) this.#noteShapeless(sourceId, way);
    return { lines, areas };
  }

  #noteShapeless(sourceId: string, way: LocatedWay): void {
    const code = way.missing > 0 || way.lonE7.length < 2 ? 'osm/way-without-nodes' : 'osm/empty-area';
    addOsmNote(this.#notes, code, this.#file, sourceId);
  }

  #noteUnmatched(sourceId: string, tags: Tags, way: LocatedWay): void {
    if (tags['building:part'] !== undefined) addOsmNote(this.#notes, 'osm/building-part', this.#file, sourceId);
    else if (!way.closed && matchWay(tags, true).some((match) => match.shape === 'area')) addOsmNote(this.#notes, 'osm/open-area', this.#file, sourceId);
  }
}
