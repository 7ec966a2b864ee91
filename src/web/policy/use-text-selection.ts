import { useCallback, useEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { Selected } from './text-selection.ts';
import { readSelection } from './text-selection.ts';

const BAR_WIDTH = 330;
const BAR_HEIGHT = 48;
const SETTLE_MS = 150;

export interface TextSelection {
  readonly selected: Selected | undefined;
  /** Of the window, where the choices open. */
  readonly place: { readonly left: number; readonly top: number };
  clear(): void;
}

/** What is selected in the document's text, by mouse, touch or keyboard, once the selection rests. */
export function useTextSelection(box: RefObject<HTMLElement | null>): TextSelection {
  const [selected, setSelected] = useState<Selected | undefined>(undefined);
  useEffect(() => {
    let timer = 0;
    function onChange(): void {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        const text = box.current?.querySelector<HTMLElement>('.document-text');
        setSelected(text === null || text === undefined ? undefined : readSelection(text));
      }, SETTLE_MS);
    }
    document.addEventListener('selectionchange', onChange);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('selectionchange', onChange);
    };
  }, [box]);
  const clear = useCallback(() => {
    window.getSelection()?.removeAllRanges();
    setSelected(undefined);
  }, []);
  return {
    selected, clear,
    place: { left: Math.max(8, Math.min(selected?.left ?? 0, window.innerWidth - BAR_WIDTH)), top: Math.max(8, Math.min((selected?.bottom ?? 0) + 6, window.innerHeight - BAR_HEIGHT)) },
  };
}
