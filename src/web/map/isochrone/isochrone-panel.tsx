import { AimOutlined, ClearOutlined, CloseOutlined, DownloadOutlined, PrinterOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Input, InputNumber, Segmented, Spin, Switch } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { TravelMode } from '../../../base/network/reach/isochrone-api.ts';
import type { KindNames } from '../../i18n/kind-names.ts';
import { useSpeech } from '../../i18n/language.tsx';
import { ProblemAlert } from '../../shell/problem.tsx';
import type { Shade } from '../../shell/appearance.tsx';
import { MODES, parseMinutes } from './isochrone-address.ts';
import type { IsochroneChoice } from './isochrone-address.ts';
import { ReachCounts } from './reach-counts.tsx';
import type { Isochrones } from './use-isochrones.ts';
import './isochrone.css';

interface IsochronePanelProps {
  readonly cityId: string;
  readonly choice: IsochroneChoice;
  readonly isochrones: Isochrones;
  readonly kinds: KindNames;
  readonly shade: Shade;
  readonly narrow: boolean;
  readonly several: boolean;
  readonly onSeveral: (several: boolean) => void;
  readonly onClose: () => void;
  readonly onCentre: () => void;
  readonly onExport: (format: 'geojson' | 'csv') => void;
  readonly onPrint: () => void;
}

/** The tool of isochrones: how one travels, how long, and what is then within reach. */
export function IsochronePanel(props: IsochronePanelProps) {
  const { t } = useSpeech();
  const { narrow, onClose } = props;
  if (narrow) {
    return (
      <Drawer placement="bottom" open onClose={onClose} title={t.isochrone.title} size="46%" mask={false} rootClassName="sheet" autoFocus={false}>
        <Content {...props} />
      </Drawer>
    );
  }
  return (
    <aside className="panel inspector isochrone-panel" aria-label={t.isochrone.title}>
      <header className="panel-head">
        <h2>{t.isochrone.title}</h2>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t.common.close} onClick={onClose} />
      </header>
      <div className="panel-body">
        <Content {...props} />
      </div>
    </aside>
  );
}

function Content(props: IsochronePanelProps) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const { cityId, narrow, isochrones: { state, retry } } = props;
  if (state?.type === 'no-streets') {
    return (
      <div className="isochrone-empty">
        <p>{t.isochrone.noStreets}</p>
        <Button type="primary" onClick={() => void navigate(`/${cityId}/data?import=1`)}>
          {t.map.emptyAction}
        </Button>
      </div>
    );
  }
  if (state?.type === 'failed') return <ProblemAlert problem={state.problem} onRetry={retry} />;
  const parts = [<Settings key="settings" {...props} />, <Actions key="actions" {...props} />, <Outcome key="outcome" {...props} />];
  return (
    <>
      <ModeChoice {...props} />
      {/* a small sheet has room for little: what was counted comes first */}
      {narrow ? parts.toReversed() : parts}
    </>
  );
}

function ModeChoice({ choice, isochrones }: IsochronePanelProps) {
  const { t } = useSpeech();
  return (
    <Segmented<TravelMode>
      block
      className="isochrone-mode"
      aria-label={t.isochrone.mode}
      value={choice.mode}
      options={MODES.map((value) => ({ value, label: t.isochrone.modes[value] }))}
      // another mode has another usual speed
      onChange={(value) => isochrones.change({ ...choice, mode: value, speedKmh: undefined })}
    />
  );
}

function Settings({ choice, isochrones, several, onSeveral }: IsochronePanelProps) {
  const { t } = useSpeech();
  const { mode, speedKmh, streets } = choice;
  return (
    <div className="isochrone-settings">
      <div className="isochrone-fields">
        <MinutesField choice={choice} onChange={(minutes) => isochrones.change({ ...choice, minutes })} />
        <label className="isochrone-field">
          <span>{mode === 'drive' ? t.isochrone.ceiling : t.isochrone.speed}</span>
          <InputNumber<number>
            min={1}
            max={200}
            step={mode === 'drive' ? 5 : 0.5}
            value={speedKmh ?? null}
            placeholder={mode === 'drive' ? t.isochrone.noCeiling : String(USUAL_KMH[mode])}
            aria-label={mode === 'drive' ? t.isochrone.ceiling : t.isochrone.speed}
            onChange={(value) => isochrones.change({ ...choice, speedKmh: value ?? undefined })}
          />
        </label>
      </div>
      <div className="isochrone-switches">
        <label>
          <Switch size="small" checked={streets} aria-label={t.isochrone.streets} onChange={(checked) => isochrones.change({ ...choice, streets: checked })} />
          <span>{t.isochrone.streets}</span>
        </label>
        <label title={t.isochrone.severalHint}>
          <Switch size="small" checked={several} aria-label={t.isochrone.several} onChange={onSeveral} />
          <span>{t.isochrone.several}</span>
        </label>
      </div>
    </div>
  );
}

/** The engine's usual speeds (engine/graph/travel/profile.ts). */
const USUAL_KMH = { walk: 3.6, bike: 12 } as const;

function MinutesField({ choice, onChange }: { choice: IsochroneChoice; onChange: (minutes: readonly number[]) => void }) {
  const { t } = useSpeech();
  const written = choice.minutes.join(', ');
  // what is typed holds until other minutes come from elsewhere
  const [edit, setEdit] = useState({ of: written, text: written });
  const text = edit.of === written ? edit.text : written;
  const setText = (next: string): void => setEdit({ of: written, text: next });
  const minutes = parseMinutes(text);
  const commit = (): void => {
    if (minutes === undefined) setText(written);
    else if (minutes.join(', ') !== written) onChange(minutes);
  };
  return (
    <label className="isochrone-field">
      <span>{t.isochrone.minutes}</span>
      <Input value={text} status={minutes === undefined ? 'error' : undefined} aria-label={t.isochrone.minutes} aria-invalid={minutes === undefined} title={t.isochrone.minutesHint} inputMode="decimal" onChange={(event) => setText(event.target.value)} onBlur={commit} onPressEnter={commit} />
    </label>
  );
}

function Actions({ choice, isochrones, onCentre, onExport, onPrint }: IsochronePanelProps) {
  const { t } = useSpeech();
  const nothing = isochrones.answer === undefined;
  return (
    <div className="isochrone-actions" role="group" aria-label={t.data.actions}>
      <Button size="small" icon={<AimOutlined />} onClick={onCentre}>
        {t.isochrone.centre}
      </Button>
      <Button size="small" icon={<UndoOutlined />} disabled={!isochrones.canUndo} onClick={isochrones.undo}>
        {t.isochrone.undo}
      </Button>
      <Button size="small" icon={<ClearOutlined />} disabled={choice.places.length === 0} onClick={() => isochrones.change({ ...choice, places: [] })}>
        {t.isochrone.clear}
      </Button>
      <Dropdown disabled={nothing} menu={{ items: [{ key: 'geojson', label: 'GeoJSON' }, { key: 'csv', label: t.isochrone.csv }], onClick: ({ key }) => onExport(key as 'geojson' | 'csv') }}>
        <Button size="small" icon={<DownloadOutlined />} disabled={nothing}>
          {t.isochrone.export}
        </Button>
      </Dropdown>
      <Button size="small" className="only-wide-block" icon={<PrinterOutlined />} disabled={nothing} onClick={onPrint}>
        {t.map.print}
      </Button>
    </div>
  );
}

function Outcome({ choice, isochrones, kinds, shade }: IsochronePanelProps) {
  const { t, f } = useSpeech();
  const { state, answer, problem, tookMs } = isochrones;
  if (problem !== undefined) return <ProblemAlert problem={problem} />;
  if (state === undefined || state.type === 'waiting') {
    return (
      <p className="isochrone-waiting" role="status">
        <Spin size="small" /> {state?.type === 'waiting' && state.building ? t.isochrone.building : t.isochrone.loading}
      </p>
    );
  }
  if (choice.places.length === 0) return <p className="isochrone-hint">{t.isochrone.hint}</p>;
  if (answer === undefined) return <Spin size="small" />;
  return (
    <>
      <ReachCounts answer={answer} kinds={kinds} shade={shade} />
      {tookMs !== undefined && state.type === 'ready' && (
        <p className="quiet isochrone-took">{state.by === 'worker' ? t.isochrone.tookHere(f.integer(Math.max(1, tookMs))) : t.isochrone.tookServer(f.integer(Math.max(1, tookMs)))}</p>
      )}
    </>
  );
}
