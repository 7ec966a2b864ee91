import { memo, useEffect, useMemo, useRef } from 'react';
import type { MouseEvent } from 'react';
import type { DocumentJson, ReviewItemJson } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { buildBlocks } from './text-blocks.ts';
import type { AsideBlock, MissingBlock, Run, TextBlock } from './text-blocks.ts';

export const LAYERS = ['target', 'task', 'body', 'defect', 'rejected'] as const;
export type Layer = (typeof LAYERS)[number];

interface DocumentTextProps {
  readonly document: DocumentJson;
  readonly item: string | undefined;
  readonly clause: string | undefined;
  readonly hidden: ReadonlySet<Layer>;
  readonly onItem: (itemId: string) => void;
  readonly onClause: (clause: string) => void;
}

type ItemOf = ReadonlyMap<string, ReviewItemJson>;

/** Class names of a run; two blocks with the same ones look the same. */
function classOf({ items, begins, body, defect, heading }: Run, of: ItemOf): string {
  const names: string[] = [];
  for (const id of items) {
    const item = of.get(id);
    if (item !== undefined) names.push(item.state === 'rejected' ? 'mark-rejected' : `mark-${item.kind} mark-${item.state}`);
  }
  if (begins.length > 0) names.push('mark-begins');
  if (body !== null) names.push('mark-body');
  if (defect !== null) names.push('mark-defect');
  if (heading) names.push('run-heading');
  return names.join(' ');
}

/** The text with its marks. 250 items are some 1,500 runs: a block is drawn again only when the look of one of its runs changes. */
export const DocumentText = memo(function DocumentText({ document, item, clause, hidden, onItem, onClause }: DocumentTextProps) {
  const { t, language } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const { text, outline, aside, bodies, defects, items } = document;
  // decisions leave the places as they are: the cut is made again only when a place changes
  const places = items.map(({ itemId, span }) => `${itemId}:${span?.join('-') ?? ''}`).join('|');
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const blocks = useMemo(() => buildBlocks({ text, outline, aside, bodies, defects, items }), [text, outline, aside, bodies, defects, places]);
  const of = useMemo<ItemOf>(() => new Map(items.map((one) => [one.itemId, one])), [items]);

  useEffect(() => {
    for (const run of box.current?.querySelectorAll('[data-current]') ?? []) run.removeAttribute('data-current');
    if (item === undefined) return;
    const runs = box.current?.querySelectorAll<HTMLElement>(`[data-items~="${CSS.escape(item)}"]`) ?? [];
    for (const run of runs) run.setAttribute('data-current', '');
    runs[0]?.scrollIntoView({ block: 'center', behavior: 'auto' });
  }, [item, blocks]);
  useEffect(() => {
    for (const block of box.current?.querySelectorAll('[data-here]') ?? []) block.removeAttribute('data-here');
    if (clause === undefined) return;
    const block = box.current?.querySelector(`[data-clauses~="${CSS.escape(clause)}"]`);
    block?.setAttribute('data-here', '');
    if (item === undefined) block?.scrollIntoView({ block: 'start', behavior: 'auto' });
    // an item that was chosen within the clause has brought itself into view
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [clause, blocks]);

  function onClick(event: MouseEvent<HTMLElement>): void {
    // the end of a selection is no choice of an item
    if (window.getSelection()?.isCollapsed === false || !(event.target instanceof Element)) return;
    const ids = event.target.closest<HTMLElement>('[data-items]')?.dataset.items?.split(' ') ?? [];
    if (ids.length === 0) {
      const own = event.target.closest<HTMLElement>('[data-clauses]')?.dataset.clauses?.split(' ')[0];
      if (own !== undefined && own !== '') onClause(own);
      return;
    }
    // the innermost; again, the one around it
    const at = ids.indexOf(item ?? '');
    onItem(at > 0 ? ids[at - 1] : ids[ids.length - 1]);
  }

  return (
    <div ref={box} className={['document-text', ...[...hidden].map((layer) => `hide-${layer}`)].join(' ')} lang="zh-CN" role="document" aria-label={t.policy.textLabel} tabIndex={0} onClick={onClick}>
      {blocks.map((block) => {
        if (block.kind === 'missing') return <Missing key={`m${block.clauses[0].clause}`} block={block} />;
        if (block.kind === 'aside') return <Aside key={`a${block.start}`} block={block} text={text} />;
        return <Paragraph key={block.start} block={block} text={text} of={of} look={`${language}|${block.runs.map((run) => classOf(run, of)).join('|')}`} />;
      })}
    </div>
  );
});

const Paragraph = memo(
  function Paragraph({ block, text, of }: { block: TextBlock; text: string; of: ItemOf; look: string }) {
    const heading = block.level === null ? {} : { role: 'heading', 'aria-level': Math.min(6, block.level + 2) };
    return (
      // what is folded within a line is a block of its own, which a paragraph element does not hold
      <div className={block.level === null ? 'text-block' : `text-block text-heading text-heading-${Math.min(3, block.level)}`} data-clauses={block.clauses.join(' ')} {...heading}>
        {block.runs.map((run) => (run.aside === null ? <RunText key={run.start} run={run} text={text} of={of} /> : <InlineAside key={run.start} run={run} text={text} />))}
      </div>
    );
  },
  (before, after) => before.block === after.block && before.look === after.look && before.text === after.text,
);

function RunText({ run, text, of }: { run: Run; text: string; of: ItemOf }) {
  const { t } = useSpeech();
  const words = text.slice(run.start, run.end);
  const look = classOf(run, of);
  if (run.items.length === 0) return <span data-start={run.start} {...(look !== '' && { className: look })}>{words}</span>;
  const told = run.begins.flatMap((id) => {
    const one = of.get(id);
    return one === undefined ? [] : [`${t.policy.itemKinds[one.kind]}，${t.policy.states[one.state]}`];
  });
  return <mark data-start={run.start} data-items={run.items.join(' ')} className={look} {...(told.length > 0 && { 'aria-description': told.join('；') })}>{words}</mark>;
}

function InlineAside({ run, text }: { run: Run; text: string }) {
  const { t, f } = useSpeech();
  if (run.aside === null) return null;
  return (
    <details className="inline-aside">
      <summary>{t.policy.asideOf(t.policy.asides[run.aside], f.integer(run.end - run.start))}</summary>
      <span data-start={run.start}>{text.slice(run.start, run.end)}</span>
    </details>
  );
}

function Aside({ block, text }: { block: AsideBlock; text: string }) {
  const { t, f } = useSpeech();
  return (
    <details className="block-aside">
      <summary>{t.policy.asideOf(t.policy.asides[block.aside], f.integer(block.end - block.start))}</summary>
      <div data-start={block.start}>{text.slice(block.start, block.end)}</div>
    </details>
  );
}

function Missing({ block: { clauses } }: { block: MissingBlock }) {
  const { t } = useSpeech();
  return (
    <ul className="block-missing" data-clauses={clauses.map(({ clause }) => clause).join(' ')}>
      {clauses.map(({ clause, heading }) => <li key={clause}>⌀ {t.policy.missing(heading === '' ? t.policy.noHeading : heading)}</li>)}
    </ul>
  );
}
