import type { Language } from '../../core/bilingual.ts';
import { changeText, measuredText, unitText } from './measured-text.ts';

/** How a reader of each language writes numbers, sizes and times; all by Intl. */
export interface Formats {
  integer(value: number): string;
  /** 10K, 1万: for the narrow places of legends. */
  compact(value: number): string;
  percent(value: number): string;
  /** A measured value: as many decimals as its size bears. */
  measured(value: number): string;
  /** The unit that stands after a value. */
  unit(value: number, text: string): string;
  /** A difference of measured values, with its sign. */
  change(value: number): string;
  bytes(value: number): string;
  lengthM(value: number): string;
  areaM2(value: number): string;
  dateTime(value: string | Date): string;
  date(value: string | Date): string;
  ago(value: string | Date, now?: Date): string;
  duration(seconds: number): string;
  list(values: readonly string[]): string;
}

const LOCALES: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

const AGO_STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export function buildFormats(language: Language): Formats {
  const locale = LOCALES[language];
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact' });
  const significant = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  // significant digits would turn 1,234 km into 1,230: beyond 100 whole numbers say more
  const short = (value: number): string => (Math.abs(value) >= 100 ? integer.format(value) : significant.format(value));
  const withUnit = (value: number, unit: string): string => `${short(value)} ${unit}`;
  return {
    integer: (value) => integer.format(value),
    compact: (value) => compact.format(value),
    percent: (value) => percent.format(value),
    measured: (value) => measuredText(value, language),
    unit: (value, text) => unitText(value, text, language),
    change: (value) => changeText(value, language),
    bytes(value) {
      if (value < 1_000) return withUnit(value, 'B');
      if (value < 1_000_000) return withUnit(value / 1_000, 'kB');
      if (value < 1_000_000_000) return withUnit(value / 1_000_000, 'MB');
      return withUnit(value / 1_000_000_000, 'GB');
    },
    lengthM: (value) => (value < 1_000 ? withUnit(value, 'm') : withUnit(value / 1_000, 'km')),
    areaM2(value) {
      if (value < 10_000) return withUnit(value, 'm²');
      if (value < 1_000_000) return withUnit(value / 10_000, 'ha');
      return withUnit(value / 1_000_000, 'km²');
    },
    dateTime: (value) => dateTime.format(new Date(value)),
    date: (value) => date.format(new Date(value)),
    ago(value, now = new Date()) {
      const seconds = (new Date(value).getTime() - now.getTime()) / 1_000;
      if (Math.abs(seconds) > 7 * 86_400) return date.format(new Date(value));
      for (const [unit, length] of AGO_STEPS) {
        if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit);
      }
      return relative.format(Math.round(seconds), 'second');
    },
    duration(seconds) {
      const unit = new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: seconds < 90 ? 'second' : 'minute',
        unitDisplay: 'long',
        maximumFractionDigits: 0,
      });
      return unit.format(seconds < 90 ? seconds : seconds / 60);
    },
    list: (values) => list.format(values),
  };
}
