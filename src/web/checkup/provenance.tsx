import { Link } from 'react-router-dom';
import type { IndicatorDetail } from '../../checkup/api.ts';
import { useSpeech } from '../i18n/language.tsx';

/** Where a number came from: files, method, parameters, versions. */
export function Provenance({ cityId, detail: { provenance } }: { cityId: string; detail: IndicatorDetail }) {
  const { t, f } = useSpeech();
  if (provenance === null) return <p className="quiet">{t.checkup.noProvenance}</p>;
  return (
    <dl className="facts">
      <div>
        <dt>{t.checkup.inputs}</dt>
        <dd>
          <ul className="provenance-files">
            {provenance.inputs.map(({ batchId, fileName }) => (
              <li key={batchId}><Link to={`/${cityId}/data?batch=${batchId}`}>{fileName}</Link></li>
            ))}
          </ul>
        </dd>
      </div>
      <div><dt>{t.checkup.operator}</dt><dd><code>{provenance.operator}</code></dd></div>
      <div><dt>{t.checkup.parameters}</dt><dd><pre className="parameters">{JSON.stringify(provenance.parameters, undefined, 2)}</pre></dd></div>
      <div><dt>{t.checkup.needs}</dt><dd>{provenance.needs.map((need) => <code key={need} className="need">{need}</code>)}</dd></div>
      <div><dt>{t.checkup.versions}</dt><dd>{t.checkup.versionsText(provenance.indicatorVersion, provenance.programVersion)}</dd></div>
      <div><dt>{t.checkup.computedAt}</dt><dd>{f.dateTime(provenance.computedAt)}{provenance.reused && ` · ${t.checkup.reused}`}</dd></div>
    </dl>
  );
}
