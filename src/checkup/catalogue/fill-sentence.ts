/**
 * A finding's sentence with its numbers in place.
 *
 * Placeholders: {place} name of the unit, {value} value without its unit, {unit}, {standard} the threshold that applies with its sign (`≥ 85`),
 * {persons} residents concerned. A part in square brackets is left out as a whole where a value in it is not known:
 * `{place}有{value}栋[，涉及居民约{persons}人]。`
 */
import type { Bilingual } from '../../core/bilingual.ts';

export const PLACEHOLDERS = ['place', 'value', 'unit', 'standard', 'persons'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
/** As they are to be read, in one language. An absent or undefined one is not known. */
export type SentenceValues = Readonly<Partial<Record<Placeholder, string>>>;

/** What is not known outside square brackets reads `—`. */
export function fillSentence(template: string, values: SentenceValues): string {
  const fill = (text: string): { text: string; complete: boolean } => {
    let complete = true;
    const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name as Placeholder];
      if (value === undefined) complete = false;
      return value ?? '—';
    });
    return { text: filled, complete };
  };
  const kept = template.replace(/\[([^[\]]*)\]/g, (_, part: string) => (fill(part).complete ? part : ''));
  return fill(kept).text;
}

export function fillSentences(template: Bilingual, values: { readonly zh: SentenceValues; readonly en: SentenceValues }): Bilingual {
  return { zh: fillSentence(template.zh, values.zh), en: fillSentence(template.en, values.en) };
}

/** Names in braces that are no placeholder, and brackets that do not pair. For checks of definitions. */
export function sentenceProblems(template: string): string[] {
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]).filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name));
  const bare = template.replace(/\{\w+\}/g, '');
  return [...unknown.map((name) => `{${name}}`), ...(/^[^[\]]*(\[[^[\]]*\][^[\]]*)*$/.test(bare) ? [] : ['[ ]']), ...(/[{}]/.test(bare.replace(/\{[^{}]*\}/g, '')) ? ['{ }'] : [])];
}
