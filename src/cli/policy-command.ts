/** chengmai policy FILE...: reads policy texts: outline, targets, tasks, bodies, defects. Needs no city; --into keeps them in one. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Bilingual, Language } from '../core/bilingual.ts';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { OutlineNode, PolicyReading, PolicyTask, Target } from '../policy/model.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { errorJson, formatError } from './console.ts';
import { readDayOption } from './day-option.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { hereOrThere } from './here-or-there.ts';

interface PolicyOptions extends CommonOptions {
  readonly published?: string;
  readonly into?: string;
}

export function policyCommand(): Command {
  return buildCommand('policy', 'read policy texts: outline, targets, tasks, bodies, defects 政策解析')
    .argument('<file...>', 'txt, docx, html, pdf with a text layer 政策文件')
    .option('--published <day>', 'publication date, against which 明年, 年底前 … are resolved, 2025-08-28 发布日期')
    .option('--into <city>', 'also keep the documents in a city 存入城市')
    .action((files: string[], options: PolicyOptions) => runAction(options, (context) => runPolicyCommand(context, files, options)));
}

async function readBytes(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile()) {
    throw new ChengmaiError('not-found', 'cli/no-file', { zh: `没有文件 ${file}。`, en: `There is no file ${file}.` }, { file });
  }
  return readFile(file);
}

interface Outcome {
  readonly file: string;
  readonly bytes?: Uint8Array;
  readonly reading?: PolicyReading;
  /** What is wrong with the file; the others go on. */
  readonly error?: ChengmaiError;
  /** In the city it was kept in. */
  readonly documentId?: string;
}

/** Does what is to be done with one file; of several, one that cannot be used is told of with the others. */
async function attempt(outcome: Outcome, isOne: boolean, work: () => Promise<Partial<Outcome>>): Promise<Outcome> {
  try {
    return { ...outcome, ...(await work()) };
  } catch (error) {
    if (isOne || !(error instanceof ChengmaiError) || !(error.kind === 'input' || error.code === 'cli/no-file')) throw error;
    return { ...outcome, error };
  }
}

async function runPolicyCommand(context: CommandContext, files: readonly string[], options: PolicyOptions): Promise<number> {
  const { console, signal } = context;
  const publishedAt = readDayOption('--published', options.published);
  const { readPolicyFile } = await import('../delivery/policy-documents.ts');
  const isOne = files.length === 1;
  let outcomes: Outcome[] = [];
  for (const file of files) {
    throwIfCancelled(signal);
    outcomes.push(await attempt({ file }, isOne, async () => {
      const bytes = await readBytes(file);
      return { bytes, reading: (await readPolicyFile({ bytes, fileName: basename(file), publishedAt }, signal)).reading };
    }));
  }
  if (options.into !== undefined) outcomes = await keep(context, options.into, outcomes, isOne, publishedAt);
  const kept = ({ documentId }: Outcome): object => (documentId === undefined ? {} : { documentId });
  const documents = outcomes.map((one) => (isOne ? { file: one.file, ...kept(one), ...one.reading } : { file: one.file, ...(one.error === undefined ? { ...kept(one), reading: one.reading } : { error: errorJson(one.error) }) }));
  const lines = outcomes.flatMap(({ file, reading, error, documentId }) => (reading === undefined || error !== undefined ? [] : [
    '', ...describe(file, reading, console.language), ...(documentId === undefined ? [] : [console.say({ zh: `已存入城市 ${options.into ?? ''}，编号 ${documentId}。`, en: `Kept in ${options.into ?? ''} as ${documentId}.` })]),
  ]));
  console.result(isOne ? documents[0] : documents, lines.slice(1));
  for (const { file, error } of outcomes) if (error !== undefined) console.tell(formatError(error.place.file === undefined ? new ChengmaiError(error.kind, error.code, error.text, { ...error.place, file }) : error, console.language));
  const failed = outcomes.find(({ error }) => error !== undefined)?.error;
  return failed === undefined ? EXIT_CODES.done : EXIT_CODES[failed.kind];
}

async function keep(context: CommandContext, city: string, outcomes: readonly Outcome[], isOne: boolean, publishedAt: string | undefined): Promise<Outcome[]> {
  const keepEach = async (importOne: (bytes: Uint8Array, fileName: string) => Promise<{ readonly documentId: string }>): Promise<Outcome[]> => {
    const after: Outcome[] = [];
    for (const one of outcomes) {
      const { bytes, file } = one;
      after.push(bytes === undefined || one.error !== undefined ? one : await attempt(one, isOne, async () => ({ documentId: (await importOne(bytes, basename(file))).documentId })));
    }
    return after;
  };
  let kept: Outcome[] = [];
  await hereOrThere(
    context,
    async (base) => {
      const { importPolicy } = await import('../delivery/policy-documents.ts');
      kept = await keepEach((bytes, fileName) => importPolicy(base, city, { bytes, fileName, publishedAt }, 'cli', context.signal));
    },
    async (remote) => {
      kept = await keepEach((bytes, fileName) => remote.importPolicy(city, bytes, fileName, publishedAt));
    },
  );
  return kept;
}

// ---- in words ------------------------------------------------------------------------------------------------------

const MOST_SHOWN = 300;
const STATES: Readonly<Record<OutlineNode['state'], Bilingual>> = { present: { zh: '', en: '' }, cut: { zh: '［正文被截断］', en: ' [cut off]' }, elided: { zh: '［正文缺失］', en: ' [not in the text]' } };
const short = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most)}…` : text);
const joined = (text: string): string => text.replace(/\s+/g, '');

function outlineLines(outline: readonly OutlineNode[], language: Language): string[] {
  return outline.filter(({ level }) => level > 0).map(({ level, marker, heading, state }) => `${'  '.repeat(level)}${marker ?? '·'} ${short(heading)}${STATES[state][language]}`);
}

function amount({ quantity, state }: Target): string {
  if (quantity === null) return state ?? '';
  return quantity.masked || quantity.value === null ? quantity.text : `${quantity.comparator} ${quantity.value}${quantity.upper === null ? '' : `–${quantity.upper}`}${quantity.unit}`;
}

function targetLine(target: Target): string {
  return `  ${target.clause}  ${short(target.subject, 40)}  ${amount(target)}${target.deadline === null ? '' : `  ${target.deadline.to ?? target.deadline.text}`}`;
}

function taskLine({ text }: PolicyReading, task: PolicyTask): string {
  const bodies = task.bodies.map((body) => body.text).join('、');
  return `  ${task.clause}  ${short(joined(text.slice(...task.span)), 50)}${bodies === '' ? '' : `  [${bodies}]`}${task.deadline === null ? '' : `  ${task.deadline.to ?? task.deadline.text}`}`;
}

function describe(file: string, reading: PolicyReading, language: Language): string[] {
  const say = (text: Bilingual): string => text[language];
  const section = (title: Bilingual, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `${say(title)} (${lines.length})`, ...lines.slice(0, MOST_SHOWN), ...(lines.length > MOST_SHOWN ? [`  … ${say({ zh: '其余见 --json', en: 'the rest with --json' })}`] : [])];
  const { title, kind, issuer, publishedAt, outline, targets, facts, tasks, bodies, defects } = reading;
  return [
    `${title || file}`,
    [kind, issuer ?? say({ zh: '发文单位不详', en: 'issuer not found' }), publishedAt ?? say({ zh: '发布日期不详（可用 --published 给出）', en: 'publication date not found (give --published)' })].join(' · '),
    ...section({ zh: '提纲', en: 'Outline' }, outlineLines(outline, language)),
    ...section({ zh: '目标', en: 'Targets' }, targets.map(targetLine)),
    ...section({ zh: '已有数据（不是目标）', en: 'Facts, not targets' }, facts.map((fact) => `  ${fact.clause}  ${short(fact.subject, 40)}  ${fact.quantity.text}`)),
    ...section({ zh: '任务', en: 'Tasks' }, tasks.map((task) => taskLine(reading, task))),
    ...section({ zh: '责任主体', en: 'Bodies' }, bodies.map(({ name, mentions }) => `  ${name} × ${mentions.length}`)),
    ...section({ zh: '文本问题', en: 'Defects of the text' }, defects.map(({ text }) => `  ${text[language]}`)),
  ];
}
