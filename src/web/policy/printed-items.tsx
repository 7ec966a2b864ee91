import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { DocumentJson, ReviewItemJson } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useValueText } from './marks.tsx';

/** True while the browser prints: what only paper shows is drawn no sooner. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // the page is taken as it stands when the handler ends
    const begin = (): void => flushSync(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

/** The targets and tasks after the text, as a table for paper: what the panel beside the text shows on the screen. */
export function PrintedItems({ document, shown }: { document: DocumentJson; shown: readonly ReviewItemJson[] }) {
  const { t, f } = useSpeech();
  const words = t.policy;
  const valueText = useValueText();
  const printing = usePrinting();
  if (!printing || shown.length === 0) return null;
  const headings = new Map(document.outline.map(({ id, marker, heading }) => [id, `${marker ?? ''}${heading}`]));
  return (
    <section className="printed-items">
      <h2>{words.printedItems(f.integer(shown.length))}</h2>
      <table>
        <thead><tr>{[words.kindFilter, words.stateFilter, words.fields.title, words.value, words.lead, words.support, words.deadline, words.traceColumns.clause].map((name) => <th key={name}>{name}</th>)}</tr></thead>
        <tbody>
          {shown.map(({ itemId, kind, state, fields, anchor, clause }) => (
            <tr key={itemId}>
              <td>{words.itemKinds[kind]}</td><td>{words.states[state]}</td><td>{fields.title === '' ? anchor.quote : fields.title}</td><td>{valueText(fields)}</td><td>{fields.lead.join('、')}</td><td>{fields.support.join('、')}</td>
              <td>{fields.deadline ?? ''}</td><td>{clause === null ? '' : headings.get(clause)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
