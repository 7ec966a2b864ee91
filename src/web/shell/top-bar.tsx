import { CheckOutlined, DesktopOutlined, MenuOutlined, MoonOutlined, SearchOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSpeech } from '../i18n/language.tsx';
import { JobsButton } from '../jobs/jobs-button.tsx';
import { SearchBox } from '../search/search-box.tsx';
import { useAppearance } from './appearance.tsx';
import type { ShadeChoice } from './appearance.tsx';
import { CitySwitcher } from './city-switcher.tsx';
import { useCurrentCity } from './current-city.ts';
import { Logo } from './logo.tsx';
import { UserName } from './user-name.tsx';

export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { t } = useSpeech();
  const { city } = useCurrentCity();
  const [searching, setSearching] = useState(false);
  const searchable = city !== undefined && city.revision > 0;
  return (
    <header className={searching ? 'top-bar top-bar-searching' : 'top-bar'}>
      <Button className="only-narrow" type="text" icon={<MenuOutlined />} aria-label={t.shell.openMenu} onClick={onMenu} />
      <Link to="/" className="brand" aria-label={t.product}>
        <Logo />
        <span className="brand-name">{t.product}</span>
      </Link>
      <CitySwitcher />
      <div className="top-bar-search">
        {searchable && <SearchBox key={city.cityId} cityId={city.cityId} onDone={() => setSearching(false)} focused={searching} />}
      </div>
      <div className="top-bar-end">
        {searchable && (
          <Button className="only-narrow" type="text" icon={<SearchOutlined />} aria-label={t.search.label} onClick={() => setSearching(true)} />
        )}
        <JobsButton />
        <UserButton />
        <LanguageButton />
        <AppearanceButton />
      </div>
    </header>
  );
}

function UserButton() {
  const { t } = useSpeech();
  return (
    <Popover trigger="click" placement="bottomRight" title={t.shell.user} content={<UserName />} destroyOnHidden>
      <Button className="only-wide" type="text" icon={<UserOutlined />} aria-label={t.shell.user} title={t.shell.user} aria-haspopup="dialog" />
    </Popover>
  );
}

function LanguageButton() {
  const { t, language, setLanguage } = useSpeech();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button className="only-wide" type="text" aria-label={t.shell.language} title={t.shell.language} onClick={() => setLanguage(other)}>
      <span lang={other === 'zh' ? 'zh-CN' : 'en'}>{other === 'zh' ? '中' : 'EN'}</span>
    </Button>
  );
}

const SHADE_ICONS = { light: <SunOutlined />, dark: <MoonOutlined />, system: <DesktopOutlined /> };

function AppearanceButton() {
  const { t } = useSpeech();
  const { choice, setChoice } = useAppearance();
  const choices: ShadeChoice[] = ['light', 'dark', 'system'];
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        selectable: true,
        selectedKeys: [choice],
        items: choices.map((key) => ({ key, icon: SHADE_ICONS[key], label: t.shell[key], extra: key === choice ? <CheckOutlined /> : undefined })),
        onClick: ({ key }) => setChoice(key as ShadeChoice),
      }}
    >
      <Button className="only-wide" type="text" icon={SHADE_ICONS[choice]} aria-label={t.shell.theme} title={t.shell.theme} aria-haspopup="menu" />
    </Dropdown>
  );
}
