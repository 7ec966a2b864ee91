import { useEffect, useState } from 'react';
import type { RefCallback } from 'react';

interface ArrowFocusOptions {
  /** Selects rows within the box. */
  readonly rows: string;
  /** Selects what can be focused within a row: one or several. */
  readonly items: string;
}

const PAGE = 10;

/** Where a key leads from a row and a place in it; undefined where it is no key of ours. */
function stepOf(key: string, row: number, column: number, last: number): readonly [row: number, column: number] | undefined {
  switch (key) {
    case 'ArrowDown': return [Math.min(last, row + 1), column];
    case 'ArrowUp': return [Math.max(0, row - 1), column];
    case 'PageDown': return [Math.min(last, row + PAGE), column];
    case 'PageUp': return [Math.max(0, row - PAGE), column];
    case 'Home': return [0, column];
    case 'End': return [last, column];
    case 'ArrowRight': return [row, column + 1];
    case 'ArrowLeft': return [row, Math.max(0, column - 1)];
    default: return undefined;
  }
}

/**
 * A list or table as one stop of the Tab key: arrows, Home, End and the page keys lead from row to row, and along a row where it has several things to
 * press. Two hundred indicators would be two hundred stops before the map. The stop is where the focus was last, else the one marked `aria-current`.
 *
 * @returns the ref of the box
 */
export function useArrowFocus({ rows, items }: ArrowFocusOptions): RefCallback<HTMLElement> {
  const [box, setBox] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (box === null) return undefined;
    let stop: HTMLElement | undefined;
    const grid = (): HTMLElement[][] => [...box.querySelectorAll<HTMLElement>(rows)].map((row) => [...row.querySelectorAll<HTMLElement>(items)]).filter((row) => row.length > 0);
    function settle(): void {
      const all = grid().flat();
      if (stop === undefined || !all.includes(stop)) stop = all.find((item) => item.getAttribute('aria-current') === 'true') ?? all[0];
      for (const item of all) item.tabIndex = item === stop ? 0 : -1;
    }
    function onFocus({ target }: FocusEvent): void {
      const item = target instanceof Element ? target.closest<HTMLElement>(items) : null;
      if (item === null || item === stop || !box?.contains(item)) return;
      stop = item;
      settle();
    }
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const all = grid();
      const row = all.findIndex((line) => line.includes(event.target as HTMLElement));
      if (row < 0) return;
      const step = stepOf(event.key, row, all[row].indexOf(event.target as HTMLElement), all.length - 1);
      if (step === undefined) return;
      const line = all[step[0]];
      const next = line[Math.min(line.length - 1, step[1])];
      event.preventDefault();
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: 'nearest' });
    }
    settle();
    const watcher = new MutationObserver(settle);
    watcher.observe(box, { childList: true, subtree: true });
    box.addEventListener('focusin', onFocus);
    box.addEventListener('keydown', onKey);
    return () => {
      watcher.disconnect();
      box.removeEventListener('focusin', onFocus);
      box.removeEventListener('keydown', onKey);
    };
  }, [box, rows, items]);
  return setBox;
}
