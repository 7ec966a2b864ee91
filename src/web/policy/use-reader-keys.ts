import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { ReviewItemJson } from '../../delivery/api.ts';
import type { ItemDeeds } from './use-item-deeds.ts';

interface ReaderKeys {
  /** In the order that next and previous follow. */
  readonly items: readonly ReviewItemJson[];
  readonly item: string | undefined;
  /** The item that was chosen last, before the page shows it. */
  readonly reachedRef: RefObject<string | undefined>;
  readonly deeds: ItemDeeds;
  readonly onItem: (itemId: string) => void;
  readonly onToggle: (itemId: string) => void;
  readonly onOpen: (itemId: string) => void;
  readonly onUndo: () => void;
  readonly onEscape: () => void;
  /** The list of these keys. */
  readonly onHelp: () => void;
}

/** Where keys mean something else: fields, menus, dialogs. */
const ELSEWHERE = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], .ant-select, .ant-modal, .ant-drawer, .ant-dropdown, .ant-popover, [role="tablist"], [role="radiogroup"]';

/** One hand on the keyboard reviews a document: on, back, accept, reject. A decision goes on to the next item. */
export function useReaderKeys(keys: ReaderKeys): void {
  const last = useRef(keys);
  const { item: shown, reachedRef } = keys;
  useEffect(() => {
    last.current = keys;
  });
  useEffect(() => {
    reachedRef.current = shown;
  }, [shown, reachedRef]);
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(ELSEWHERE) !== null) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null) return;
      const { items, deeds, onItem, onToggle, onOpen, onUndo, onEscape, onHelp } = last.current;
      const at = items.findIndex(({ itemId }) => itemId === reachedRef.current);
      const current = at < 0 ? undefined : items[at];
      const step = (by: number): void => {
        const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))];
        if (next === undefined || next.itemId === reachedRef.current) return;
        onItem(next.itemId);
      };
      const decide = (act: (ids: readonly string[]) => void): void => {
        if (current === undefined) return;
        act([current.itemId]);
        step(1);
      };
      switch (event.key) {
        case 'j': case 'n': step(1); break;
        case 'k': case 'p': step(-1); break;
        case 'a': decide(deeds.accept); break;
        case 'r': decide(deeds.reject); break;
        case 'u': if (current !== undefined) deeds.reopen([current.itemId]); break;
        case 'e': if (current !== undefined) deeds.openForm(current); break;
        case 's': if (current !== undefined && current.span !== null) deeds.openSplit(current); break;
        case 'x': if (current !== undefined) onToggle(current.itemId); break;
        case 'z': onUndo(); break;
        case '?': onHelp(); break;
        case 'Escape': onEscape(); break;
        case 'Enter':
          if (current === undefined || (event.target instanceof Element && event.target.closest('button, a, summary, input') !== null)) return;
          onOpen(current.itemId);
          break;
        default: return;
      }
      event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [reachedRef]);
}
