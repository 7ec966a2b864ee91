/**
 * What a street network is built from: ways over numbered nodes, tags as numbers of texts, no geometry objects.
 *
 * An OSM file fills it (import/osm/read-network.ts) and so does a base's snapshot, whose `street` section has the same
 * shape. Only what makes streets needs to be in it: ways with highway=*, route=ferry, platforms.
 *
 * Memory: 16 bytes a node, 12 bytes a way, 4 bytes a node along a way, 8 bytes a tag.
 */

/** Stands in `ways.nodes` for a node that the file lacks. */
export const NO_NODE = 0xffff_ffff;

/** Tags of object i are [tagEnds[i − 1], tagEnds[i]) of tagKey and tagValue, both numbers of texts. */
export interface TagColumns {
  readonly tagEnds: Uint32Array;
  readonly tagKey: Uint32Array;
  readonly tagValue: Uint32Array;
}

/** A turn that is forbidden or demanded: OSM's relation type=restriction. All ids are OSM's. */
export interface TurnSource {
  readonly id: number;
  /** `no_left_turn`, `only_straight_on`, `no_u_turn`, `no_entry`, `no_exit` … */
  readonly kind: string;
  /** Whom it does not bind: `except=bicycle;bus`. */
  readonly except?: string;
  /** The class of vehicles it binds alone: `hgv` of restriction:hgv=*. Absent: all vehicles. */
  readonly vehicle?: string;
  /** When it holds: restriction:conditional=*. Such ones are counted, not applied. (Those with hour_on and hour_off hold at all hours, as in R5.) */
  readonly condition?: string;
  readonly fromWays: readonly number[];
  readonly viaNode?: number;
  /** In the order they are driven, or any other. */
  readonly viaWays: readonly number[];
  readonly toWays: readonly number[];
}

/** A square made of several ways (relation type=multipolygon). One that is a single closed way stays among `ways`. */
export interface AreaSource {
  /** OSM's relation id. */
  readonly id: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Numbers of the nodes around each ring, the first not repeated; outer rings and holes in any order. */
  readonly rings: readonly Uint32Array[];
}

export interface NetworkSource {
  readonly nodes: {
    /** OSM's ids; negative where there is none. */
    readonly id: Float64Array;
    /** Longitude and latitude by turns, 10⁻⁷ degrees. */
    readonly e7: Int32Array;
    /** 1 where a way that is no street (and no building) uses the node too; absent where nobody looked. R5 parts streets there. */
    readonly touched?: Uint8Array;
  };
  readonly ways: TagColumns & {
    readonly id: Float64Array;
    /** Nodes of way w: [ends[w − 1], ends[w]) of `nodes`, numbers of nodes or NO_NODE. */
    readonly ends: Uint32Array;
    readonly nodes: Uint32Array;
  };
  /** Nodes with tags that matter to travellers (barrier, crossing, signals, elevator, entrance), on a street or not. */
  readonly points: TagColumns & { readonly node: Uint32Array };
  readonly turns: readonly TurnSource[];
  readonly areas: readonly AreaSource[];
  /** The texts of tags; text 0 is empty. */
  text(number: number): string;
}
