import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useSpeech } from '../i18n/language.tsx';
import { useAppearance } from './appearance.tsx';
import type { ShadeChoice } from './appearance.tsx';
import { UserName } from './user-name.tsx';

/** Language and appearance, in the drawer of narrow screens. */
export function Preferences() {
  const { t, language, setLanguage } = useSpeech();
  const { choice, setChoice } = useAppearance();
  return (
    <div className="preferences">
      <UserName />
      <Segmented
        block
        aria-label={t.shell.language}
        value={language}
        onChange={(value) => setLanguage(value)}
        options={[
          { value: 'zh' as const, label: '中文' },
          { value: 'en' as const, label: 'English' },
        ]}
      />
      <Segmented
        block
        aria-label={t.shell.theme}
        value={choice}
        onChange={(value: ShadeChoice) => setChoice(value)}
        options={[
          { value: 'light' as const, label: t.shell.light, icon: <SunOutlined /> },
          { value: 'dark' as const, label: t.shell.dark, icon: <MoonOutlined /> },
          { value: 'system' as const, label: t.shell.system, icon: <DesktopOutlined /> },
        ]}
      />
    </div>
  );
}
