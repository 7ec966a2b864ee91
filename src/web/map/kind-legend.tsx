import { useState } from 'react';
import type { LayerJson } from '../../base/api.ts';
import type { KindNames } from '../i18n/kind-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useAppearance } from '../shell/appearance.tsx';
import { LAND_USE_CLASSES } from './style/areas.ts';
import { PALETTES } from './style/palette.ts';
import type { LandUseClass, Palette, StreetClass } from './style/palette.ts';
import { STREET_LOOKS } from './style/streets.ts';

const SHOWN_AT_FIRST = 12;

/** The kinds of a layer, most frequent first, in the colours they are drawn in. */
export function KindLegend({ layer, kinds }: { layer: LayerJson; kinds: KindNames }) {
  const { t, f } = useSpeech();
  const { shade } = useAppearance();
  const [all, setAll] = useState(false);
  const shown = all ? layer.kinds : layer.kinds.slice(0, SHOWN_AT_FIRST);
  return (
    <ul className="kind-legend">
      {shown.map(({ kind, count }) => {
        const colour = colourOf(layer.id, kind, PALETTES[shade]);
        return (
          <li key={kind}>
            {colour !== undefined && <span className="kind-colour" style={{ background: colour }} aria-hidden="true" />}
            <span className="kind-name">{kinds.feature(layer.id, kind)}</span>
            <span className="layer-count">{f.integer(count)}</span>
          </li>
        );
      })}
      {layer.kinds.length > shown.length && (
        <li>
          <button type="button" className="link-button" onClick={() => setAll(true)}>
            {`${t.common.all} (${f.integer(layer.kinds.length)})`}
          </button>
        </li>
      )}
    </ul>
  );
}

function colourOf(layerId: string, kind: string, palette: Palette): string | undefined {
  if (layerId === 'land-use') {
    const name = (Object.keys(LAND_USE_CLASSES) as LandUseClass[]).find((one) => LAND_USE_CLASSES[one].includes(kind));
    return palette.landUse[name ?? 'paved'];
  }
  if (layerId === 'street') {
    const name = (Object.keys(STREET_LOOKS) as StreetClass[]).find((one) => STREET_LOOKS[one].kinds.includes(kind));
    return name === undefined ? palette.path : palette.street[name][1];
  }
  return undefined;
}
