/** Papers to take away: Word as a file, the page where it is read; in both languages, whatever the pages speak. */
import { FileWordOutlined, GlobalOutlined } from '@ant-design/icons';
import type { MenuProps } from 'antd';
import type { ReactNode } from 'react';

export interface PaperWords {
  readonly paperWord: string;
  readonly paperPage: string;
}

const LANGUAGES = { zh: '中文', en: 'English' } as const;

type Entry = NonNullable<MenuProps['items']>[number];

/** @param address of the paper, with its query but without format and language */
export function paperEntries(key: string, address: string, words: PaperWords): Entry[] {
  const [path, query = ''] = address.split('?');
  const to = (format: 'docx' | 'html', lang: 'zh' | 'en'): string => `${path}?${new URLSearchParams([...new URLSearchParams(query), ['format', format], ['lang', lang]]).toString()}`;
  return (['zh', 'en'] as const).flatMap((lang): Entry[] => [
    { key: `${key}-docx-${lang}`, icon: <FileWordOutlined />, label: <a href={to('docx', lang)} download>{words.paperWord} · {LANGUAGES[lang]}</a> },
    { key: `${key}-html-${lang}`, icon: <GlobalOutlined />, label: <a href={to('html', lang)} target="_blank" rel="noreferrer">{words.paperPage} · {LANGUAGES[lang]}</a> },
  ]);
}

export const paperGroup = (key: string, title: ReactNode, address: string, words: PaperWords): Entry => ({ key, type: 'group', label: title, children: paperEntries(key, address, words) });

/** Enter on an entry of a menu does not reach the link within it. */
export const followLink: MenuProps['onClick'] = ({ domEvent }) => {
  if (domEvent.type === 'keydown') domEvent.currentTarget.querySelector('a')?.click();
};
