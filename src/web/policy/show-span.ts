import type { Span } from '../../policy/model.ts';

const FLASH_MS = 1_600;

/** Brings a passage of the text into view and marks it for a moment; what is folded around it is opened. */
export function showSpan(box: HTMLElement, [start, end]: Span): void {
  const runs = [...box.querySelectorAll<HTMLElement>('[data-start]')];
  const over = runs.filter((run) => {
    const from = Number(run.dataset.start);
    return from < Math.max(end, start + 1) && from + (run.textContent?.length ?? 0) > start;
  });
  // an empty passage, or one between runs: the run before it
  const found = over.length > 0 ? over : runs.filter((run) => Number(run.dataset.start) <= start).slice(-1);
  for (const run of found) run.closest('details')?.setAttribute('open', '');
  found[0]?.scrollIntoView({ block: 'center' });
  for (const run of found.slice(0, 200)) run.classList.add('run-flash');
  window.setTimeout(() => { for (const run of found) run.classList.remove('run-flash'); }, FLASH_MS);
}
