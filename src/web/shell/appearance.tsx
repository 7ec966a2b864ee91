import { App as AntApp, ConfigProvider, theme as antTheme } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useSpeech } from '../i18n/language.tsx';
import { readSetting, writeSetting } from './settings.ts';

export type Shade = 'light' | 'dark';
export type ShadeChoice = Shade | 'system';

interface Appearance {
  /** What is shown now; on paper always light. */
  readonly shade: Shade;
  /** What the screen shows: a map cannot change its colours in the moment between asking to print and printing. */
  readonly screenShade: Shade;
  /** What the reader chose; `system` follows the device. */
  readonly choice: ShadeChoice;
  setChoice(choice: ShadeChoice): void;
}

const AppearanceContext = createContext<Appearance | undefined>(undefined);

export const FONT_FAMILY =
  "-apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', system-ui, sans-serif";

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
const calmQuery = window.matchMedia('(prefers-reduced-motion: reduce)');

function useQuery(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (notify) => {
      query.addEventListener('change', notify);
      return () => query.removeEventListener('change', notify);
    },
    () => query.matches,
  );
}

function firstChoice(): ShadeChoice {
  const known = readSetting('theme');
  return known === 'light' || known === 'dark' ? known : 'system';
}

const TOKENS = {
  light: {
    colorPrimary: '#0b6e69',
    colorInfo: '#0b6e69',
    colorLink: '#0b6e69',
    colorTextBase: '#1b2423',
    // Ant Design's own status colours miss the contrast of 4.5 on their pale grounds
    colorSuccess: '#257a45',
    colorWarning: '#946008',
    colorError: '#c2352d',
    colorSuccessBg: '#e5f3ea',
    colorWarningBg: '#fbf1da',
    colorErrorBg: '#fcecea',
    // what Ant Design derives from the brand is a dull grey on which selected rows and notices are hard to read
    colorPrimaryBg: '#e2f0ee',
    colorPrimaryBgHover: '#d2e7e4',
    colorInfoBg: '#e7f2f1',
    colorBgLayout: '#f3f5f3',
    colorBorder: '#d5dbd8',
    colorBorderSecondary: '#e4e8e6',
    // Ant Design's own have contrasts of 1.7 and 2.8; this has 5.5 on white
    colorTextPlaceholder: '#636c69',
    colorTextDescription: '#636c69',
  },
  dark: {
    colorPrimary: '#4bb8ad',
    colorInfo: '#4bb8ad',
    colorLink: '#62c7bc',
    colorSuccess: '#5cb87d',
    colorWarning: '#dba84c',
    colorError: '#ef7d75',
    colorBgBase: '#121817',
    colorBgLayout: '#0e1312',
    colorBgContainer: '#171e1d',
    colorBgElevated: '#1d2625',
    colorTextBase: '#e7eeec',
    colorBorder: '#36413f',
    colorBorderSecondary: '#28312f',
    colorTextPlaceholder: '#95a19d',
    colorTextDescription: '#95a19d',
  },
} as const;

/** The page must be as it prints before the browser goes on from the event. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = (): void => flushSync(() => setPrinting(true));
    const after = (): void => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}

export function AppearanceProvider({ children }: { children: ReactNode }) {
  const { language } = useSpeech();
  const [choice, setState] = useState<ShadeChoice>(firstChoice);
  const deviceDark = useQuery(darkQuery);
  const calm = useQuery(calmQuery);
  const printing = usePrinting();
  const screenShade: Shade = choice === 'system' ? (deviceDark ? 'dark' : 'light') : choice;
  const shade = printing ? 'light' : screenShade;

  useLayoutEffect(() => {
    document.documentElement.dataset.shade = shade;
  }, [shade]);

  const appearance = useMemo<Appearance>(
    () => ({
      shade,
      screenShade,
      choice,
      setChoice(next) {
        writeSetting('theme', next);
        setState(next);
      },
    }),
    [shade, screenShade, choice],
  );

  const config = useMemo(
    () => ({
      algorithm: shade === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
      token: {
        ...TOKENS[shade],
        fontFamily: FONT_FAMILY,
        borderRadius: 8,
        // the dark primary is light: white on it would miss the contrast of 4.5
        ...(shade === 'dark' && { colorTextLightSolid: '#06201d' }),
        motion: !calm,
        motionDurationMid: '0.15s',
        motionDurationSlow: '0.2s',
      },
      components: {
        Table: { headerBg: 'transparent', headerSplitColor: 'transparent', cellPaddingBlock: 12 },
        ...(shade === 'dark' && { Tooltip: { colorTextLightSolid: '#e7eeec', colorBgSpotlight: '#34403e' } }),
      },
    }),
    [shade, calm],
  );

  return (
    <AppearanceContext value={appearance}>
      <ConfigProvider locale={language === 'zh' ? zhCN : enGB} theme={config} button={{ autoInsertSpace: false }}>
        <AntApp component={false}>{children}</AntApp>
      </ConfigProvider>
    </AppearanceContext>
  );
}

export function useAppearance(): Appearance {
  const appearance = useContext(AppearanceContext);
  if (appearance === undefined) throw new Error('useAppearance outside AppearanceProvider');
  return appearance;
}
