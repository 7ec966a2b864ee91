/**
 * How commands speak: results on standard output (a text for people, or one JSON document with --json), progress and
 * notes on standard error, in the reader's language.
 */
import type { Bilingual, Language } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { ErrorPlace } from '../core/errors.ts';
import type { Note } from '../core/note.ts';
import type { Progress } from '../core/progress.ts';
import { EXIT_CODES } from './exit-codes.ts';

export interface Console {
  readonly language: Language;
  readonly json: boolean;
  /** A text in the reader's language. */
  say(text: Bilingual): string;
  /** The result: `document` as JSON, or `lines` for people. */
  result(document: unknown, lines: readonly string[]): void;
  /** A line on standard error. */
  tell(text: string): void;
  progress(progress: Progress): void;
  note(note: Note): void;
}

/** Chinese where the locale is Chinese, English otherwise, unless told. */
export function readLanguage(option: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const wanted = option ?? environment.CHENGMAI_LANG;
  if (wanted === 'zh' || wanted === 'en') return wanted;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

const LEVELS = { info: 'ℹ', warning: '⚠', error: '✖' } as const;

export function formatPlace(place: ErrorPlace, language: Language): string {
  const parts: string[] = [];
  if (place.file !== undefined) parts.push(place.file);
  if (place.row !== undefined) parts.push(language === 'zh' ? `第 ${place.row} 行` : `row ${place.row}`);
  if (place.field !== undefined) parts.push(language === 'zh' ? `字段 ${place.field}` : `field ${place.field}`);
  if (place.value !== undefined) parts.push(`“${place.value}”`);
  return parts.join(language === 'zh' ? '，' : ', ');
}

export function buildConsole(language: Language, json: boolean): Console {
  const interactive = process.stderr.isTTY === true;
  let lastStage = '';
  let lastShown = 0;
  let open = false;
  const endLine = (): void => {
    if (open) process.stderr.write('\n');
    open = false;
  };
  const console: Console = {
    language,
    json,
    say: (text) => text[language],
    result(document, lines) {
      endLine();
      process.stdout.write(json ? `${JSON.stringify(document)}\n` : lines.map((line) => `${line}\n`).join(''));
    },
    tell(text) {
      endLine();
      process.stderr.write(`${text}\n`);
    },
    // A terminal gets one line that changes; a log gets a line per stage and one every five seconds.
    progress({ stage, text, done, total }) {
      const now = Date.now();
      const isNew = stage !== lastStage;
      if (!isNew && now - lastShown < (interactive ? 100 : 5000)) return;
      lastShown = now;
      const share = total !== undefined && total > 0 ? ` ${Math.min(100, Math.floor((100 * done) / total))} %` : done > 0 ? ` ${done}` : '';
      if (interactive) {
        if (isNew) endLine();
        process.stderr.write(`\r\u001B[2K${text[language]}${share}`);
        open = true;
      } else {
        process.stderr.write(`${text[language]}${share}\n`);
      }
      lastStage = stage;
    },
    note(note) {
      const places = note.examples.map((place) => formatPlace(place, language)).filter((place) => place !== '');
      console.tell(`  ${LEVELS[note.level]} ${note.text[language]}${note.count > 1 ? ` ×${note.count}` : ''} [${note.code}]`);
      for (const place of places.slice(0, 3)) console.tell(`      ${place}`);
    },
  };
  return console;
}

export const errorJson = ({ code, kind, text, place }: ChengmaiError) => ({ code, kind, text, place });

/** In one line: what is wrong, with the remedy, and where. */
export function formatError({ text, place, code }: ChengmaiError, language: Language): string {
  const where = formatPlace(place, language);
  return `✖ ${text[language]}${where === '' ? '' : ` (${where})`} [${code}]`;
}

/** Tells an error and returns the exit code that goes with it. A stack appears only for faults of ours. */
export function reportError(error: unknown, console: Console): number {
  if (error instanceof ChengmaiError) {
    if (console.json) process.stdout.write(`${JSON.stringify({ error: errorJson(error) })}\n`);
    console.tell(formatError(error, console.language));
    if (error.kind === 'internal' && error.cause instanceof Error) console.tell(error.cause.stack ?? error.cause.message);
    return EXIT_CODES[error.kind];
  }
  if (console.json) process.stdout.write(`${JSON.stringify({ error: { code: 'core/internal', kind: 'internal', message: String(error) } })}\n`);
  console.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT_CODES.internal;
}
