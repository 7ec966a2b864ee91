/** A day that a command was given. */
import { ChengmaiError } from '../core/errors.ts';

/** @throws ChengmaiError input `cli/day` unless it is a day of the calendar like 2025-08-28 */
export function readDayOption(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text >= '1000') return text;
  throw new ChengmaiError('input', 'cli/day', { zh: `${name} ${text} 不是日期，应写作 2025-08-28。`, en: `${name} ${text} is no day; write it as 2025-08-28.` }, { field: name, value: text });
}
