import { ImportOutlined } from '@ant-design/icons';
import { Link } from 'react-router-dom';
import type { IndicatorLine } from '../../checkup/api.ts';
import { useSpeech } from '../i18n/language.tsx';

/** Why there is no value, and what file would bring one. */
export function MissingCard({ cityId, missing }: { cityId: string; missing: NonNullable<IndicatorLine['missing']> }) {
  const { t, pick } = useSpeech();
  return (
    <section className="missing-card">
      <h3>{t.checkup.missingKinds[missing.kind]}</h3>
      <p>{pick(missing.reason)}</p>
      {missing.kind !== 'not-applicable' && (
        <>
          <h4>{t.checkup.supply}</h4>
          <p>{pick(missing.supply)}</p>
          <Link to={`/${cityId}/data?import=1`} className="missing-import"><ImportOutlined aria-hidden="true" /> {t.checkup.importIt}</Link>
        </>
      )}
    </section>
  );
}
