import { Button } from 'antd';
import { useNavigate } from 'react-router-dom';
import { useSpeech } from '../i18n/language.tsx';
import { EmptyState } from './empty-state.tsx';

export function NotFound() {
  const { t } = useSpeech();
  const navigate = useNavigate();
  return (
    <div className="page page-centred">
      <EmptyState heading="h1" title={t.common.notFound} hint={t.common.notFoundHint}>
        <Button type="primary" onClick={() => void navigate('/')}>
          {t.common.goHome}
        </Button>
      </EmptyState>
    </div>
  );
}
