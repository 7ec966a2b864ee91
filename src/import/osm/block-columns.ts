/**
 * A decoded primitive block as columns: what a blob of an OSM PBF file says, without an object per node or way.
 *
 * Coordinates are whole 1e-7 degrees (OSM's own resolution, about 1 cm). Tags are interleaved indices into the block's
 * string table: key, value, key, value … Ends are running totals: object i has entries [end[i−1], end[i]).
 * Memory: 16 bytes a node, 8 a reference, 8 a tag.
 */

/** Stands for a coordinate that is missing or outside ±180° / ±90°. */
export const NO_COORDINATE = 0x7fffffff;
export const E7 = 1e7;

/** Types of a relation's members (Relation.MemberType of osmformat.proto); 2, another relation, is never asked for. */
export const MEMBER_NODE = 0;
export const MEMBER_WAY = 1;

export interface NodeColumns {
  readonly count: number;
  readonly ids: Float64Array<ArrayBuffer>;
  readonly lonE7: Int32Array<ArrayBuffer>;
  readonly latE7: Int32Array<ArrayBuffer>;
  /** Positions (in `ids`) of the nodes that have tags, ascending. */
  readonly tagged: Uint32Array<ArrayBuffer>;
  readonly tagEnds: Uint32Array<ArrayBuffer>;
  readonly tags: Uint32Array<ArrayBuffer>;
}

export interface WayColumns {
  readonly count: number;
  readonly ids: Float64Array<ArrayBuffer>;
  readonly tagEnds: Uint32Array<ArrayBuffer>;
  readonly tags: Uint32Array<ArrayBuffer>;
  readonly refEnds: Uint32Array<ArrayBuffer>;
  readonly refs: Float64Array<ArrayBuffer>;
}

export interface RelationColumns {
  readonly count: number;
  readonly ids: Float64Array<ArrayBuffer>;
  readonly tagEnds: Uint32Array<ArrayBuffer>;
  readonly tags: Uint32Array<ArrayBuffer>;
  readonly memberEnds: Uint32Array<ArrayBuffer>;
  readonly memberIds: Float64Array<ArrayBuffer>;
  readonly memberTypes: Uint32Array<ArrayBuffer>;
  /** Indices into the string table. */
  readonly memberRoles: Uint32Array<ArrayBuffer>;
}

export interface StringColumns {
  /** The string table's bytes; string i is [starts[i], ends[i]) as UTF-8. */
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

export interface BlockColumns {
  /** The block has ways that were not asked for. */
  readonly skippedWays: boolean;
  /** The block has nodes that were not asked for. */
  readonly skippedNodes: boolean;
  readonly strings: StringColumns;
  readonly nodes: NodeColumns;
  readonly ways: WayColumns;
  readonly relations: RelationColumns;
}
