import { useSpeech } from '../i18n/language.tsx';
import { useAppearance } from '../shell/appearance.tsx';
import type { Shade } from '../shell/appearance.tsx';
import { describeDensity } from './density-classes.ts';
import { PALETTES } from './style/palette.ts';

interface DensityLegendProps {
  readonly floating?: boolean;
  /** On paper the layer panel is left out, and the legend in it. */
  readonly onlyPrinted?: boolean;
  readonly group?: string;
  /** The map's, where it is not the page's. */
  readonly shade?: Shade;
}

/** The classes of population density, with their limits between the colours. */
export function DensityLegend({ floating = false, onlyPrinted = false, group = 'total', shade: mapShade }: DensityLegendProps) {
  const { t, f, language } = useSpeech();
  const { screenShade } = useAppearance();
  const shade = mapShade ?? screenShade;
  const { title, unit, classes } = describeDensity(group, t, f, language, shade);
  return (
    <figure className={floating ? `panel density-legend density-legend-floating${onlyPrinted ? ' only-print' : ''}` : 'density-legend'}>
      <figcaption>
        {title} <span className="quiet">{unit}</span>
      </figcaption>
      <ol>
        {classes.map(({ colour, from }) => (
          <li key={colour}>
            <span className="density-colour" style={{ background: colour }} aria-hidden="true" />
            <span className="density-limit">{from}</span>
          </li>
        ))}
      </ol>
      <p className="density-none">
        <span className="kind-colour" style={{ background: PALETTES[shade].noData }} aria-hidden="true" />
        {t.map.noPopulation}
      </p>
    </figure>
  );
}
