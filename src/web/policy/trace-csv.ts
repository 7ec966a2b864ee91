import type { Language } from '../../core/bilingual.ts';
import { GRADE_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { PolicyTrace } from '../../delivery/api.ts';
import type { Dictionary } from '../i18n/zh.ts';

/** A cell that a spreadsheet takes as text: quoted where it must be, and never a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The trace as a table, a line a clause and indicator; with a byte order mark, without which Excel takes Chinese for something else. */
export function traceCsv({ clauses }: Pick<PolicyTrace, 'clauses'>, { policy: words }: Dictionary, language: Language): string {
  const rows = clauses.flatMap(({ clause, heading, indicators, targets, tasks, projects, asks, nothing }) => {
    const tail = [String(targets.length), tasks.map(({ taskId, title }) => `${taskId} ${title}`).join('；'), projects.map(({ name }) => name[language]).join('；'), !asks ? '' : nothing ? words.nothing : ''];
    if (indicators.length === 0) return [[clause, heading, '', '', '', '', '', '', ...tail]];
    return indicators.map((one) => [clause, heading, one.name[language], words.linkStates[one.linkState], one.value === null ? '' : String(one.value), one.unit[language], one.grade === null ? '' : GRADE_WORDS[one.grade][language], one.period === null ? '' : String(one.period), ...tail]);
  });
  return `\ufeff${[words.csvHeads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
