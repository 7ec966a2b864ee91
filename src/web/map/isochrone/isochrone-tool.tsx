import { App } from 'antd';
import { useSpeech } from '../../i18n/language.tsx';
import type { KindNames } from '../../i18n/kind-names.ts';
import { groupName } from '../../i18n/population-group.ts';
import type { Shade } from '../../shell/appearance.tsx';
import { saveText, toCsvText, toGeoJsonText } from './isochrone-files.ts';
import { IsochronePanel } from './isochrone-panel.tsx';
import { ReachCounts } from './reach-counts.tsx';
import type { IsochroneTool } from './use-isochrone-tool.ts';

interface IsochroneToolProps {
  readonly cityId: string;
  readonly tool: IsochroneTool;
  readonly kinds: KindNames;
  readonly shade: Shade;
  readonly narrow: boolean;
  readonly onCentre: () => void;
  readonly onPrint: () => void;
}

/** The panel while the tool is open, and the same counts for paper. */
export function IsochroneToolView({ cityId, tool, kinds, shade, narrow, onCentre, onPrint }: IsochroneToolProps) {
  const { t, language } = useSpeech();
  const { message } = App.useApp();
  const { choice, isochrones, several, setSeveral, toggle } = tool;
  if (choice === undefined) return null;
  const { answer } = isochrones;

  function save(format: 'geojson' | 'csv'): void {
    if (answer === undefined) return;
    const name = `${cityId}-${answer.mode}-isochrones.${format}`;
    if (format === 'geojson') saveText(name, 'application/geo+json', toGeoJsonText(answer));
    else {
      const words = {
        item: t.isochrone.item, id: t.isochrone.id, area: t.isochrone.areaOf, streets: t.isochrone.streetsOf, jobs: t.isochrone.jobs,
        limit: (limit: number) => t.isochrone.minutesOf(String(limit)), group: (group: string) => groupName(group, language), kind: kinds.facility,
      };
      saveText(name, 'text/csv', toCsvText(answer, words));
    }
    void message.success(t.isochrone.saved);
  }

  return (
    <>
      <IsochronePanel
        cityId={cityId}
        choice={choice}
        isochrones={isochrones}
        kinds={kinds}
        shade={shade}
        narrow={narrow}
        several={several}
        onSeveral={setSeveral}
        onClose={toggle}
        onCentre={onCentre}
        onExport={save}
        onPrint={onPrint}
      />
      {answer !== undefined && (
        <section className="isochrone-print only-print">
          <h2>{t.isochrone.printTitle(t.isochrone.modes[answer.mode], answer.speedKmh === 0 ? '' : ` · ${t.isochrone.kmh(String(answer.speedKmh))}`)}</h2>
          <p>{answer.places.map(({ lon, lat }) => `${lon.toFixed(5)}, ${lat.toFixed(5)}`).join(' · ')}</p>
          <ReachCounts answer={answer} kinds={kinds} shade="light" />
        </section>
      )}
    </>
  );
}
