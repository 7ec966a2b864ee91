import { Collapse } from 'antd';
import { Link } from 'react-router-dom';
import type { CheckupOverview } from '../../checkup/api.ts';
import { CITY_CLASS_WORDS, CITY_RANK_WORDS } from '../../checkup/city-words.ts';
import { LEVEL_WORDS } from '../../checkup/findings/ledger-words.ts';
import { NotesList } from '../data/notes-list.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { DimensionMark } from './marks.tsx';

/** The check-up at a glance: grades of the dimensions, what they were graded as, the places with most to do, notes on the data. */
export function OverviewNotes({ cityId, overview, onPlace }: { cityId: string; overview: CheckupOverview; onPlace: (placeId: string) => void }) {
  const { t, f, pick } = useSpeech();
  const { findings } = overview;
  return (
    <section className="overview" aria-label={t.checkup.overview}>
      <ul className="overview-dimensions">
        {overview.dimensions.map((dimension) => (
          <li key={dimension.id} title={pick(dimension.text)}>
            <span className="quiet">{pick(dimension.name).replace(/（.*）/, '')}</span>
            <DimensionMark grade={dimension.grade} />
          </li>
        ))}
      </ul>
      <p className="quiet overview-facts">
        {pick(CITY_CLASS_WORDS[overview.cityClass])}{overview.cityRank !== null && ` · ${pick(CITY_RANK_WORDS[overview.cityRank])}`} · {f.ago(overview.finishedAt)}
      </p>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'worst', label: t.checkup.worstPlaces,
            children: (
              <ol className="overview-worst">
                {overview.worstPlaces.map((place) => (
                  <li key={place.placeId}>
                    <button type="button" className="link-button" onClick={() => onPlace(place.placeId)}>{pick(place.name)}</button>
                    <span className="quiet">{pick(LEVEL_WORDS[place.level])}</span>
                    <Link to={`/${cityId}/findings?period=${overview.period}&place=${encodeURIComponent(place.placeId)}`}>{t.checkup.findingsOf(f.integer(place.findings))}</Link>
                  </li>
                ))}
              </ol>
            ),
          },
          { key: 'findings', label: t.checkup.findingsSum(f.integer(findings.total), f.integer(findings.timeLimited), f.integer(findings.bestEffort)), children: <Link to={`/${cityId}/findings?period=${overview.period}`}>{t.checkup.openLedger}</Link> },
          ...(overview.notes.length === 0 ? [] : [{ key: 'notes', label: t.checkup.dataNotes(f.integer(overview.notes.length)), children: <NotesList notes={overview.notes} /> }]),
        ]}
      />
    </section>
  );
}
