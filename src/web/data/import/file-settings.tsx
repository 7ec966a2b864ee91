import { AutoComplete, Input, Select } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { ImportOptionsJson, PlaceJson, PreviewJson } from '../../../base/api.ts';
import { useSpeech } from '../../i18n/language.tsx';
import { ColumnMapping } from './column-mapping.tsx';
import { CRS_CHOICES, ENCODINGS, settingsOf } from './format-settings.ts';

interface FileSettingsProps {
  readonly preview: PreviewJson;
  readonly options: ImportOptionsJson;
  readonly updating: boolean;
  readonly onOptions: (options: ImportOptionsJson) => void;
}

type PlaceLevel = PlaceJson['level'];
type TableContract = NonNullable<ImportOptionsJson['contract']>;

const CORE_LAYERS = ['street', 'street-point', 'railway', 'building', 'land-use', 'water', 'boundary', 'place-name', 'poi', 'transit-stop', 'transit-route'];
const PLACE_LEVELS: readonly PlaceLevel[] = ['city', 'district', 'block', 'community', 'building', 'zone', 'cell'];
const AUTO = '';
const NOTHING_CHOSEN = {};

/** What may be told about a file of this format. Each change asks the server for a new preview. */
export function FileSettings({ preview, options, updating, onOptions }: FileSettingsProps) {
  const { t } = useSpeech();
  const has = settingsOf(preview);
  const set = (change: Partial<ImportOptionsJson>): void => {
    const next = { ...options, ...change };
    onOptions(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== AUTO)) as ImportOptionsJson);
  };
  return (
    <>
      <div className="import-fields">
        {has.crs && (
          <Field label={t.importing.crs} hint={preview.crsGuessed && options.crs === undefined ? t.data.guessedHint : t.importing.crsHint}>
            {(id) => (
              <TypedChoice
                id={id}
                value={options.crs ?? ''}
                placeholder={preview.crs === null ? t.importing.crsAuto : `${preview.crs}${preview.crsGuessed ? ` (${t.importing.crsGuessed})` : ''}`}
                choices={CRS_CHOICES.map(({ value, label }) => ({ value, label: label === value ? value : `${value} · ${label}` }))}
                onChoice={(crs) => set({ crs: crs || undefined })}
              />
            )}
          </Field>
        )}
        {has.encoding && (
          <Field label={t.importing.encoding}>
            {(id) => (
              <Select
                id={id}
                value={options.encoding ?? AUTO}
                onChange={(encoding) => set({ encoding })}
                options={[{ value: AUTO, label: preview.encoding ?? t.importing.encodingAuto }, ...ENCODINGS.map((value) => ({ value, label: value }))]}
              />
            )}
          </Field>
        )}
        {preview.members.length > 1 && has.member && (
          <Field label={t.importing.member}>
            {(id) => (
              <Select
                id={id}
                value={options.member ?? AUTO}
                onChange={(member) => set({ member })}
                options={[{ value: AUTO, label: t.importing.memberAll }, ...preview.members.map((value) => ({ value, label: value }))]}
              />
            )}
          </Field>
        )}
        {has.contract && (
          <Field label={t.importing.contract}>
            {(id) => (
              <Select
                id={id}
                value={options.contract ?? AUTO}
                onChange={(contract) => set({ contract: contract === AUTO ? undefined : (contract as TableContract), columns: undefined })}
                options={[
                  { value: AUTO, label: preview.contract === null ? t.importing.contractNone : (t.importing.contractNames[preview.contract] ?? preview.contract) },
                  ...Object.entries(t.importing.contractNames)
                    .filter(([value]) => value !== preview.contract)
                    .map(([value, label]) => ({ value, label })),
                ]}
              />
            )}
          </Field>
        )}
        {has.level && (
          <Field label={t.importing.level}>
            {(id) => (
              <Select
                id={id}
                value={options.level ?? AUTO}
                onChange={(level) => set({ level: level === AUTO ? undefined : (level as PlaceLevel) })}
                options={[{ value: AUTO, label: t.importing.levelAuto }, ...PLACE_LEVELS.map((value) => ({ value, label: t.level[value] }))]}
              />
            )}
          </Field>
        )}
        {has.layer && (
          <Field label={t.importing.layer}>
            {(id) => (
              <TypedChoice
                id={id}
                value={options.layer ?? ''}
                placeholder={t.importing.layerAuto}
                choices={CORE_LAYERS.map((value) => ({ value, label: `${t.layer[value] ?? value} · ${value}` }))}
                onChoice={(layer) => set({ layer: asLayer(layer) })}
              />
            )}
          </Field>
        )}
        {has.group && (
          <Field label={t.importing.group}>
            {(id) => (
              <TypedChoice
                id={id}
                value={options.group ?? ''}
                placeholder={t.importing.groupAuto}
                choices={[{ value: 'total', label: `total · ${t.importing.groupTotal}` }, ...['0-2', '3-5', '6-14', '60+', '65+', '65+/f', '65+/m', '80+'].map((value) => ({ value, label: value }))]}
                onChoice={(group) => set({ group: group || undefined })}
              />
            )}
          </Field>
        )}
      </div>
      {preview.columns.length > 0 && preview.roles.length > 0 && (
        <ColumnMapping preview={preview} chosen={options.columns ?? NOTHING_CHOSEN} updating={updating} onColumns={(columns) => set({ columns })} />
      )}
      {preview.columns.length > 0 && preview.roles.length === 0 && <p className="quiet">{`${t.importing.columns}: ${preview.columns.map(({ name }) => name).join(', ')}`}</p>}
    </>
  );
}

/** A core layer, or a layer of the user's own named as typed. */
function asLayer(text: string): string | undefined {
  if (text === '') return undefined;
  if (CORE_LAYERS.includes(text) || text.startsWith('custom:')) return text;
  return `custom:${text}`;
}

function Field({ label, hint, children }: { label: string; hint?: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="import-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <span className="quiet import-hint">{hint}</span>}
    </div>
  );
}

interface TypedChoiceProps {
  readonly id: string;
  readonly value: string;
  readonly placeholder: string;
  readonly choices: readonly { value: string; label: string }[];
  readonly onChoice: (value: string) => void;
}

/** Choose from the list or type; what is typed counts on leaving the field or on Enter, not at every letter. */
function TypedChoice({ id, value, placeholder, choices, onChoice }: TypedChoiceProps) {
  const [text, setText] = useState(value);
  const commit = (next: string): void => {
    if (next.trim() !== value) onChoice(next.trim());
  };
  return (
    <AutoComplete
      id={id}
      value={text}
      allowClear
      options={[...choices]}
      showSearch={{ filterOption: (typed, option) => option?.label.toLowerCase().includes(typed.toLowerCase()) === true }}
      onChange={(next: string | undefined) => {
        setText(next ?? '');
        if (next === undefined || next === '') commit('');
      }}
      onSelect={(next) => commit(next ?? '')}
      onBlur={() => commit(text)}
    >
      <Input placeholder={placeholder} spellCheck={false} onPressEnter={() => commit(text)} />
    </AutoComplete>
  );
}
