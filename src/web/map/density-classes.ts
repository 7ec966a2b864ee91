import type { Language } from '../../core/bilingual.ts';
import type { Dictionary } from '../i18n/zh.ts';
import type { Formats } from '../i18n/format.ts';
import { groupName } from '../i18n/population-group.ts';
import type { Shade } from '../shell/appearance.tsx';
import { densityBreaks } from './density-breaks.ts';
import { PALETTES } from './style/palette.ts';

/** The classes of population density as a legend shows them: a colour each, and where it begins. */
export interface DensityClasses {
  readonly title: string;
  readonly unit: string;
  readonly classes: readonly { readonly colour: string; readonly from: string }[];
}

export function describeDensity(group: string, t: Dictionary, f: Formats, language: Language, shade: Shade): DensityClasses {
  const breaks = densityBreaks(group);
  return {
    title: group === 'total' ? t.map.density : `${t.map.density}: ${groupName(group, language)}`,
    unit: t.map.densityUnit,
    classes: PALETTES[shade].density.map((colour, index) => ({ colour, from: index === 0 ? '0' : f.compact(breaks[index - 1]) })),
  };
}
