import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useLocation, useNavigate } from 'react-router-dom';
import { useCities } from '../cities/cities-context.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { useCurrentCity } from './current-city.ts';

/** Changes the city and stays on the same kind of page. */
export function CitySwitcher() {
  const { t, pick } = useSpeech();
  const { cities } = useCities();
  const { city } = useCurrentCity();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = pathname.split('/')[2];
  const page = ['data', 'checkup', 'findings'].includes(here) ? here : 'map';
  if (cities.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: city === undefined ? [] : [city.cityId],
        className: 'city-menu',
        items: [
          ...cities.map((one) => ({ key: one.cityId, label: pick(one.name) })),
          { type: 'divider' as const },
          { key: '/cities', label: t.shell.manageCities },
        ],
        onClick: ({ key }) => void navigate(key === '/cities' ? key : `/${key}/${page}`),
      }}
    >
      <Button type="text" className="city-switcher" aria-label={`${t.shell.chooseCity}: ${city === undefined ? t.common.none : pick(city.name)}`} aria-haspopup="menu">
        <span className="city-switcher-name">{city === undefined ? t.shell.chooseCity : pick(city.name)}</span>
        <DownOutlined aria-hidden="true" />
      </Button>
    </Dropdown>
  );
}
