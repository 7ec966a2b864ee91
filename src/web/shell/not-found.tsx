import { Button, Empty } from 'antd';
import { Link } from 'react-router-dom';
import { useSpeech } from '../i18n/language.tsx';

export function NotFound() {
  const { t } = useSpeech();
  return (
    <div className="page page-centred">
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={
          <>
            <h1 className="empty-title">{t.common.notFound}</h1>
            <p>{t.common.notFoundHint}</p>
          </>
        }
      >
        <Link to="/">
          <Button type="primary">{t.common.goHome}</Button>
        </Link>
      </Empty>
    </div>
  );
}
