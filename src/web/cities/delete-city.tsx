import { App, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { CityJson } from '../../base/api.ts';
import { cityPath, sendDelete } from '../api/client.ts';
import type { RequestError } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useCities } from './cities-context.tsx';

/** Deleting is for good, so the city's id must be typed. */
export function DeleteCity({ city, onClose }: { city: CityJson; onClose: () => void }) {
  const { t, pick } = useSpeech();
  const { message } = App.useApp();
  const { reload } = useCities();
  const inputId = useId();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<RequestError | undefined>(undefined);

  async function remove(): Promise<void> {
    if (typed !== city.cityId) return;
    setBusy(true);
    try {
      await sendDelete(cityPath(city.cityId));
      void message.success(t.cities.deleted);
      reload();
      onClose();
    } catch (error) {
      setProblem(asRequestError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={t.cities.deleteTitle(pick(city.name))}
      onCancel={onClose}
      onOk={() => void remove()}
      okText={t.cities.delete}
      okButtonProps={{ danger: true, disabled: typed !== city.cityId }}
      confirmLoading={busy}
    >
      <p>{t.cities.deleteHint}</p>
      <label htmlFor={inputId} className="delete-label">
        {t.cities.deleteType(city.cityId)}
      </label>
      <Input
        id={inputId}
        value={typed}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={() => void remove()}
      />
      {problem !== undefined && <ProblemAlert problem={problem} />}
    </Modal>
  );
}
