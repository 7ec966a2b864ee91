/** What every command shares: its options, its console, its base, and how it ends. */
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Base } from '../base/open.ts';
import { buildConsole, readLanguage, reportError } from './console.ts';
import type { Console } from './console.ts';
import { EXIT_CODES } from './exit-codes.ts';

export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly lang?: string;
}

/** What a command's action is given besides its arguments. */
export interface CommandContext {
  readonly console: Console;
  /** The folder of the embedded base. */
  readonly dataDir: string;
  /** A PostgreSQL server to use in place of the embedded base. */
  readonly databaseUrl: string | undefined;
  readonly token: string | undefined;
  /** Aborted by the first Ctrl-C; the second one ends the process. */
  readonly signal: AbortSignal;
}

/** --data, then CHENGMAI_DATA, then `data` in the working folder. */
export function resolveDataDir(option: string | undefined, environment: NodeJS.ProcessEnv): string {
  return resolve(option ?? environment.CHENGMAI_DATA ?? 'data');
}

/** A command with the options that all have. `text` is its description in both languages. */
export function buildCommand(name: string, text: string): Command {
  return new Command(name)
    .description(text)
    .option('--data <dir>', 'where the embedded base lives 内嵌数据库所在目录 (CHENGMAI_DATA, ./data)')
    .option('--json', 'one JSON document on standard output 以 JSON 输出结果')
    .addOption(new Option('--lang <zh|en>', 'language of messages 提示语言').choices(['zh', 'en']));
}

/** Who reads the output may go (`| head`), a disk may fill: then the work ends too, and quietly. Writers that wait tell the fault themselves. */
export function watchOutput(stop: () => void): void {
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    stop();
    process.exitCode ||= fault.code === 'EPIPE' ? EXIT_CODES.cancelled : EXIT_CODES.unavailable;
  });
  process.stderr.on('error', () => undefined);
}

/** Runs an action between set-up and clean-up; sets the exit code of the process. */
export async function runAction(options: CommonOptions, action: (context: CommandContext) => Promise<number | void>): Promise<void> {
  const console = buildConsole(readLanguage(options.lang, process.env), options.json === true);
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.cancelled);
    console.tell(console.say({ zh: '正在停止……再按一次 Ctrl-C 立即退出。', en: 'Stopping … press Ctrl-C again to quit at once.' }));
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  watchOutput(() => controller.abort());
  try {
    const code = await action({
      console,
      dataDir: resolveDataDir(options.data, process.env),
      databaseUrl: process.env['DATABASE_URL'] || undefined,
      token: process.env['CHENGMAI_TOKEN'] || undefined,
      signal: controller.signal,
    });
    process.exitCode = code ?? EXIT_CODES.done;
  } catch (error) {
    process.exitCode = reportError(error, console);
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

/** Opens the base for the time of `work`. The module is loaded late: `--help` must not wait for a database. */
export async function withBase<Result>(context: CommandContext, work: (base: Base) => Promise<Result>): Promise<Result> {
  const { openBase } = await import('../base/open.ts');
  const base = await openBase({ dataDir: context.dataDir, databaseUrl: context.databaseUrl });
  try {
    return await work(base);
  } finally {
    await base.close();
  }
}
