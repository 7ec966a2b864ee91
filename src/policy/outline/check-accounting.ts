/** Proves that every character of a reading has exactly one owner: a clause, by its own text, or a span that is set aside. */
import type { Aside, OutlineNode } from '../model.ts';

export interface AccountingFault {
  readonly at: number;
  readonly what: 'lost' | 'overlapping-asides' | 'overlapping-nodes' | 'outside-parent' | 'order' | 'out-of-text';
  readonly id: string;
}

/** Faults in reading order; none means that all characters are accounted for, once each. Linear in text and nodes. */
export function checkAccounting({ text, outline, aside }: { readonly text: string; readonly outline: readonly OutlineNode[]; readonly aside: readonly Aside[] }): AccountingFault[] {
  const faults: AccountingFault[] = [];
  const length = text.length;
  const owned = new Uint8Array(length);
  let last = 0;
  for (const { span: [start, end], kind } of aside) {
    if (start < 0 || end > length || start > end) faults.push({ at: start, what: 'out-of-text', id: kind });
    if (start < last) faults.push({ at: start, what: 'overlapping-asides', id: kind });
    owned.fill(1, Math.max(0, start), end);
    last = Math.max(last, end);
  }
  const byId = new Map<string, OutlineNode>();
  const open: OutlineNode[] = [];
  let before = 0;
  for (const node of outline) {
    const [start, end] = node.span;
    if (start < 0 || end > length || start > end) faults.push({ at: start, what: 'out-of-text', id: node.id });
    if (start < before) faults.push({ at: start, what: 'order', id: node.id });
    before = start;
    if (byId.has(node.id)) faults.push({ at: start, what: 'overlapping-nodes', id: node.id });
    const parent = node.parent === null ? undefined : byId.get(node.parent);
    if (node.parent !== null && parent === undefined) faults.push({ at: start, what: 'outside-parent', id: node.id });
    byId.set(node.id, node);
    if (start === end) continue;
    if (parent !== undefined && (start < parent.span[0] || end > parent.span[1])) faults.push({ at: start, what: 'outside-parent', id: node.id });
    while (open.length > 0 && open[open.length - 1].span[1] <= start) open.pop();
    const around = open.at(-1);
    if (around !== undefined && (end > around.span[1] || around.id !== node.parent)) faults.push({ at: start, what: 'overlapping-nodes', id: node.id });
    if (around === undefined) owned.fill(1, start, end);
    open.push(node);
  }
  const lost = owned.indexOf(0);
  if (lost >= 0) faults.push({ at: lost, what: 'lost', id: text.slice(lost, lost + 20) });
  return faults;
}
