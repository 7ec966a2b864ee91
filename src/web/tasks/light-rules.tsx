import { App, Button, Drawer, Form, Input, InputNumber, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { LightPreview, TaskLights } from '../../delivery/api.ts';
import { LIGHT_BOUNDS, LIGHT_RULES } from '../../delivery/ledger/task-light.ts';
import type { LightSettings } from '../../delivery/ledger/task-light.ts';
import { LIGHT_WORDS } from '../../delivery/ledger/task-words.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { asRequestError, useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { LightIcon, LightMark } from './task-marks.tsx';

const FIGURES = ['dueDays', 'lag', 'silentDays'] as const;
const TYPING_MS = 300;
/** Refusals say what to do: time to read them. */
const READING_S = 8;

const isSame = (a: LightSettings, b: LightSettings): boolean => FIGURES.every((name) => a[name] === b[name]);
const isWhole = (name: keyof LightSettings, value: number | null): value is number => value !== null && Number.isInteger(value) && value >= LIGHT_BOUNDS[name][0] && value <= LIGHT_BOUNDS[name][1];

interface LightRulesProps {
  readonly cityId: string;
  readonly open: boolean;
  readonly version: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** The rules of the lights in the order in which they are asked, and the city's figures in them: tried before they are set. */
export function LightRules({ cityId, open, version, onChanged, onClose }: LightRulesProps) {
  const { t } = useSpeech();
  const narrow = useNarrow();
  const { data, error, reload } = useResource<TaskLights>(open ? cityPath(cityId, 'task-lights') : undefined, version);
  return (
    <Drawer open={open} onClose={onClose} placement={narrow ? 'bottom' : 'right'} size={narrow ? '94%' : 640} rootClassName={narrow ? 'sheet-drawer' : ''} title={t.tasks.lightRules} destroyOnHidden>
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {data === undefined ? error === undefined && <Skeleton active /> : <Rules key={JSON.stringify(data.settings)} cityId={cityId} lights={data} version={version} onChanged={onChanged} />}
    </Drawer>
  );
}

function Rules({ cityId, lights, version, onChanged }: { cityId: string; lights: TaskLights; version: string; onChanged: () => void }) {
  const { t, f, pick } = useSpeech();
  const words = t.tasks;
  const { message } = App.useApp();
  const { settings, standard, isOwn, history } = lights;
  const [figures, setFigures] = useState<Readonly<Record<keyof LightSettings, number | null>>>(settings);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<LightSettings>(settings);
  const whole = FIGURES.every((name) => isWhole(name, figures[name])) ? (figures as LightSettings) : undefined;
  useEffect(() => {
    if (whole === undefined) return undefined;
    const timer = window.setTimeout(() => setAsked(whole), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [whole]);
  const changed = whole !== undefined && !isSame(whole, settings);
  const preview = useResource<LightPreview>(isSame(asked, settings) ? undefined : `${cityPath(cityId, 'task-lights', 'preview')}?${new URLSearchParams(FIGURES.map((name) => [name, String(asked[name])])).toString()}`, version);
  const shownIn = whole ?? settings;

  async function save(next: LightSettings | null): Promise<void> {
    setBusy(true);
    try {
      await sendJson('PUT', cityPath(cityId, 'task-lights'), { settings: next, reason: reason.trim() });
      void message.success(words.lightsSet);
      onChanged();
    } catch (problem) {
      void message.error({ content: pick(asRequestError(problem).text), duration: READING_S });
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="light-rules">
      <p className="quiet">{words.lightRulesHint}</p>
      <ol>
        {LIGHT_RULES.map(({ id, light }) => <li key={id}><LightMark light={light} /> <span>{words.lightRuleWords[id](shownIn)}</span></li>)}
      </ol>
      <section className="task-section" aria-label={words.lightFigures}>
        <header><h3>{words.lightFigures}</h3><span className="quiet">{isOwn ? words.lightsOwn : words.lightsStandard}</span></header>
        <Form layout="vertical" className="light-figures" onFinish={() => changed && reason.trim() !== '' && void save(isSame(whole, standard) ? null : whole)}>
          {FIGURES.map((name) => {
            const { label, unit } = words.lightFigureNames[name];
            return (
              <Form.Item key={name} label={label} htmlFor={`light-${name}`} extra={words.lightStandardIs(f.integer(standard[name]))} validateStatus={isWhole(name, figures[name]) ? undefined : 'error'} help={isWhole(name, figures[name]) ? undefined : words.wholeBetween(f.integer(LIGHT_BOUNDS[name][0]), f.integer(LIGHT_BOUNDS[name][1]))}>
                <InputNumber id={`light-${name}`} value={figures[name]} suffix={unit} onChange={(value) => setFigures({ ...figures, [name]: value })} />
              </Form.Item>
            );
          })}
          {changed && (
            <div className="light-preview" aria-live="polite">
              {preview.error !== undefined && <ProblemAlert problem={preview.error} onRetry={preview.reload} />}
              {preview.data === undefined || !isSame(asked, whole) ? <Skeleton active title={false} paragraph={{ rows: 1 }} /> : preview.data.changed === 0 ? <p>{words.lightsNoChange}</p> : (
                <>
                  <p><strong>{words.lightsWouldChange(f.integer(preview.data.changed))}</strong></p>
                  <ul>{preview.data.moves.map(({ from, to, tasks }) => <li key={`${from}${to}`}><LightIcon light={from} /> {pick(LIGHT_WORDS[from])} <span aria-hidden="true">→</span> <LightIcon light={to} /> {pick(LIGHT_WORDS[to])}：{words.total(f.integer(tasks))}</li>)}</ul>
                </>
              )}
            </div>
          )}
          {(changed || isOwn) && <Form.Item label={words.lightsReason} htmlFor="light-reason"><Input id="light-reason" value={reason} maxLength={500} placeholder={words.lightsReasonHint} onChange={({ target }) => setReason(target.value)} /></Form.Item>}
          <div className="finding-save">
            <Button type="primary" htmlType="submit" loading={busy} disabled={!changed || reason.trim() === ''}>{words.lightsSave}</Button>
            {changed && <Button onClick={() => setFigures(settings)}>{words.revert}</Button>}
            {isOwn && !changed && <Button disabled={busy || reason.trim() === ''} title={reason.trim() === '' ? words.reasonNeeded : undefined} onClick={() => void save(null)}>{words.lightsReset}</Button>}
            {isOwn && !changed && !isSame(settings, standard) && <Button type="link" onClick={() => setFigures(standard)}>{words.lightsTryStandard}</Button>}
          </div>
        </Form>
      </section>
      <section className="task-section" aria-label={words.history}>
        <header><h3>{words.history}</h3></header>
        {history.length === 0 ? <p className="quiet">{words.lightsNeverSet}</p> : (
          <ol className="finding-history">
            {history.map(({ at, who, reason: why, settings: set }) => (
              <li key={at}>
                <span className="quiet">{f.dateTime(at)} · {words.whoOf(who)}</span>
                <strong>{set === null ? words.lightsReset : FIGURES.map((name) => `${words.lightFigureNames[name].label} ${f.integer(set[name])}`).join(' · ')}</strong>
                <span className="quiet">{words.reason}：{why}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}
