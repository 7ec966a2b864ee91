/** --period of several commands: a year. */
import { ChengmaiError } from '../core/errors.ts';

/** @throws ChengmaiError `checkup/bad-period` */
export function readPeriodOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const period = Number(text);
  if (Number.isInteger(period) && period >= 1949 && period <= 2100) return period;
  throw new ChengmaiError('input', 'checkup/bad-period', {
    zh: `--period ${text} 应为 1949 到 2100 之间的年份。`, en: `--period ${text} must be a year from 1949 to 2100.`,
  }, { field: '--period', value: text });
}
