/** The finest units of the tree, and sums that go up from them. */
import type { PlaceTree } from './city-data.ts';
import { makeOf } from './map-values.ts';
import { TREE_LEVELS } from './place-tree.ts';

/** Units of the tree that no other lies in, ascending. Cells and zones stand beside the tree and are not among them. */
export function leavesOf(tree: PlaceTree): Uint32Array {
  const isParent = new Uint8Array(tree.count);
  const inTree = treePlaces(tree);
  for (const place of inTree) if (tree.parent[place] >= 0) isParent[tree.parent[place]] = 1;
  return Uint32Array.from(inTree.filter((place) => isParent[place] === 0)).sort();
}

function treePlaces(tree: PlaceTree): number[] {
  return TREE_LEVELS.flatMap((level) => [...tree.ofLevel(level)]);
}

/** Values of the finest units summed up the tree. Cells and zones, which have no such units, get theirs from `beside`. */
export function sumLeaves(tree: PlaceTree, ofLeaf: (leaf: number) => number, beside: ArrayLike<number>): Float64Array {
  const sums = makeOf(Float64Array, tree.count, (place) => (tree.level(place) === 'cell' || tree.level(place) === 'zone' ? beside[place] : 0));
  for (const leaf of leavesOf(tree)) {
    const value = ofLeaf(leaf);
    for (let at = leaf; at >= 0; at = tree.parent[at]) sums[at] += value;
  }
  return sums;
}
