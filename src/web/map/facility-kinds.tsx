import { Checkbox } from 'antd';
import type { KindNames } from '../i18n/kind-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import { KindIcon } from './kind-icon.tsx';

/** The facility kinds there are, each with its icon and a box that shows or hides it. */
export function FacilityKinds({ kinds, hidden, onHidden }: { kinds: KindNames; hidden: ReadonlySet<string>; onHidden: (kinds: ReadonlySet<string>) => void }) {
  const { t, f } = useSpeech();
  const present = kinds.facilityKinds.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
  const toggle = (kind: string, show: boolean): void => {
    const next = new Set(hidden);
    if (show) next.delete(kind);
    else next.add(kind);
    onHidden(next);
  };
  return (
    <>
      <div className="kind-actions">
        <button type="button" className="link-button" onClick={() => onHidden(new Set())}>
          {t.map.allOn}
        </button>
        <button type="button" className="link-button" onClick={() => onHidden(new Set(present.map(({ kind }) => kind)))}>
          {t.map.allOff}
        </button>
      </div>
      <ul className="kind-legend">
        {present.map(({ kind, count }) => (
          <li key={kind}>
            <Checkbox checked={!hidden.has(kind)} onChange={(event) => toggle(kind, event.target.checked)}>
              <span className="kind-check">
                <KindIcon kind={kind} />
                <span className="kind-name">{kinds.facility(kind)}</span>
              </span>
            </Checkbox>
            <span className="layer-count">{f.integer(count)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
