/**
 * What every kernel of the sweeps is given: the address of a context, 256 bytes of 32-bit words, one for each thread. The TypeScript side
 * (src/engine/graph/sweep-memory.ts has the same list) fills in sizes and addresses it has checked; the kernels write the words
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

/** 16 lanes to hand over (i32). */
export const LANES: usize = 192;

/** Farther than any cost: UNREACHED of search-graph.ts. Two of them still fit a signed word. */
export const FAR: i32 = 0x3fffffff;

/** Results below 0: the ball or its edges do not fit; everything is put back for another try with more room. */
export const NEEDS_NODES: i32 = -1;
export const NEEDS_EDGES: i32 = -2;
