import { CloseOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Drawer, Radio, Switch } from 'antd';
import { useState } from 'react';
import type { LayerJson } from '../../base/api.ts';
import type { KindNames } from '../i18n/kind-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import { groupName } from '../i18n/population-group.ts';
import { useAppearance } from '../shell/appearance.tsx';
import { FacilityKinds } from './facility-kinds.tsx';
import { KindLegend } from './kind-legend.tsx';
import { DensityLegend } from './legend.tsx';
import { switchLayer } from './map-data.ts';
import type { CityNumbers, LevelCount } from './map-data.ts';
import type { LayerChoice } from './map-address.ts';
import { PopulationGroups } from './population-groups.tsx';
import { LayerSwatch } from './swatch.tsx';

interface LayerPanelProps {
  readonly open: boolean;
  readonly narrow: boolean;
  readonly onClose: () => void;
  readonly layers: readonly LayerJson[];
  readonly visible: ReadonlySet<string>;
  readonly choice: LayerChoice;
  readonly onChoice: (choice: LayerChoice) => void;
  readonly numbers: CityNumbers;
  readonly kinds: KindNames;
  readonly hiddenKinds: ReadonlySet<string>;
  readonly onHiddenKinds: (kinds: ReadonlySet<string>) => void;
}

/** The layer list: a card over the map, or a sheet from below on narrow screens. */
export function LayerPanel(props: LayerPanelProps) {
  const { t } = useSpeech();
  const { open, narrow, onClose } = props;
  if (narrow) {
    return (
      <Drawer placement="bottom" open={open} onClose={onClose} title={t.map.layers} size="70%" rootClassName="sheet" mask={{ blur: false }}>
        <LayerGroups {...props} />
      </Drawer>
    );
  }
  if (!open) return null;
  return (
    <section className="panel layer-panel" aria-label={t.map.layers}>
      <header className="panel-head">
        <h2>{t.map.layers}</h2>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t.map.hideLayers} onClick={onClose} />
      </header>
      <div className="panel-body">
        <LayerGroups {...props} />
      </div>
    </section>
  );
}

const BASE = ['street', 'building', 'land-use', 'water', 'railway', 'boundary', 'place-name', 'street-point'];
const TRANSIT = ['transit-route', 'transit-stop'];
const FACILITIES = ['facility', 'poi'];

function LayerGroups(props: LayerPanelProps) {
  const { t } = useSpeech();
  const { layers, choice, onChoice } = props;
  const { levels, population } = props.numbers;
  const pick = (ids: readonly string[]): LayerJson[] => ids.flatMap((id) => layers.filter((layer) => layer.id === id && layer.count > 0));
  const custom = layers.filter((layer) => layer.id.startsWith('custom:'));
  return (
    <>
      <Group title={t.map.groupFacilities} members={pick(FACILITIES)} {...props} />
      {levels.length > 0 && (
        <section className="layer-group">
          <h3>{t.map.groupPlaces}</h3>
          <Radio.Group
            className="level-choice"
            aria-label={t.map.placesLevel}
            value={choice.level ?? ''}
            onChange={(event) => onChoice({ ...choice, level: (event.target.value as string) || undefined })}
            options={[
              { value: '', label: t.map.placesNone },
              ...levels.map(({ level, count }) => ({ value: level, label: <LevelLabel level={level} count={count} /> })),
            ]}
          />
          {choice.level !== undefined && <DensityLegend group={population[0]?.group} />}
        </section>
      )}
      <Group title={t.map.groupPopulation} members={pick(['population'])} {...props} />
      <Group title={t.map.groupTransit} members={pick(TRANSIT)} {...props} />
      <Group title={t.map.groupCustom} members={custom} {...props} />
      <Group title={t.map.groupBase} members={pick(BASE)} {...props} />
    </>
  );
}

function LevelLabel({ level, count }: LevelCount) {
  const { t, f } = useSpeech();
  return (
    <span className="level-label">
      {t.level[level]}
      <span className="layer-count">{f.integer(count)}</span>
    </span>
  );
}

interface GroupProps extends LayerPanelProps {
  readonly title: string;
  /** Those of the panel's layers that this group shows. */
  readonly members: readonly LayerJson[];
}

function Group({ title, members, ...panel }: GroupProps) {
  if (members.length === 0) return null;
  return (
    <section className="layer-group">
      <h3>{title}</h3>
      <ul>
        {members.map((layer) => (
          <LayerRow key={layer.id} layer={layer} panel={panel} />
        ))}
      </ul>
    </section>
  );
}

function LayerRow({ layer, panel }: { layer: LayerJson; panel: LayerPanelProps }) {
  const { t, f, pick, language } = useSpeech();
  const { shade } = useAppearance();
  const [open, setOpen] = useState(false);
  const on = panel.visible.has(layer.id);
  const ownTitle = t.importing.contractNames[layer.id.replace('custom:', '')] ?? pick(layer.title);
  const { population } = panel.numbers;
  const isPopulation = layer.id === 'population' && population.length > 0;
  const title = isPopulation && population[0].group !== 'total' ? groupName(population[0].group, language) : ownTitle;
  const expandable = isPopulation || layer.kinds.length > 1 || layer.id === 'facility';
  const listId = `kinds-${layer.id}`;
  return (
    <li className={on ? 'layer' : 'layer layer-off'}>
      <div className="layer-row">
        <button
          type="button"
          className="layer-expand"
          aria-expanded={open}
          aria-controls={listId}
          aria-label={`${t.map.kinds}: ${title}`}
          disabled={!expandable}
          onClick={() => setOpen(!open)}
        >
          {expandable && <RightOutlined rotate={open ? 90 : 0} aria-hidden="true" />}
        </button>
        <LayerSwatch layerId={layer.id} layers={panel.layers} shade={shade} />
        <span className="layer-title">{title}</span>
        <span className="layer-count">{isPopulation ? t.map.persons(f.integer(population[0].persons)) : f.integer(layer.count)}</span>
        <Switch
          size="small"
          checked={on}
          aria-label={t.map.showLayer(title)}
          onChange={(show) => panel.onChoice(switchLayer(panel.layers, panel.choice, layer.id, show))}
        />
      </div>
      {open && (
        <div id={listId} className="layer-kinds">
          {isPopulation ? (
            <PopulationGroups groups={population} />
          ) : layer.id === 'facility' ? (
            <FacilityKinds kinds={panel.kinds} hidden={panel.hiddenKinds} onHidden={panel.onHiddenKinds} />
          ) : (
            <KindLegend layer={layer} kinds={panel.kinds} />
          )}
        </div>
      )}
    </li>
  );
}
