/**
 * Reading a document and proposing its links: at once where the document is short, in a thread where it is long. A text of 1 MB takes two to four seconds of a processor
 * (the code is not yet compiled for what it does), in which a server would answer nobody.
 */
import { throwIfCancelled } from '../core/errors.ts';
import type { TaskResult } from '../engine/pool/task-pool.ts';
import { siblingModule, TaskPool } from '../engine/pool/task-pool.ts';
import { segmentWords } from '../import/text/segment-words.ts';
import type { IndicatorName, LinkedText } from '../policy/links/propose-links.ts';
import { proposeLinks } from '../policy/links/propose-links.ts';
import type { ClauseLink, Defect, HeadingHint, PolicyReading, ReadOptions } from '../policy/model.ts';

/** What is to be read: the bytes of a file, or a text that was read before. */
export type DocumentSource =
  | { readonly bytes: Uint8Array; readonly fileName: string; readonly publishedAt: string | null }
  | { readonly text: string; readonly defects: readonly Defect[]; readonly headings?: readonly HeadingHint[] | undefined; readonly fileName: string; readonly publishedAt: string | null };

export interface ReadDocument {
  readonly reading: PolicyReading;
  readonly mediaType: string;
}

/** One read, one proposed for, or both of one document. */
export interface ReadingJob {
  readonly source: DocumentSource | undefined;
  /** Of a reading that stands; of what is read where it is undefined. */
  readonly linked: LinkedText | undefined;
  /** No links are asked for where it is undefined. */
  readonly indicators: readonly IndicatorName[] | undefined;
}

export interface ReadingOutcome {
  readonly read: ReadDocument | undefined;
  readonly links: readonly ClauseLink[] | undefined;
}

/** PostgreSQL's text holds neither U+0000 nor half of a surrogate pair; U+FFFD stands for each, so that no position moves. */
function storableText(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** The reader, its formats and their libraries are loaded where something is read: a thread that only proposes links starts in half the time (0.25 s less). */
async function readSource(source: DocumentSource): Promise<ReadDocument> {
  const { readPolicy } = await import('../policy/read-policy.ts');
  const { fileName, publishedAt } = source;
  const options: ReadOptions = { fileName, ...(publishedAt !== null && { publishedAt }) };
  if ('bytes' in source) {
    const { readDocumentText } = await import('../import/text/read-document-text.ts');
    const { text, mediaType, defects, headings } = await readDocumentText(source.bytes, fileName);
    return { reading: readPolicy(storableText(text), { ...options, defects, headings }), mediaType };
  }
  const again = readPolicy(source.text, { ...options, ...(source.headings !== undefined && { headings: source.headings }) });
  // what decoding could not read is told by the bytes, not by the text
  const decoding = source.defects.filter(({ kind, span }) => kind === 'encoding' && !again.defects.some((one) => one.kind === kind && one.span[0] === span[0]));
  const reading = decoding.length === 0 ? again : { ...again, defects: [...decoding, ...again.defects].sort((a, b) => a.span[0] - b.span[0]) };
  return { reading, mediaType: '' };
}

/** @throws as readDocumentText */
export async function readingTask({ source, linked, indicators }: ReadingJob): Promise<TaskResult<ReadingOutcome>> {
  const read = source === undefined ? undefined : await readSource(source);
  const about = linked ?? read?.reading;
  const links = indicators === undefined || about === undefined ? undefined : proposeLinks(about, indicators, segmentWords);
  return { output: { read, links }, transfer: [] };
}

/** From so many bytes or characters on a thread is worth its start (0.1 s): shorter ones are read in 0.2 s. */
const LARGE_BYTES = 100_000;
const LARGE_CHARACTERS = 40_000;
/** A reading of 64 MB takes gigabytes: more than this many at a time wait for each other. */
const MOST_THREADS = 2;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running < MOST_THREADS) running++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

function isLarge({ source, linked }: ReadingJob): boolean {
  const bytes = source !== undefined && 'bytes' in source ? source.bytes.length : 0;
  const characters = Math.max(source !== undefined && 'text' in source ? source.text.length : 0, linked?.text.length ?? 0);
  return bytes > LARGE_BYTES || characters > LARGE_CHARACTERS;
}

/** Does a job where it disturbs nobody. @throws as readDocumentText; `engine/worker-died`; cancelled once `signal` is aborted, which ends the thread */
export async function runReading(job: ReadingJob, signal?: AbortSignal): Promise<ReadingOutcome> {
  throwIfCancelled(signal);
  if (!isLarge(job)) return (await readingTask(job)).output;
  return inTurn(async () => {
    throwIfCancelled(signal);
    const pool = new TaskPool<ReadingJob, ReadingOutcome>({ module: siblingModule(import.meta.url, 'reading-task'), task: 'readingTask', threads: 1 });
    const stop = (): void => void pool.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await pool.run(job);
    } finally {
      signal?.removeEventListener('abort', stop);
      await pool.close();
    }
  });
}
