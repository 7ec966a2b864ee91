import { useEffect, useRef, useState } from 'react';
import { VIEWS } from './tasks-address.ts';
import type { ViewName } from './tasks-address.ts';

export interface LedgerKeys {
  /** Whether the list of the keys is shown. */
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

/** Where keys mean something else: fields, menus, dialogs. */
const ELSEWHERE = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"], .ant-select, .ant-modal, .ant-drawer, .ant-dropdown';

/** Keys of the whole page: search, a new task, the views by number, and the list of them. Within tables, boards and charts the arrows lead. */
export function useLedgerKeys(deeds: { readonly onNew: () => void; readonly onView: (view: ViewName) => void }): LedgerKeys {
  const [open, setOpen] = useState(false);
  const last = useRef(deeds);
  useEffect(() => {
    last.current = deeds;
  });
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(ELSEWHERE) !== null) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return;
      const view = VIEWS[Number(event.key) - 1];
      if (event.key === '?') setOpen((before) => !before);
      else if (event.key === 'Escape') setOpen(false);
      else if (event.key === 'n') last.current.onNew();
      else if (event.key === '/') document.querySelector<HTMLInputElement>('.tasks-filters input')?.focus();
      else if (view !== undefined) last.current.onView(view);
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return { open, setOpen };
}
