import { CloseCircleFilled } from '@ant-design/icons';
import { useSpeech } from '../i18n/language.tsx';

/** The cross of a field that can be emptied, named in the reader's language: Ant Design's own is called “close-circle”. */
export function ClearIcon() {
  const { t } = useSpeech();
  return <CloseCircleFilled aria-label={t.common.clear} />;
}
