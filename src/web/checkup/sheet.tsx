import { PrinterOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { PlaceSheet } from '../../checkup/api.ts';
import { KIND_WORDS, LEVEL_WORDS, SEVERITY_WORDS, STAGE_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { Resource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { SheetTable } from './sheet-table.tsx';

interface SheetProps {
  readonly cityId: string;
  readonly cityName: string;
  readonly period: number;
  readonly sheet: Resource<PlaceSheet>;
  readonly against: number | undefined;
  readonly before: PlaceSheet | undefined;
  readonly onIndicator: (id: string) => void;
  readonly onPlace: (placeId: string) => void;
  readonly onCompare: () => void;
}

/** 体检单: everything the check-up says of one place. */
export function Sheet({ cityId, cityName, period, sheet, against, before, onIndicator, onPlace, onCompare }: SheetProps) {
  const { t, f, pick } = useSpeech();
  const [withMissing, setWithMissing] = useState(false);
  const { data } = sheet;
  if (sheet.error !== undefined) return <ProblemAlert problem={sheet.error} onRetry={sheet.reload} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 12 }} />;
  const known = data.indicators.filter(({ value }) => value !== null);
  const { parent } = data;
  return (
    <article className="sheet" aria-label={t.checkup.sheet}>
      <header>
        <p className="sheet-kind quiet">{t.checkup.sheet} · {cityName} · {t.checkup.periodName(String(period))}</p>
        <h2>{pick(data.name)}</h2>
        <p className="quiet">
          {pick(LEVEL_WORDS[data.level])}
          {parent !== null && <> · <button type="button" className="link-button" onClick={() => onPlace(parent.placeId)}>{pick(parent.name)}</button></>}
          {data.outside && <> · {t.checkup.outside}</>}
        </p>
        <dl className="sheet-facts">
          <div><dt>{t.checkup.population}</dt><dd>{data.population === null ? '–' : f.integer(data.population)}</dd></div>
          <div><dt>{t.checkup.households}</dt><dd>{data.households === null ? '–' : f.integer(data.households)}</dd></div>
          <div><dt>{t.checkup.area}</dt><dd>{f.areaM2(data.areaM2)}</dd></div>
          <div><dt>{t.checkup.findings}</dt><dd>{f.integer(data.findings.length)}</dd></div>
        </dl>
        <p className="sheet-actions">
          <Button size="small" icon={<PrinterOutlined />} onClick={() => window.print()}>{t.map.print}</Button>
          <Button size="small" onClick={onCompare}>{t.checkup.compare}</Button>
        </p>
      </header>
      <Lacking sheet={data} />
      {data.findings.length > 0 && (
        <section>
          <h3>{t.checkup.findings}</h3>
          <ul className="sheet-findings">
            {data.findings.map((finding) => (
              <li key={finding.findingId}>
                <span className={`severity severity-${finding.severity}`} title={pick(SEVERITY_WORDS[finding.severity - 1])}>{finding.severity}</span>
                <span>
                  <Link to={`/${cityId}/findings?finding=${encodeURIComponent(finding.findingId)}`}>{pick(finding.problem)}</Link>
                  <span className="quiet sheet-finding-facts">{pick(KIND_WORDS[finding.kind])} · {pick(STAGE_WORDS[finding.stage])}{finding.bodies.length > 0 && ` · ${finding.bodies.join('、')}`}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t.checkup.indicators}</h3>
        <label className="sheet-missing-switch"><input type="checkbox" checked={withMissing} onChange={(event) => setWithMissing(event.target.checked)} /> {t.checkup.withMissing(f.integer(data.indicators.length - known.length))}</label>
        <SheetTable lines={withMissing ? data.indicators : known} against={against} before={before} onIndicator={onIndicator} />
      </section>
    </article>
  );
}

function Lacking({ sheet }: { sheet: PlaceSheet }) {
  const { t, f, pick } = useSpeech();
  if (sheet.lackingFacilities.length === 0) return null;
  return (
    <section>
      <h3>{t.checkup.lacking}</h3>
      <table className="plain-table">
        <thead><tr><th scope="col">{t.checkup.facility}</th><th scope="col">{t.checkup.nearest}</th><th scope="col">{t.checkup.personsWithout}</th></tr></thead>
        <tbody>
          {sheet.lackingFacilities.map((lack) => (
            <tr key={`${lack.kind}/${lack.radiusM}`}>
              <td>{pick(lack.name)} <span className="quiet">{t.checkup.within(f.lengthM(lack.radiusM))}</span></td>
              <td className="number">{lack.nearestM === null ? '–' : f.lengthM(lack.nearestM)}</td>
              <td className="number">{lack.personsWithout === null ? '–' : f.integer(lack.personsWithout)}{lack.personsShare !== null && <span className="quiet"> {f.measured(lack.personsShare)} %</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
