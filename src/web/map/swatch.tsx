import type { LayerJson } from '../../base/api.ts';
import type { Shade } from '../shell/appearance.tsx';
import { customColour } from './style/build-style.ts';
import { PALETTES } from './style/palette.ts';

/** A small picture of how a layer is drawn. */
export function LayerSwatch({ layerId, layers, shade }: { layerId: string; layers: readonly LayerJson[]; shade: Shade }) {
  const p = PALETTES[shade];
  const custom = layers.filter((layer) => layer.id.startsWith('custom:')).findIndex((layer) => layer.id === layerId);
  const own = layers.find((layer) => layer.id === layerId);
  return (
    <svg className="swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      {drawing()}
    </svg>
  );

  function drawing() {
    if (custom >= 0 && own?.geometryTypes.every((type) => type.endsWith('Point')) === true) return <circle cx="9" cy="9" r="4.5" fill={customColour(custom, p)} stroke={p.halo} strokeWidth="1.2" />;
    if (custom >= 0) return <rect x="2" y="3" width="14" height="12" rx="2.5" fill={customColour(custom, p)} fillOpacity="0.25" stroke={customColour(custom, p)} strokeWidth="1.6" />;
    switch (layerId) {
      case 'street':
        return (
          <>
            <path d="M2 14 16 4" stroke={p.street.primary[1]} strokeWidth="6" />
            <path d="M2 14 16 4" stroke={p.street.primary[0]} strokeWidth="4" />
          </>
        );
      case 'railway':
        return (
          <>
            <path d="M1 14 17 4" stroke={p.rail} strokeWidth="3" />
            <path d="M1 14 17 4" stroke={p.railGap} strokeWidth="1.6" strokeDasharray="3 3" />
          </>
        );
      case 'building':
        return <path d="M3 15V7l5-3v4h7v7z" fill={p.building[1]} stroke={p.buildingEdge} />;
      case 'land-use':
        return (
          <>
            <rect x="2" y="3" width="14" height="12" rx="2.5" fill={p.landUse.residential} stroke={p.buildingEdge} strokeWidth="0.7" />
            <path d="M2 15V9l6-2 8 5v.5A2.5 2.5 0 0 1 13.5 15z" fill={p.landUse.forest} />
          </>
        );
      case 'water':
        return <rect x="2" y="3" width="14" height="12" rx="2.5" fill={p.water} stroke={p.waterEdge} />;
      case 'boundary':
        return <path d="M2 5h14M2 5v9h9" fill="none" stroke={p.boundary} strokeWidth="1.6" strokeDasharray="4 2" />;
      case 'place-name':
        return <path d="M4 4h10v2.500M9 4v10M6.5 14h5" fill="none" stroke={p.label} strokeWidth="1.6" />;
      case 'transit-route':
        return <path d="M2 13c5 0 3-8 8-8h6" fill="none" stroke={p.transit} strokeWidth="2.6" strokeLinecap="round" />;
      case 'transit-stop':
        return <circle cx="9" cy="9" r="4.5" fill={p.halo} stroke={p.transit} strokeWidth="2.4" />;
      case 'facility':
        return (
          <>
            <circle cx="6" cy="7" r="4" fill="#3f6fb5" />
            <circle cx="12" cy="11.5" r="4" fill="#c8453f" />
          </>
        );
      case 'population':
        return (
          <g fill={p.density[shade === 'dark' ? 4 : 5]}>
            <circle cx="5" cy="5" r="2" />
            <circle cx="12" cy="7" r="3.5" fillOpacity=".7" />
            <circle cx="6" cy="13" r="2.8" fillOpacity=".8" />
          </g>
        );
      default:
        return <circle cx="9" cy="9" r="3" fill={p.poi} />;
    }
  }
}
