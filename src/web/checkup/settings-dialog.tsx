import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, InputNumber, Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { CheckupOverview, CheckupSettings } from '../../checkup/api.ts';
import { CITY_CLASS_WORDS, CITY_RANK_WORDS } from '../../checkup/city-words.ts';
import { CITY_CLASSES, CITY_RANKS } from '../../checkup/model.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { asRequestError, useResource } from '../api/use-resource.ts';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';

interface OwnThreshold {
  readonly id: string;
  readonly op: '>=' | '<=' | '=' | 'between';
  readonly value: number;
  readonly upper?: number | null;
  readonly source: string;
}

interface Fields {
  readonly cityClass: CheckupSettings['cityClass'] | 'auto';
  readonly cityRank: CheckupSettings['cityRank'] | 'none';
  readonly peerCities: string[];
  readonly thresholds: OwnThreshold[];
}

const OPS = [{ value: '>=', label: '≥' }, { value: '<=', label: '≤' }, { value: '=', label: '=' }, { value: 'between', label: '–' }];

function toFields({ cityClass, cityRank, peerCities, thresholds }: CheckupSettings): Fields {
  return { cityClass: cityClass ?? 'auto', cityRank: cityRank ?? 'none', peerCities, thresholds: Object.entries(thresholds).map(([id, one]) => ({ id, ...one })) };
}

function toSettings({ cityClass, cityRank, peerCities, thresholds }: Fields): CheckupSettings {
  return {
    cityClass: cityClass === 'auto' ? null : cityClass,
    cityRank: cityRank === 'none' ? null : cityRank,
    peerCities,
    thresholds: Object.fromEntries((thresholds ?? []).map(({ id, op, value, upper, source }) => [id, { op, value, source, ...(op === 'between' && upper != null && { upper }) }])),
  };
}

interface SettingsDialogProps {
  readonly cityId: string;
  readonly overview: CheckupOverview;
  readonly onClose: () => void;
  /** Settings hold from the next check-up on. */
  readonly onSaved: (runNow: boolean) => void;
}

export function SettingsDialog({ cityId, overview, onClose, onSaved }: SettingsDialogProps) {
  const { t, pick } = useSpeech();
  const { message } = App.useApp();
  const settings = useResource<CheckupSettings>(cityPath(cityId, 'checkup-settings'));
  const [form] = Form.useForm<Fields>();
  const [saving, setSaving] = useState(false);

  async function save(runNow: boolean): Promise<void> {
    const fields = await form.validateFields().catch(() => undefined);
    if (fields === undefined) return;
    setSaving(true);
    try {
      await sendJson('PUT', cityPath(cityId, 'checkup-settings'), toSettings(fields));
      void message.success(t.checkup.settingsSaved);
      onSaved(runNow);
    } catch (error) {
      void message.error(pick(asRequestError(error).text));
    } finally {
      setSaving(false);
    }
  }

  return (
    <Modal
      open
      width={680}
      title={t.checkup.settings}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>{t.common.cancel}</Button>,
        <Button key="save" loading={saving} onClick={() => void save(false)}>{t.checkup.saveSettings}</Button>,
        <Button key="run" type="primary" loading={saving} onClick={() => void save(true)}>{t.checkup.saveAndRun}</Button>,
      ]}
    >
      {settings.error !== undefined && <ProblemAlert problem={settings.error} onRetry={settings.reload} />}
      {settings.data === undefined && settings.error === undefined && <Skeleton active />}
      {settings.data !== undefined && (
        <Form form={form} layout="vertical" initialValues={toFields(settings.data)}>
          <p className="quiet panel-alert">{t.checkup.settingsHint}</p>
          <SettingFields cityId={cityId} overview={overview} />
        </Form>
      )}
    </Modal>
  );
}

function SettingFields({ cityId, overview }: { cityId: string; overview: CheckupOverview }) {
  const { t, pick } = useSpeech();
  const { cities } = useCities();
  const indicators = overview.indicators.map((line) => ({ value: line.id, label: `${line.number === null ? '' : `${line.number} `}${pick(line.name)}` }));
  return (
    <>
      <div className="settings-row">
        <Form.Item name="cityClass" label={t.checkup.cityClass}>
          <Select options={[{ value: 'auto', label: t.checkup.autoClass }, ...CITY_CLASSES.map((value) => ({ value, label: pick(CITY_CLASS_WORDS[value]) }))]} />
        </Form.Item>
        <Form.Item name="cityRank" label={t.checkup.cityRank}>
          <Select options={[{ value: 'none', label: t.common.none }, ...CITY_RANKS.map((value) => ({ value, label: pick(CITY_RANK_WORDS[value]) }))]} />
        </Form.Item>
      </div>
      <Form.Item name="peerCities" label={t.checkup.peerCities} extra={t.checkup.peerHint}>
        <Select mode="multiple" options={cities.filter((one) => one.cityId !== cityId).map((one) => ({ value: one.cityId, label: pick(one.name) }))} />
      </Form.Item>
      <h3>{t.checkup.ownThresholds}</h3>
      <p className="quiet">{t.checkup.ownThresholdsHint}</p>
      <Form.List name="thresholds">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="own-threshold">
                <Form.Item name={[name, 'id']} rules={[{ required: true, message: t.checkup.chooseOne }]} className="own-threshold-indicator">
                  <Select showSearch={{ optionFilterProp: 'label' }} placeholder={t.checkup.indicator} aria-label={t.checkup.indicator} options={indicators} />
                </Form.Item>
                <Form.Item name={[name, 'op']}><Select aria-label={t.checkup.operatorOfThreshold} options={OPS} /></Form.Item>
                <Form.Item name={[name, 'value']} rules={[{ required: true, message: t.checkup.numberNeeded }]}><InputNumber aria-label={t.checkup.thresholdValue} placeholder={t.checkup.thresholdValue} /></Form.Item>
                <Form.Item noStyle shouldUpdate>
                  {({ getFieldValue }) => getFieldValue(['thresholds', name, 'op']) === 'between' && (
                    <Form.Item name={[name, 'upper']} rules={[{ required: true, message: t.checkup.numberNeeded }]}><InputNumber aria-label={t.checkup.thresholdUpper} placeholder={t.checkup.thresholdUpper} /></Form.Item>
                  )}
                </Form.Item>
                <Form.Item name={[name, 'source']} rules={[{ required: true, whitespace: true, message: t.checkup.sourceNeeded }]} className="own-threshold-source"><Input aria-label={t.checkup.source} placeholder={t.checkup.source} maxLength={300} /></Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t.cities.delete} onClick={() => remove(name)} />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ op: '>=' })}>{t.checkup.addThreshold}</Button>
          </>
        )}
      </Form.List>
    </>
  );
}
