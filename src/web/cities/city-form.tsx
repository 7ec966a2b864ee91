import { App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { CityJson, CreateCity, RenameCity } from '../../base/api.ts';
import { cityPath, sendJson } from '../api/client.ts';
import type { RequestError } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useCities } from './cities-context.tsx';

interface Fields {
  zh?: string;
  en?: string;
  cityId?: string;
}

/** Makes a city, or renames one. One of the two names is enough: it stands for the other until that is given. */
export function CityForm({ editing, onClose }: { editing: CityJson | 'new'; onClose: () => void }) {
  const { t, language } = useSpeech();
  const { message } = App.useApp();
  const { reload } = useCities();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<RequestError | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const isNew = editing === 'new';

  async function save(fields: Fields): Promise<void> {
    const zh = fields.zh?.trim() || fields.en?.trim() || '';
    const name = { zh, en: fields.en?.trim() || zh };
    setBusy(true);
    setProblem(undefined);
    try {
      if (editing === 'new') {
        const cityId = fields.cityId?.trim();
        const made = await sendJson<CityJson>('POST', '/api/cities', { name, ...(cityId && { cityId }) } satisfies CreateCity);
        void message.success(t.cities.created);
        reload();
        onClose();
        void navigate(`/${made.cityId}/map`);
      } else {
        await sendJson<CityJson>('PATCH', cityPath(editing.cityId), { name } satisfies RenameCity);
        void message.success(t.cities.renamed);
        reload();
        onClose();
      }
    } catch (error) {
      setProblem(asRequestError(error));
    } finally {
      setBusy(false);
    }
  }

  const nameNeeded = {
    validator: () => (form.getFieldValue('zh') || form.getFieldValue('en') ? Promise.resolve() : Promise.reject(new Error(t.cities.nameNeeded))),
  };
  const zhField = (
    <Form.Item key="zh" name="zh" label={t.cities.nameZh} rules={[nameNeeded]} dependencies={['en']}>
      <Input maxLength={100} lang="zh-CN" />
    </Form.Item>
  );
  const enField = (
    <Form.Item key="en" name="en" label={t.cities.nameEn}>
      <Input maxLength={100} lang="en" />
    </Form.Item>
  );
  return (
    <Modal
      open
      title={isNew ? t.cities.create : t.cities.rename}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={isNew ? t.cities.create : t.cities.rename}
      confirmLoading={busy}
    >
      <Form form={form} layout="vertical" initialValues={editing === 'new' ? {} : editing.name} onFinish={(fields) => void save(fields)} requiredMark={false}>
        {language === 'zh' ? [zhField, enField] : [enField, zhField]}
        {isNew && (
          <Form.Item name="cityId" label={t.cities.id} extra={t.cities.idHint} rules={[{ pattern: /^[a-z0-9][a-z0-9-]{0,62}$/, message: t.cities.idBad }]}>
            <Input placeholder={t.common.optional} autoCapitalize="none" spellCheck={false} />
          </Form.Item>
        )}
      </Form>
      {problem !== undefined && <ProblemAlert problem={problem} />}
    </Modal>
  );
}
