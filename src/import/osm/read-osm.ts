/**
 * An OSM PBF file → records, in two passes over its blobs.
 *
 * Pass 1 takes the nodes (their coordinates stay, their features go out) and the relations worth keeping; pass 2 takes the
 * ways, from the blobs that have any, and draws them. So the order of objects in the file does not matter, and what is
 * held is 17 bytes a node and the members of multipolygons: about 180 MB for ten million nodes. Rejected: one pass that
 * holds every way as well (twice the memory, a sixth of the time saved), and keeping only the nodes that ways refer to
 * (in a city's extract that is nearly all of them).
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { ByteSource, ImportFacts, ImportRecord, ReadContext } from '../model.ts';
import { AreaRelations } from './area-relations.ts';
import type { BlobFrame } from './blob-stream.ts';
import { E7, NO_COORDINATE } from './block-columns.ts';
import type { BlockColumns, NodeColumns } from './block-columns.ts';
import { BlockPipeline } from './block-pipeline.ts';
import type { DecodeWish } from './block-pipeline.ts';
import { BlockStrings } from './block-strings.ts';
import { matchNode } from './feature-layers.ts';
import { buildFeature } from './feature-record.ts';
import { NodeLocations } from './node-locations.ts';
import { addOsmNote } from './osm-notes.ts';
import { MalformedBlock, corruptPbf } from './pbf-error.ts';
import { isAreaRelation, listRelations, toTurnRestriction } from './relations.ts';
import type { Relation } from './relations.ts';
import { WayFeatureBuilder } from './way-features.ts';
import { locateWay } from './way-geometry.ts';

export interface OsmReadOptions {
  /** Decoding threads; absent: by the file's size. */
  readonly threads?: number;
}

const CHUNK_RECORDS = 2000;
const READING_NODES: Bilingual = { zh: '读取节点与关系', en: 'Reading nodes and relations' };
const READING_WAYS: Bilingual = { zh: '读取道路、建筑与用地', en: 'Reading streets, buildings and land' };

class OsmReading {
  readonly #source: ByteSource;
  readonly #pipeline: BlockPipeline;
  readonly #context: ReadContext;
  readonly #facts: ImportFacts;
  readonly #locations = new NodeLocations();
  readonly #relations: Relation[] = [];
  readonly #wayFrames: BlobFrame[] = [];
  readonly #builder: WayFeatureBuilder;
  #records: ImportRecord[] = [];

  constructor(source: ByteSource, pipeline: BlockPipeline, context: ReadContext, facts: ImportFacts) {
    this.#source = source;
    this.#pipeline = pipeline;
    this.#context = context;
    this.#facts = facts;
    this.#builder = new WayFeatureBuilder(source.name, context.notes);
  }

  async *read(): AsyncGenerator<ImportRecord[], void, undefined> {
    Object.assign(this.#facts.seen, { nodes: 0, ways: 0, relations: 0 });
    for await (const { frame, columns } of this.#blocks({ wanted: { nodes: true, ways: false, relations: true } })) {
      this.#report('osm/nodes', READING_NODES, frame.offset + frame.size, this.#source.sizeBytes);
      if (columns.skippedWays) this.#wayFrames.push(frame);
      this.#takeNodesAndRelations(columns, frame.offset);
      yield* this.#full();
    }
    this.#locations.seal();
    this.#takeRestrictions();
    const areas = new AreaRelations(this.#relations.filter(isAreaRelation), this.#source.name, this.#context.notes);
    const total = this.#wayFrames.reduce((sum, frame) => sum + frame.size, 0);
    let done = 0;
    for await (const { frame, columns } of this.#blocks({ wanted: { nodes: false, ways: true, relations: false } }, this.#wayFrames)) {
      this.#report('osm/ways', READING_WAYS, (done += frame.size), total);
      this.#takeWays(columns, frame.offset, areas);
      yield* this.#full();
    }
    for (const feature of areas.listFeatures()) {
      this.#records.push(feature);
      yield* this.#full();
    }
    if (this.#records.length > 0) yield this.#records;
  }

  async *#blocks(wish: DecodeWish, frames?: readonly BlobFrame[]): AsyncGenerator<{ frame: BlobFrame; columns: BlockColumns }, void, undefined> {
    const { seen } = this.#facts;
    for await (const { frame, block } of this.#pipeline.decode(wish, this.#context.signal, frames)) {
      const { counts, columns } = block;
      seen['nodes'] += counts.nodes;
      seen['ways'] += counts.ways;
      seen['relations'] += counts.relations;
      for (const [i, id] of counts.badCoordinateIds.entries()) {
        // The last example stands for all that were not listed.
        const rest = i === counts.badCoordinateIds.length - 1 ? counts.badCoordinates - i : 1;
        addOsmNote(this.#context.notes, 'osm/bad-coordinate', this.#source.name, `node/${id}`, rest);
      }
      if (columns !== undefined) yield { frame, columns };
    }
  }

  /** Hands the collected records on once they make a chunk. */
  *#full(): Generator<ImportRecord[], void, undefined> {
    if (this.#records.length < CHUNK_RECORDS) return;
    const chunk = this.#records;
    this.#records = [];
    yield chunk;
  }

  #report(stage: string, text: Bilingual, done: number, total: number): void {
    this.#context.report?.({ stage, text, done, total });
  }

  /** Damage that shows only when strings are looked up is damage of the blob all the same. */
  #inBlob<T>(offset: number, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof MalformedBlock) throw corruptPbf(this.#source.name, offset, error.text);
      throw error;
    }
  }

  #takeNodesAndRelations(columns: BlockColumns, offset: number): void {
    this.#inBlob(offset, () => {
      const strings = new BlockStrings(columns.strings);
      this.#locations.append(columns.nodes.ids, columns.nodes.lonE7, columns.nodes.latE7);
      this.#takeTaggedNodes(columns.nodes, strings);
      this.#relations.push(...listRelations(columns.relations, strings));
      this.#noteText(strings);
    });
  }

  #takeTaggedNodes(nodes: NodeColumns, strings: BlockStrings): void {
    let tagStart = 0;
    for (let i = 0; i < nodes.tagged.length; i++) {
      const tagEnd = nodes.tagEnds[i];
      const at = nodes.tagged[i];
      if (nodes.lonE7[at] !== NO_COORDINATE && nodes.latE7[at] !== NO_COORDINATE) {
        const tags = strings.tags(nodes.tags, tagStart, tagEnd);
        const matches = matchNode(tags);
        if (matches.length > 0) {
          const geometry = { type: 'Point', coordinates: Float64Array.of(nodes.lonE7[at] / E7, nodes.latE7[at] / E7) } as const;
          for (const match of matches) this.#records.push(buildFeature(match, `node/${nodes.ids[at]}`, tags, geometry));
        }
      }
      tagStart = tagEnd;
    }
  }

  #takeRestrictions(): void {
    for (const relation of this.#relations) {
      if (isAreaRelation(relation)) continue;
      const restriction = toTurnRestriction(relation, this.#source.name, this.#context.notes);
      if (restriction !== undefined) this.#records.push(restriction);
    }
  }

  #takeWays(columns: BlockColumns, offset: number, areas: AreaRelations): void {
    this.#inBlob(offset, () => {
      const strings = new BlockStrings(columns.strings);
      const { ways } = columns;
      let tagStart = 0;
      let refStart = 0;
      for (let i = 0; i < ways.count; i++) {
        const tagEnd = ways.tagEnds[i];
        const refEnd = ways.refEnds[i];
        const id = ways.ids[i];
        const isMember = areas.isMember(id);
        if (tagEnd > tagStart || isMember) {
          const tags = strings.tags(ways.tags, tagStart, tagEnd);
          const way = locateWay(this.#locations, ways.refs, refStart, refEnd);
          const features = this.#builder.build(id, tags, way);
          if (isMember) areas.hold(id, way, tags);
          for (const line of features.lines) this.#records.push(line);
          if (areas.isOuter(id)) areas.holdAreas(id, features.areas);
          else for (const area of features.areas) this.#records.push(area);
        }
        tagStart = tagEnd;
        refStart = refEnd;
      }
      this.#noteText(strings);
    });
  }

  #noteText(strings: BlockStrings): void {
    if (strings.badTexts > 0) addOsmNote(this.#context.notes, 'osm/bad-text', this.#source.name, undefined, strings.badTexts);
  }
}

/**
 * The features and turn restrictions of an OSM PBF file, in chunks of some thousand records.
 *
 * @throws ChengmaiError of kind `input` with file name and byte offset for damage; `cancelled`
 */
export async function* readOsm(source: ByteSource, options: OsmReadOptions, context: ReadContext, facts: ImportFacts): AsyncGenerator<ImportRecord[], void, undefined> {
  const pipeline = new BlockPipeline(source, options.threads);
  try {
    yield* new OsmReading(source, pipeline, context, facts).read();
  } finally {
    await pipeline.close();
  }
}
