import { Spin } from 'antd';
import { useSpeech } from '../i18n/language.tsx';

export function Busy() {
  const { t } = useSpeech();
  return (
    <div className="busy" role="status" aria-label={t.common.loading}>
      <Spin size="large" />
    </div>
  );
}
