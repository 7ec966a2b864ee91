import { Alert, Collapse, Skeleton } from 'antd';
import { Link } from 'react-router-dom';
import { SURVEY_TOPICS } from '../../checkup/survey/topics.ts';
import type { IndicatorDetail } from '../../checkup/api.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { Resource } from '../api/use-resource.ts';
import { NotesList } from '../data/notes-list.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { IndicatorClauses } from '../policy/indicator-clauses.tsx';
import { IndicatorTargets, useChartTargets } from '../policy/indicator-targets.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import type { PlaceValue } from './checkup-map.tsx';
import { PlacesChart, SeriesChart } from './charts.tsx';
import type { Classes } from './classes.ts';
import { GradeMark, QualityBadge, useThresholdText } from './marks.tsx';
import { MissingCard } from './missing-card.tsx';
import { Provenance } from './provenance.tsx';
import { RankingTable } from './ranking-table.tsx';

interface IndicatorPanelProps {
  readonly cityId: string;
  readonly detail: Resource<IndicatorDetail>;
  /** Of the level that the map shows, cells among them where it shows cells. */
  readonly places: readonly PlaceValue[];
  readonly before: ReadonlyMap<string, PlaceValue> | undefined;
  readonly against: number | undefined;
  readonly classes: Classes;
  readonly chosen: string | undefined;
  /** Shows the place on the map. */
  readonly onPlace: (placeId: string) => void;
  readonly onSheet: (placeId: string) => void;
}

export function IndicatorPanel({ cityId, detail, places, before, against, classes, chosen, onPlace, onSheet }: IndicatorPanelProps) {
  const { t, f, pick } = useSpeech();
  const { data } = detail;
  const asked = useChartTargets(cityId, data?.line.id);
  if (detail.error !== undefined) return <ProblemAlert problem={detail.error} onRetry={detail.reload} />;
  if (data === undefined) return detail.loading ? <Skeleton active paragraph={{ rows: 10 }} /> : <p className="quiet panel-hint">{t.checkup.chooseIndicator}</p>;
  const { line } = data;
  return (
    <article className="indicator-panel">
      <header>
        <h2>
          {line.number !== null && <span className="indicator-number">{line.number}</span>}
          {pick(line.name)}
        </h2>
        {line.missing === null && (
          <p className="headline">
            <span className="headline-value">{line.value === null ? t.checkup.noCityValue : f.measured(line.value)}</span> {line.value !== null && f.unit(line.value, pick(line.unit))}
            <QualityBadge quality={line.quality} />
            <GradeMark grade={line.grade} />
          </p>
        )}
        {line.findings > 0 && <Link to={`/${cityId}/findings?indicator=${encodeURIComponent(line.id)}`}>{t.checkup.findingsOf(f.integer(line.findings))}</Link>}
      </header>
      {line.missing !== null && <MissingCard cityId={cityId} missing={line.missing} />}
      {data.notes.some(({ level }) => level !== 'info') && <Alert type="warning" showIcon title={t.checkup.warnings(f.integer(line.warnings))} className="panel-alert" />}
      <GradeSteps detail={data} />
      <Definition detail={data} />
      {line.series.filter(({ value }) => value !== null).length > (asked.lines.length > 0 ? 0 : 1) && (
        <section>
          <h3>{t.checkup.overPeriods}</h3>
          <SeriesChart line={line} targets={asked.lines} />
        </section>
      )}
      {asked.targets.length > 0 && (
        <section>
          <h3>{t.policy.targetsOf}</h3>
          <IndicatorTargets cityId={cityId} targets={asked.targets} />
        </section>
      )}
      {line.missing === null && (
        <section>
          <h3>{t.checkup.ranking}</h3>
          <PlacesChart line={line} places={places} classes={classes} onPlace={onPlace} />
          <RankingTable line={line} places={places} before={before} against={against} classes={classes} chosen={chosen} onPlace={onPlace} onSheet={onSheet} />
        </section>
      )}
      <Peers detail={data} />
      {data.survey !== null && (
        <section>
          <h3>{t.checkup.survey}</h3>
          <p>{t.checkup.surveyScore(topicName(data.survey.topic, pick), f.measured(data.survey.score), f.measured(data.survey.margin), f.integer(data.survey.n))}</p>
        </section>
      )}
      <Collapse
        className="panel-more"
        items={[
          { key: 'asked', label: t.policy.askedByHint, children: <IndicatorClauses cityId={cityId} indicator={line.id} /> },
          { key: 'where', label: t.checkup.whereFrom, children: <Provenance cityId={cityId} detail={data} /> },
          ...(data.notes.length > 0 ? [{ key: 'notes', label: t.checkup.notes(f.integer(data.notes.length)), children: <NotesList notes={data.notes} /> }] : []),
        ]}
      />
    </article>
  );
}

function GradeSteps({ detail: { gradeSteps, line } }: { detail: IndicatorDetail }) {
  const { t, pick } = useSpeech();
  if (line.missing !== null) return null;
  return (
    <section>
      <h3>{t.checkup.whyGrade}</h3>
      {gradeSteps.length === 0 ? (
        <p className="quiet">{t.checkup.noSteps}</p>
      ) : (
        <ol className="grade-steps">
          {gradeSteps.map((step) => (
            <li key={step.by}>
              <span className="grade-step-by">{t.checkup.steps[step.by]}</span>
              <GradeMark grade={step.grade} />
              <span className="grade-step-text">{pick(step.text)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Definition({ detail: { definition, formula, source, confidence, thresholds, computability, line } }: { detail: IndicatorDetail }) {
  const { t, pick } = useSpeech();
  const thresholdText = useThresholdText();
  return (
    <section>
      <h3>{t.checkup.definition}</h3>
      <p>{pick(definition)}</p>
      <dl className="facts">
        <div><dt>{t.checkup.formula}</dt><dd>{pick(formula)}</dd></div>
        <div><dt>{t.checkup.direction}</dt><dd>{t.checkup.directions[line.direction]}</dd></div>
        <div>
          <dt>{t.checkup.source}</dt>
          <dd>{source} <span className={`confidence confidence-${confidence}`}>{t.checkup.confidences[confidence]}</span></dd>
        </div>
        <div>
          <dt>{t.checkup.thresholds}</dt>
          <dd>
            {thresholds.length === 0 ? <span className="quiet">{t.checkup.noThreshold}</span> : (
              <ul className="thresholds">
                {thresholds.map((threshold, i) => (
                  <li key={i} className={threshold.applies ? undefined : 'threshold-idle'}>
                    <strong>{thresholdText(threshold, line.unit)}</strong>
                    {threshold.role === 'higher' && ` ${t.checkup.higher}`}
                    {threshold.applies && <span className="tag-applies">{t.checkup.applies}</span>}
                    {threshold.unverified && <span className="unverified">{t.checkup.unverified}</span>}
                    <span className="quiet threshold-source">{threshold.source}</span>
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
        <div><dt>{t.checkup.computability}</dt><dd>{computability.map((key) => t.checkup.computabilityOf(key)).join(t.checkup.semicolon)}</dd></div>
      </dl>
    </section>
  );
}

function Peers({ detail: { peers, line } }: { detail: IndicatorDetail }) {
  const { t, f, pick } = useSpeech();
  if (peers.length === 0) return null;
  const rows = [...peers, ...(line.value === null ? [] : [{ name: { zh: '', en: '' }, value: line.value, period: 0, source: '' }])].toSorted((a, b) => b.value - a.value);
  const most = Math.max(...rows.map(({ value }) => Math.abs(value)), 1e-9);
  return (
    <section>
      <h3>{t.checkup.peers}</h3>
      <ul className="peers">
        {rows.map((row) => (
          <li key={`${row.name.zh}/${row.period}`} className={row.period === 0 ? 'peer-self' : undefined} title={row.source}>
            <span>{row.period === 0 ? `${t.checkup.thisCity} ${line.series.at(-1)?.period ?? ''}` : `${pick(row.name)} ${row.period}`}</span>
            <span className="peer-bar" aria-hidden="true"><span style={{ width: `${(100 * Math.abs(row.value)) / most}%` }} /></span>
            <span className="peer-value">{f.measured(row.value)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function topicName(id: string, pick: (text: Bilingual) => string): string {
  const topic = SURVEY_TOPICS.find((one) => one.id === id);
  return topic === undefined ? id : pick(topic.name);
}
