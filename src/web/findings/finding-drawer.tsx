import { Button, Drawer, Skeleton } from 'antd';
import type { z } from 'zod';
import { Link } from 'react-router-dom';
import type { FindingEdit, FindingJson, findingHistorySchema } from '../../checkup/api.ts';
import { LEVEL_WORDS } from '../../checkup/findings/ledger-words.ts';
import { useResource } from '../api/use-resource.ts';
import { QualityBadge } from '../checkup/marks.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { FindingForm } from './finding-form.tsx';
import { Severity } from './findings-table.tsx';
import { fieldName, fieldText } from './finding-text.ts';
import { MakeTasks } from './make-tasks.tsx';

type FindingHistory = z.infer<typeof findingHistorySchema>;

interface FindingDrawerProps {
  readonly cityId: string;
  readonly base: string;
  readonly period: number;
  readonly findingId: string | undefined;
  readonly version: string;
  readonly busy: boolean;
  readonly onEdit: (finding: FindingJson, change: FindingEdit, reason: string) => Promise<boolean>;
  readonly onClose: () => void;
}

export function FindingDrawer({ cityId, base, period, findingId, version, busy, onEdit, onClose }: FindingDrawerProps) {
  const speech = useSpeech();
  const { t, f, pick } = speech;
  const narrow = useNarrow();
  const { data, error, reload } = useResource<FindingHistory>(findingId === undefined ? undefined : `${base}/${encodeURIComponent(findingId)}`, version);
  const finding = data?.finding;
  return (
    <Drawer open={findingId !== undefined} onClose={onClose} placement={narrow ? 'bottom' : 'right'} size={narrow ? '92%' : 560} rootClassName={narrow ? 'sheet-drawer' : ''} title={t.findings.finding} destroyOnHidden>
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {finding === undefined && error === undefined && <Skeleton active />}
      {finding !== undefined && data !== undefined && (
        <div className="finding-detail">
          <h2><Severity severity={finding.severity} /> {pick(finding.problem)}</h2>
          <dl className="facts">
            <div><dt>{t.checkup.place}</dt><dd><Link to={`/${cityId}/checkup?period=${period}&place=${encodeURIComponent(finding.placeId)}`}>{pick(finding.placeName)}</Link> <span className="quiet">{pick(LEVEL_WORDS[finding.level])}</span></dd></div>
            <div><dt>{t.checkup.indicator}</dt><dd><Link to={`/${cityId}/checkup?period=${period}&indicator=${encodeURIComponent(finding.indicatorId)}&place=${encodeURIComponent(finding.placeId)}&panel=indicator`}>{pick(finding.indicatorName)}</Link>{finding.value !== null && ` ${f.measured(finding.value)} ${f.unit(finding.value, pick(finding.unit))}`} <QualityBadge quality={finding.quality} /></dd></div>
            {finding.persons !== null && <div><dt>{t.findings.fields.persons}</dt><dd>{f.integer(finding.persons)}</dd></div>}
            {finding.survey !== null && <div><dt>{t.checkup.survey}</dt><dd>{pick(finding.survey)}</dd></div>}
            {finding.asked !== undefined && <div><dt>{t.findings.fields.asked}</dt><dd>{fieldText('asked', finding.asked, speech)}</dd></div>}
            {typeof finding.closedBy === 'string' && <div><dt>{t.findings.fields.closedBy}</dt><dd>{fieldText('closedBy', finding.closedBy, speech)}</dd></div>}
            <div><dt>{t.findings.seen}</dt><dd>{finding.firstPeriod === finding.lastPeriod ? finding.firstPeriod : `${finding.firstPeriod}–${finding.lastPeriod}`}</dd></div>
          </dl>
          <FindingForm key={`${finding.findingId}/${finding.updatedAt}`} finding={finding} busy={busy} onEdit={(change, reason) => onEdit(finding, change, reason)} />
          <h3>{t.findings.history}</h3>
          {data.history.length === 0 ? <p className="quiet">{t.findings.noHistory}</p> : (
            <ol className="finding-history">
              {data.history.map((change, i) => (
                <li key={i}>
                  <span className="quiet">{f.dateTime(change.at)} · {t.findings.whoOf(change.who)} · {change.workbook === null ? t.findings.by[change.by] : change.workbook.undoes ? t.findings.undoneBook(change.workbook.file) : t.findings.fromBook(change.workbook.file)}</span>
                  <span><strong>{fieldName(change.field, t)}</strong> {fieldText(change.field, change.before, speech)} → {fieldText(change.field, change.after, speech)}</span>
                  {change.reason !== null && change.reason !== '' && <span className="quiet">{t.findings.reason}：{change.reason}</span>}
                </li>
              ))}
            </ol>
          )}
          <div className="finding-save"><MakeTasks cityId={cityId} findings={[finding.findingId]} /><Button onClick={() => window.print()}>{t.map.print}</Button></div>
        </div>
      )}
    </Drawer>
  );
}
