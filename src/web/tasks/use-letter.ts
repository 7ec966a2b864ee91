import { App } from 'antd';
import { useCallback } from 'react';
import { getText } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';

/** Puts the letter of what is due to a body, or to all, on the clipboard, to be pasted into a mail. @returns `none` where nothing is due */
export function useLetter(city: string): (body: string | undefined, within?: number) => Promise<'copied' | 'none' | 'failed'> {
  const { t, pick, language } = useSpeech();
  const { message } = App.useApp();
  return useCallback(
    async (body, within = 15) => {
      try {
        const text = (await getText(`${city}/task-reminders.txt?${new URLSearchParams({ within: String(within), lang: language, ...(body !== undefined && { body }) }).toString()}`)).replace(/^\ufeff/, '').trim();
        if (text === '') return 'none';
        await navigator.clipboard.writeText(text);
        void message.success(t.tasks.letterCopied);
        return 'copied';
      } catch (error) {
        void message.error(error instanceof DOMException ? t.tasks.noClipboard : pick(asRequestError(error).text));
        return 'failed';
      }
    },
    [city, language, message, pick, t],
  );
}
