/** What a browser remembers for its reader. Private windows may refuse storage: then nothing is remembered. */
export type SettingName = 'language' | 'theme' | 'city' | 'layers-open' | 'user';

export function readSetting(name: SettingName): string | null {
  try {
    return window.localStorage.getItem(`chengmai.${name}`);
  } catch {
    return null;
  }
}

export function writeSetting(name: SettingName, value: string): void {
  try {
    window.localStorage.setItem(`chengmai.${name}`, value);
  } catch {
    // nothing to do: the choice holds for this page only
  }
}
