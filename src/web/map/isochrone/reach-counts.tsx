import type { AreaProperties, IsochroneAnswer } from '../../../base/network/reach/isochrone-api.ts';
import type { KindNames } from '../../i18n/kind-names.ts';
import { useSpeech } from '../../i18n/language.tsx';
import { groupName } from '../../i18n/population-group.ts';
import type { Shade } from '../../shell/appearance.tsx';
import { KindIcon } from '../kind-icon.tsx';
import { isochroneColours } from './isochrone-colours.ts';
import { limitOf, listBands } from './isochrone-features.ts';
import { listGroups, listKinds } from './reach-rows.ts';

/** What lies within each limit, as a table: the limits are its columns. */
export function ReachCounts({ answer, kinds, shade }: { answer: IsochroneAnswer; kinds: KindNames; shade: Shade }) {
  const { t, f, language } = useSpeech();
  const bands = listBands(answer);
  const colours = isochroneColours(bands.length, shade);
  const groups = listGroups(bands);
  const facilityKinds = listKinds(bands);
  const row = (key: string, title: React.ReactNode, value: (band: AreaProperties) => string) => (
    <tr key={key}>
      <th scope="row">{title}</th>
      {bands.map((band) => (
        <td key={limitOf(band)}>{value(band)}</td>
      ))}
    </tr>
  );
  return (
    <>
      <OffNetwork answer={answer} />
      <div className="reach-scroll">
        <table className="reach-counts">
          <thead>
            <tr>
              <th scope="col">{t.isochrone.within}</th>
              {bands.map((band, i) => (
                <th scope="col" key={limitOf(band)}>
                  <span className="reach-colour" style={{ background: colours[i] }} aria-hidden="true" />
                  {t.isochrone.minutesOf(String(limitOf(band)))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row('area', t.inspector.area, (band) => f.areaM2(band.areaM2))}
            {row('streets', t.layer['street'], (band) => f.lengthM(band.streetsM))}
            {groups.map((group) => row(`group/${group}`, groupName(group, language), (band) => f.integer(band.persons[group] ?? 0)))}
            {bands.some(({ jobs }) => jobs !== null) && row('jobs', t.isochrone.jobs, (band) => f.integer(band.jobs ?? 0))}
          </tbody>
          {facilityKinds.length > 0 && (
            <tbody>
              <tr>
                <th scope="rowgroup" colSpan={bands.length + 1} className="reach-heading">
                  {t.map.groupFacilities}
                </th>
              </tr>
              {facilityKinds.map((kind) =>
                row(
                  `kind/${kind}`,
                  <span className="reach-kind">
                    <KindIcon kind={kind} size={16} />
                    {kinds.facility(kind)}
                  </span>,
                  (band) => f.integer(band.facilities[kind] ?? 0),
                ),
              )}
            </tbody>
          )}
        </table>
      </div>
      {groups.length === 0 && <p className="quiet isochrone-note">{t.isochrone.noPopulation}</p>}
      {facilityKinds.length === 0 && <p className="quiet isochrone-note">{t.isochrone.noFacilities}</p>}
    </>
  );
}

/** Places some way off the street say so: the way there counts. */
const WORTH_SAYING_M = 20;

function OffNetwork({ answer }: { answer: IsochroneAnswer }) {
  const { t, f } = useSpeech();
  return (
    <>
      {answer.places.map(({ offNetworkM }, i) => {
        const name = answer.places.length === 1 ? t.isochrone.place : t.isochrone.placeNumber(String(i + 1));
        if (offNetworkM === null) return <p key={i} className="isochrone-note isochrone-off">{t.isochrone.unlinked(name)}</p>;
        if (offNetworkM < WORTH_SAYING_M) return null;
        return <p key={i} className="isochrone-note quiet">{t.isochrone.offNetwork(name, f.lengthM(offNetworkM))}</p>;
      })}
    </>
  );
}
