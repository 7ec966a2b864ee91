import { useSpeech } from '../i18n/language.tsx';
import { groupName } from '../i18n/population-group.ts';
import { useAppearance } from '../shell/appearance.tsx';
import { DENSITY_BREAKS, PALETTES } from './style/palette.ts';

/** The classes of population density, with their limits between the colours. */
export function DensityLegend({ floating = false, group = 'total' }: { floating?: boolean; group?: string }) {
  const { t, f, language } = useSpeech();
  const { shade } = useAppearance();
  const { density, noData } = PALETTES[shade];
  return (
    <figure className={floating ? 'panel density-legend density-legend-floating' : 'density-legend'}>
      <figcaption>
        {group === 'total' ? t.map.density : `${t.map.density}: ${groupName(group, language)}`} <span className="quiet">{t.map.densityUnit}</span>
      </figcaption>
      <ol>
        {density.map((colour, index) => (
          <li key={colour}>
            <span className="density-colour" style={{ background: colour }} aria-hidden="true" />
            <span className="density-limit">{index === 0 ? '0' : f.compact(DENSITY_BREAKS[index - 1])}</span>
          </li>
        ))}
      </ol>
      <p className="density-none">
        <span className="kind-colour" style={{ background: noData }} aria-hidden="true" />
        {t.map.noPopulation}
      </p>
    </figure>
  );
}
