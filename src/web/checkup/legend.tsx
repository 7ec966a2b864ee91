import type { IndicatorLine } from '../../checkup/api.ts';
import { GRADE_WORDS } from '../../checkup/findings/ledger-words.ts';
import { GRADES } from '../../checkup/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Shade } from '../shell/appearance.tsx';
import type { Colouring, DetailLayer } from './checkup-address.ts';
import { DETAIL_LAYERS } from './checkup-address.ts';
import type { DetailFeatures } from './choropleth-style.ts';
import { DETAIL_COLOURS, NO_VALUE } from './choropleth-style.ts';
import { GRADE_COLOURS } from './classes.ts';
import type { Classes, ValueClass } from './classes.ts';
import { useThresholdText } from './marks.tsx';

interface LegendProps {
  readonly line: IndicatorLine;
  readonly classes: Classes;
  readonly colouring: Colouring;
  readonly gradeCounts: Readonly<Record<string, number>>;
  readonly unknown: number;
  readonly outside: number;
  readonly detail: DetailFeatures | undefined;
  readonly hidden: readonly DetailLayer[];
  readonly onHidden: (hidden: readonly DetailLayer[]) => void;
  readonly shade: Shade;
  readonly against: number | undefined;
  /** Only its title, until it is opened. */
  readonly folded: boolean;
}

export function Legend({ line, classes, colouring, gradeCounts, unknown, outside, detail, hidden, onHidden, shade, against, folded }: LegendProps) {
  const { t, f, pick } = useSpeech();
  const thresholdText = useThresholdText();
  const rows = colouring === 'grade' ? GRADES.filter((grade) => gradeCounts[grade] > 0).map((grade) => ({ key: grade, colour: GRADE_COLOURS[shade][grade], text: pick(GRADE_WORDS[grade]), places: gradeCounts[grade], mark: false })) : classes.classes.map((one, i) => ({ key: String(i), colour: one.colour, text: <RangeText range={one} />, places: one.places, mark: i > 0 && one.meets !== classes.classes[i - 1].meets }));
  const present = DETAIL_LAYERS.filter((layer) => detail?.features.some(({ properties }) => properties.type === layer));
  return (
    <section className="checkup-legend panel" aria-label={t.checkup.legend}>
      <details open={!folded}>
      <summary><h2>{pick(line.name)}</h2></summary>
      <p className="quiet">
        {colouring === 'grade' ? t.checkup.byGrade : colouring === 'change' ? t.checkup.changeSince(String(against ?? '')) : pick(line.unit)}
      </p>
      <ul className="legend-classes">
        {rows.map(({ key, colour, text, places, mark }) => (
          <li key={key} className={mark ? 'legend-mark' : undefined}>
            <span className="legend-square" style={{ background: colour }} aria-hidden="true" />
            <span>{text}</span>
            <span className="legend-count">{f.integer(places)}</span>
          </li>
        ))}
        {unknown > 0 && (
          <li>
            <span className="legend-square" style={{ background: NO_VALUE[shade] }} aria-hidden="true" />
            <span>{colouring === 'grade' ? t.checkup.notGraded : t.checkup.noValue}</span>
            <span className="legend-count">{f.integer(unknown)}</span>
          </li>
        )}
        {outside > 0 && (
          <li>
            <span className="legend-square legend-hatch" aria-hidden="true" />
            <span>{t.checkup.outside}</span>
            <span className="legend-count">{f.integer(outside)}</span>
          </li>
        )}
      </ul>
      {colouring === 'value' && (
        <p className="legend-standard">
          {line.threshold === null ? (
            <span className="quiet">{t.checkup.byQuantiles}</span>
          ) : (
            <>
              {t.checkup.standard} <strong>{thresholdText(line.threshold, line.unit)}</strong>
              {line.threshold.unverified && <span className="unverified"> {t.checkup.unverified}</span>}
              <br />
              <span className="quiet">{t.checkup.blueMeets}</span>
            </>
          )}
        </p>
      )}
      {present.length > 0 && (
        <ul className="legend-behind" aria-label={t.checkup.behind}>
          {present.map((layer) => (
            <li key={layer}>
              <label>
                <input type="checkbox" checked={!hidden.includes(layer)} onChange={(event) => onHidden(event.target.checked ? hidden.filter((one) => one !== layer) : [...hidden, layer])} />
                <span className={`legend-dot legend-dot-${layer}`} style={{ background: DETAIL_COLOURS[layer][shade] }} aria-hidden="true" />
                {t.checkup.detailLayers[layer]}
                <span className="legend-count">{f.integer(detail?.features.filter(({ properties }) => properties.type === layer).length ?? 0)}</span>
              </label>
            </li>
          ))}
          {detail !== undefined && detail.total > detail.features.length && <li className="quiet">{t.checkup.partOf(f.integer(detail.features.length), f.integer(detail.total))}</li>}
        </ul>
      )}
      </details>
    </section>
  );
}

function RangeText({ range: { from, to } }: { range: ValueClass }) {
  const { f } = useSpeech();
  return <>{from === to ? f.measured(from) : `${f.measured(from)} – ${f.measured(to)}`}</>;
}
