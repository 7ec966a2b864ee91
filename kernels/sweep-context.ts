/**
 * What every kernel of the sweeps is given: the address of a context, 512 bytes of 32-bit words, one for each thread. The TypeScript side
 * (src/engine/graph/reach/sweep-memory.ts has the same list) fills in sizes and addresses it has checked; the kernels write the words
 * from BALL on. All arrays are 16-byte aligned.
 */

/** Costs up to this are looked for; ways dearer than it do not exist for a sweep. */
export const LIMIT: usize = 0;
/** Buckets of the ball search are 2^SHIFT wide; there are (LIMIT >> SHIFT) + 1 of them. */
export const SHIFT: usize = 4;
/** Search graph: first arc by node (u32, one more than nodes), arcs as [head, cost]. */
export const ARC_FIRST: usize = 8;
export const ARCS: usize = 12;
/** Hierarchy: first up-arc by node, up-arcs as [node, up cost] where symmetric, else [node, up cost, down cost]. */
export const UP_FIRST: usize = 16;
export const UPS: usize = 20;
export const SYMMETRIC: usize = 24;
/**
 * By node: its place in the order of sweeping down, whatever is above it before it. The first CORE_COUNT were not eliminated,
 * those from INNER_COUNT on have nothing below them. Places have at most 2 × DIGIT_BITS bits.
 */
export const PLACE: usize = 28;
export const INNER_COUNT: usize = 32;
export const CORE_COUNT: usize = 36;
/** By node: 1 + its local number in the present ball, 0 outside it. All 0 between cells. */
export const AT: usize = 40;
/** Heads of the buckets, all 0 between cells. */
export const BUCKETS: usize = 44;
/** Local nodes during the search: [cost, next, previous, node], number 0 unused: CAPACITY + 1 records. */
export const QUEUE: usize = 48;
export const CAPACITY: usize = 52;
export const EDGE_CAPACITY: usize = 56;
/** u32 × 2^DIGIT_BITS, scratch of sorting */
export const COUNTS: usize = 60;
/** u32 × CAPACITY, scratch: order during the set-up, afterwards the list of a group's rows. */
export const ORDER: usize = 64;
/** u8 × CAPACITY, scratch */
export const FLAGS: usize = 68;
/** By local number: the node (u32). */
export const NODES: usize = 72;
/** By local number: first edge of the pull (u32, one more than nodes); edges [64 × local number of the upper node, cost down]. */
export const FIRST: usize = 76;
export const EDGES: usize = 80;
/** The same for climbing, of the closure only; the very same arrays where symmetric. */
export const CLIMB_FIRST: usize = 84;
export const CLIMBS: usize = 88;
/** By local number: u16 of groups that reach it; for the closure also u16 of groups that climb to it. */
export const REACHED: usize = 92;
export const CLIMBED: usize = 96;
/** Rows of 16 costs (i32), 64 bytes each: by local number, then those of linked opportunities. All FAR between groups. */
export const ROWS: usize = 100;
/** By local number: weight of the node (i32), for the fused sum. */
export const WEIGHTS: usize = 104;

export const DIGIT_BITS: usize = 108;
/** Items of a cell (places of opportunities near it): by place 1 + its item, 0 for none; all 0 between cells. */
export const ITEM_OF: usize = 112;
/** Room for items, pairs of items, and entries (items with a weight, for each variable in turn). */
export const ITEM_CAPACITY: usize = 116;
export const PAIR_CAPACITY: usize = 120;
export const ENTRY_CAPACITY: usize = 124;
/** By item: [place, its row]; sorted by place before they are used. */
export const ITEMS: usize = 128;
/** By linked item in the order of finding: first pair (u32, one more than items); pairs [64 × row, cost]. Its row is BALL + number. */
export const PAIR_FIRST: usize = 132;
export const ITEM_PAIRS: usize = 136;
/** Entries [64 × row, 0, weight f64], 16 bytes; by variable: first entry (one more than variables) and sum of sizes (f64). */
export const ENTRIES: usize = 140;
export const ENTRY_FIRST: usize = 144;
export const ENTRY_TOTAL: usize = 148;

/** Written by cellBall: nodes of the ball; of them the first CLOSURE are climbed to; of these the first CORE are the core. */
export const BALL: usize = 160;
export const CLOSURE: usize = 164;
export const CORE: usize = 168;
export const EDGE_COUNT: usize = 172;
/** Nodes from this local number on have no lower neighbours: nobody pulls from them. */
export const LEAVES: usize = 176;
/** Length of the present group's list of rows in ORDER; how many of it are of the closure; how many are none of LEAVES. */
export const LISTED: usize = 180;
export const LISTED_CLOSURE: usize = 184;
export const LISTED_INNER: usize = 188;

/** Items of the cell; of them linked ones, which have rows of their own. */
export const ITEM_COUNT: usize = 192;
export const LINKED_COUNT: usize = 196;
/** Address of what nearest-cell.ts is given, or 0 where no nearest facilities are asked for beside the sums. */
export const NEAR: usize = 240;
/** 16 lanes of sums (f64). */
export const LANES: usize = 256;

/** Farther than any cost: UNREACHED of search-graph.ts. Two of them still fit a signed word. */
export const FAR: i32 = 0x3fffffff;

/** Results below 0: the ball or its edges do not fit; everything is put back for another try with more room. */
export const NEEDS_NODES: i32 = -1;
export const NEEDS_EDGES: i32 = -2;
export const NEEDS_ITEMS: i32 = -3;
/** The same of facilities near a cell: src/engine/graph/reach/reach-profile.ts. */
export const NEEDS_FACILITIES: i32 = -4;

/**
 * A plan, the same for all threads: what is asked for. Origins as pairs in the order of cells: first pair by origin (or address 0: pair o is
 * origin o), nodes, costs (or 0: all 0).
 */
export const ORIGIN_FIRST: usize = 0;
export const ORIGIN_NODES: usize = 4;
export const ORIGIN_COSTS: usize = 8;
export const ORIGIN_COUNT: usize = 12;
/** Places of opportunities by node: first (u32, one more than nodes) and numbers. A place is at every node it has a pair with. */
export const PLACES_FIRST: usize = 16;
export const PLACES_AT: usize = 20;
/** By place: first pair (one more than places), nodes and costs; address 0 where every place is one node at no cost. */
export const PLACE_FIRST: usize = 24;
export const PLACE_NODES: usize = 28;
export const PLACE_COSTS: usize = 32;
export const PLACE_COUNT: usize = 36;
/** Weights (f64), for each variable by place. WHOLE: u8 by variable, whether its weights are whole numbers of 32 bits. */
export const VARIABLE_COUNT: usize = 40;
export const PLACE_WEIGHTS: usize = 44;
export const WHOLE: usize = 48;
/** Limits (i32); decays as [address of the table (f64 by cost), its length]. */
export const LIMIT_COUNT: usize = 52;
export const LIMITS: usize = 56;
export const DECAY_COUNT: usize = 60;
export const DECAYS: usize = 64;
/**
 * Ways that pass no node (src/engine/graph/travel/chain-ways.ts): by origin 1 + its window, 0 for none (address 0: nobody has one); windows of ten words;
 * by window what the origin adds upward and downward (f64).
 */
export const WINDOW_OF: usize = 68;
export const WINDOWS: usize = 72;
export const WINDOW_VALUES: usize = 76;
/** f64, for each variable for each limit and decay by origin. */
export const RESULTS: usize = 80;
/** Weights by node (i32) where one whole variable at nodes within one limit is all that is asked for; otherwise address 0. */
export const NODE_WEIGHTS: usize = 84;
/** What parts of origins' edges cost (four f64 a pace); places in the order of their chains: [along, off, place, –], and what they add upward and downward (f64). */
export const PACES: usize = 88;
export const SPOTS: usize = 92;
export const SPOT_KEYS: usize = 96;
