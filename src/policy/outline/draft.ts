/** A clause on its way into the tree: places in the source, a level, and where it ends if something ends it early. */
import type { NodeKind, NodeState } from '../model.ts';
import type { Style } from './markers.ts';

export interface Draft {
  kind: NodeKind;
  style: Style;
  level: number;
  marker: string | null;
  ordinal: number | null;
  heading: string;
  start: number;
  /** End of marker and heading. */
  headingEnd: number;
  /** Source offset that it ends at, at the latest; its text after that is its parent's. */
  limit: number;
  state: NodeState;
}
