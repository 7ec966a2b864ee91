import type { CityDetail } from '../../base/api.ts';
import { groupName } from '../i18n/population-group.ts';
import { useSpeech } from '../i18n/language.tsx';

/** How many persons each group has. The map draws the first. */
export function PopulationGroups({ groups }: { groups: CityDetail['population'] }) {
  const { t, f, language } = useSpeech();
  return (
    <>
      <p className="quiet population-note">{t.map.populationDrawn(groupName(groups[0].group, language))}</p>
      <ul className="kind-legend">
        {groups.map(({ group, persons }) => (
          <li key={group}>
            <span className="kind-name">{groupName(group, language)}</span>
            <span className="layer-count">{f.integer(persons)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
