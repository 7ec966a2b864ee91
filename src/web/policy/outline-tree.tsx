import { memo, useMemo } from 'react';
import type { DocumentJson } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';

interface OutlineTreeProps {
  readonly document: DocumentJson;
  readonly clause: string | undefined;
  readonly onClause: (clause: string | undefined) => void;
}

const DEEPEST = 5;

/** The clauses in reading order, indented; with each how many of its own items are still undecided. */
export const OutlineTree = memo(function OutlineTree({ document: { outline, items }, clause, onClause }: OutlineTreeProps) {
  const { t, f } = useSpeech();
  const list = useArrowFocus({ rows: 'li', items: 'button' });
  const counts = useMemo(() => {
    const of = new Map<string, { all: number; open: number }>();
    for (const { clause: own, state } of items) {
      if (own === null || state === 'orphaned') continue;
      const count = of.get(own) ?? { all: 0, open: 0 };
      count.all++;
      if (state === 'proposed') count.open++;
      of.set(own, count);
    }
    return of;
  }, [items]);
  return (
    <ol ref={list} className="outline-tree">
      {outline.map((node) => {
        const count = counts.get(node.id);
        const heading = node.heading === '' ? t.policy.noHeading : node.heading;
        return (
          <li key={node.id} style={{ paddingInlineStart: `${Math.min(DEEPEST, Math.max(0, node.level - 1)) * 14}px` }}>
            <button type="button" className={`outline-node outline-${node.state} outline-kind-${node.kind}`} aria-current={node.id === clause ? 'true' : undefined} title={`${node.marker ?? ''}${heading}`} onClick={() => onClause(node.id === clause ? undefined : node.id)}>
              <span className="outline-heading">{node.marker !== null && <span className="outline-marker">{node.marker}</span>}{heading}</span>
              {node.state !== 'present' && <span className="outline-lost">{node.state === 'elided' ? t.policy.elided : t.policy.cut}</span>}
              {count !== undefined && <span className={count.open === 0 ? 'outline-count outline-done' : 'outline-count'} title={t.policy.itemsOf(f.integer(count.open), f.integer(count.all))}>{count.open === 0 ? '✓' : f.integer(count.open)}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
});
