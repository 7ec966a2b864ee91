import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useSpeech } from '../i18n/language.tsx';
import { checkupPath } from './checkup-data.ts';

/** The report in both languages, and the values of the level shown as tables. */
export function Downloads({ cityId, period, level }: { cityId: string; period: number; level: string }) {
  const { t } = useSpeech();
  const report = (format: string, lang: string): string => `${checkupPath(cityId, period, 'report')}?format=${format}&lang=${lang}`;
  const values = (format: string): string => `${checkupPath(cityId, period, 'values')}?level=${level}&format=${format}`;
  const entry = (key: string, text: string, href: string, name?: string) => ({ key, label: <a href={href} {...(name === undefined ? { target: '_blank', rel: 'noreferrer' } : { download: name })}>{text}</a> });
  const ofLanguage = (lang: 'zh' | 'en', name: string) => ({
    key: lang, type: 'group' as const, label: name,
    children: [
      entry(`docx-${lang}`, t.checkup.reportWord, report('docx', lang), ''),
      entry(`html-${lang}`, t.checkup.reportPage, report('html', lang)),
      entry(`xlsx-${lang}`, t.checkup.reportBook, report('xlsx', lang), ''),
    ],
  });
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        // Enter on an item does not reach the link within it
        onClick: ({ domEvent }) => { if (domEvent.type === 'keydown') domEvent.currentTarget.querySelector('a')?.click(); },
        items: [
          ofLanguage('zh', t.checkup.reportZh), ofLanguage('en', t.checkup.reportEn),
          { key: 'values', type: 'group', label: t.checkup.valuesOfLevel, children: [entry('csv', 'CSV', values('csv'), `${cityId}-${period}-${level}.csv`), entry('geojson', 'GeoJSON', values('geojson'), `${cityId}-${period}-${level}.geojson`)] },
        ],
      }}
    >
      <Button icon={<DownloadOutlined />} aria-haspopup="menu">{t.checkup.report}</Button>
    </Dropdown>
  );
}
