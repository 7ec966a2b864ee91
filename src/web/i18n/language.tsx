import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Bilingual, Language } from '../../core/bilingual.ts';
import { readSetting, writeSetting } from '../shell/settings.ts';
import { buildFormats } from './format.ts';
import type { Formats } from './format.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';
import type { Dictionary } from './zh.ts';

/** What a page needs to speak: the dictionary, the formats, and a way to pick from bilingual data. */
export interface Speech {
  readonly language: Language;
  readonly t: Dictionary;
  readonly f: Formats;
  pick(text: Bilingual): string;
  setLanguage(language: Language): void;
}

const DICTIONARIES: Record<Language, Dictionary> = { zh, en };
const HTML_LANG: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

const SpeechContext = createContext<Speech | undefined>(undefined);

function asLanguage(value: string | null | undefined): Language | undefined {
  return value === 'zh' || value === 'en' ? value : undefined;
}

/** `?lang=` wins and is remembered, then the last choice, then the browser's own languages. */
function firstLanguage(): Language {
  const asked = asLanguage(new URLSearchParams(window.location.search).get('lang'));
  if (asked !== undefined) {
    writeSetting('language', asked);
    return asked;
  }
  const known = asLanguage(readSetting('language'));
  if (known !== undefined) return known;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'zh' : 'en';
}

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [language, setState] = useState<Language>(firstLanguage);

  useEffect(() => {
    document.documentElement.lang = HTML_LANG[language];
  }, [language]);

  const setLanguage = useCallback((next: Language) => {
    writeSetting('language', next);
    const url = new URL(window.location.href);
    if (url.searchParams.has('lang')) {
      url.searchParams.set('lang', next);
      window.history.replaceState(window.history.state, '', url);
    }
    setState(next);
  }, []);

  const speech = useMemo<Speech>(
    () => ({
      language,
      t: DICTIONARIES[language],
      f: buildFormats(language),
      pick: (text) => text[language] || text.zh || text.en,
      setLanguage,
    }),
    [language, setLanguage],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === undefined) throw new Error('useSpeech outside SpeechProvider');
  return speech;
}
