/** Words, colours and figures that brief and bulletin share. */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import { sayNumber } from '../../checkup/grading/say-number.ts';
import type { TargetLine, TaskJson } from '../../delivery/api.ts';
import { LIGHT_WORDS } from '../../delivery/ledger/task-words.ts';
import type { Light, Verdict } from '../../delivery/model.ts';
import { unitFactor } from '../../delivery/outlook/units.ts';
import { VERDICT_WORDS } from '../../delivery/outlook/verdict-words.ts';
import type { Run } from '../document.ts';

/** Backgrounds of black letters; each stands beside its word. */
const LIGHT_COLOURS: Readonly<Record<Light, string>> = { red: '#f6b7b2', yellow: '#ffe08a', green: '#bfe5c5', blue: '#bdd9f6', grey: '#e2e6ea' };
const VERDICT_COLOURS: Readonly<Record<Verdict, string>> = { met: '#bdd9f6', 'on-track': '#bfe5c5', 'at-risk': '#ffe08a', missed: '#f6b7b2', unknown: '#e2e6ea' };
/** The worst first. */
export const VERDICT_ORDER: readonly Verdict[] = ['missed', 'at-risk', 'on-track', 'met', 'unknown'];

const SIGNS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '', '~': '≈', between: '' };

export class DeliveryWords {
  readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  t(zh: string, en: string): string {
    return this.language === 'zh' ? zh : en;
  }

  say(text: Bilingual): string {
    return text[this.language];
  }

  /** 甲、乙、丙 / a, b, c */
  list(items: readonly string[]): string {
    return items.join(this.t('、', ', '));
  }

  /** `1 task`, `5 tasks`; 5项任务 is written where it stands. */
  count(n: number, one: string, many = `${one}s`): string {
    return `${n} ${n === 1 ? one : many}`;
  }

  light(light: Light): Run {
    return { text: this.say(LIGHT_WORDS[light]), colour: LIGHT_COLOURS[light] };
  }

  verdict(verdict: Verdict): Run {
    return { text: this.say(VERDICT_WORDS[verdict]), colour: VERDICT_COLOURS[verdict] };
  }

  leads({ lead }: Pick<TaskJson, 'lead'>): string {
    return lead.length === 0 ? this.t('未明确', 'none named') : this.list(lead);
  }

  days(n: number): string {
    return this.t(`${n} 天`, n === 1 ? '1 day' : `${n} days`);
  }

  /** What a target asks, by when: `≥90%，2027年底前`; in English in the unit of its indicator, as the document's is Chinese. */
  required({ fields, goal, indicator }: TargetLine): string {
    const { comparator, value, upper, unit, deadline, object } = fields;
    const isTold = this.language === 'en' && goal !== null && indicator !== null;
    const [from, to, of] = isTold ? [goal.value, goal.upper, this.after(indicator.unit)] : [value, upper, unit];
    const figure = from === null || comparator === null ? object : `${SIGNS[goal?.comparator ?? comparator]}${sayNumber(from)}${to === null ? '' : `–${sayNumber(to)}`}${of}`;
    const until = deadline === null ? '' : this.deadline(deadline);
    return [figure, until].filter((part) => part !== '').join(this.t('，', ', ')) || '—';
  }

  private deadline(day: string): string {
    const [year, month] = [day.slice(0, 4), day.slice(5)];
    return month === '12-31' ? this.t(`${year}年底前`, `by the end of ${year}`) : this.t(`${day}前`, `by ${day}`);
  }

  /** What was measured last: `80.9%（2025年）`; in the document's unit where it is the indicator's under another name (公里/小时, km/h). */
  measured({ series, indicator, fields, goal }: TargetLine): string {
    const last = series.at(-1);
    if (last === undefined || indicator === null) return this.t('无测度', 'no measure');
    const unit = this.language === 'zh' && goal !== null && unitFactor(fields.unit, indicator.unit.zh) === 1 ? fields.unit : this.after(indicator.unit);
    return `${sayNumber(last.value)}${unit}${this.t(`（${last.period}年）`, ` (${last.period})`)}`;
  }

  /** A unit behind its number. */
  private after(unit: Bilingual): string {
    return this.language === 'zh' || unit.en === '%' ? this.say(unit) : ` ${unit.en}`;
  }

  /** What a target is about: in the document's words, in English by its indicator where it has one. */
  target(target: TargetLine): string {
    return this.language === 'en' && target.indicator !== null && target.goal !== null ? target.indicator.name.en : targetName(target);
  }
}

/** What a target is about, in the document's words. */
function targetName({ fields, quote }: TargetLine): string {
  const words = quote.replace(/\s+/g, '');
  // a subject of two or three characters is the rest of a sentence rather than a name
  return fields.value !== null && fields.subject.length >= 4 ? fields.subject : fields.title || words;
}

export type VerdictCounts = Record<Verdict, number>;

export function countVerdicts(targets: readonly TargetLine[]): VerdictCounts {
  const counts: VerdictCounts = { met: 0, 'on-track': 0, 'at-risk': 0, missed: 0, unknown: 0 };
  for (const { outlook } of targets) counts[outlook.verdict]++;
  return counts;
}

/** What most needs to be read first: worst verdict, what is measured, what has a figure, what a person has accepted, the nearest deadline. */
export function byImportance(a: TargetLine, b: TargetLine): number {
  return VERDICT_ORDER.indexOf(a.outlook.verdict) - VERDICT_ORDER.indexOf(b.outlook.verdict) ||
    Number(a.series.length === 0) - Number(b.series.length === 0) || Number(a.fields.value === null) - Number(b.fields.value === null) ||
    Number(a.state === 'proposed') - Number(b.state === 'proposed') ||
    (a.fields.deadline ?? '9999').localeCompare(b.fields.deadline ?? '9999') || a.itemId.localeCompare(b.itemId);
}

export const isOverdue = ({ state, daysLeft }: TaskJson): boolean => (state === 'open' || state === 'submitted') && daysLeft !== null && daysLeft < 0;

/** The longest overdue first, then what else is red. */
export function byDelay(a: TaskJson, b: TaskJson): number {
  return Number(isOverdue(b)) - Number(isOverdue(a)) || (a.daysLeft ?? 0) - (b.daysLeft ?? 0) || a.taskId.localeCompare(b.taskId);
}
