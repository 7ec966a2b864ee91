import type { Span } from '../../policy/model.ts';

/** The position in the document's text that a place in the page stands for. Every run carries `data-start`. */
function positionOf(node: Node, offset: number): number | undefined {
  if (node.nodeType !== Node.TEXT_NODE) return undefined;
  const run = node.parentElement?.closest<HTMLElement>('[data-start]');
  return run === null || run === undefined ? undefined : Number(run.dataset.start) + offset;
}

export interface Selected {
  readonly span: Span;
  /** Of the window, under which the choices open. */
  readonly left: number;
  readonly bottom: number;
}

/** What of the document's text is selected; undefined for nothing, or for what is outside it. */
export function readSelection(box: HTMLElement): Selected | undefined {
  const selection = window.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return undefined;
  const runs = [...box.querySelectorAll<HTMLElement>('[data-start]')].filter((run) => range.intersectsNode(run) && run.firstChild !== null);
  if (runs.length === 0) return undefined;
  const last = runs[runs.length - 1];
  const start = positionOf(range.startContainer, range.startOffset) ?? Number(runs[0].dataset.start);
  const end = positionOf(range.endContainer, range.endOffset) ?? Number(last.dataset.start) + (last.textContent?.length ?? 0);
  if (end <= start) return undefined;
  const rect = range.getBoundingClientRect();
  return { span: [start, end], left: rect.left, bottom: rect.bottom };
}
