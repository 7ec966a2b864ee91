/** The command line: `chengmai COMMAND`. Each command is a file; what they share is in command.ts. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { accessibilityCommand } from './accessibility-command.ts';
import { briefCommand, bulletinCommand } from './brief-command.ts';
import { batchesCommand, citiesCommand, deleteCommand, undoCommand } from './cities-command.ts';
import { checkupCommand } from './checkup-command.ts';
import { findingsCommand } from './findings-command.ts';
import { reportCommand } from './report-command.ts';
import { watchOutput } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { importCommand } from './import-command.ts';
import { indicatorsCommand } from './indicators-command.ts';
import { isochroneCommand } from './isochrone-command.ts';
import { matrixCommand } from './matrix-command.ts';
import { nearestCommand } from './nearest-command.ts';
import { policyCommand } from './policy-command.ts';
import { sampleCommand } from './sample-command.ts';
import { startCommand } from './start-command.ts';
import { tasksCommand } from './tasks-command.ts';
import { workerCommand } from './worker-command.ts';

const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const HELP = `
Exit codes 退出码: ${EXIT_CODES.done} done 完成 · ${EXIT_CODES.internal} fault of the program 程序故障 · ${EXIT_CODES.input} input cannot be used 输入有误 · ${EXIT_CODES['not-found']} not found 未找到
  ${EXIT_CODES.conflict} conflict 冲突 · ${EXIT_CODES.forbidden} access refused 无权限 · ${EXIT_CODES.unavailable} something needed cannot be reached 依赖不可用 · ${EXIT_CODES.cancelled} cancelled 已取消
Environment 环境变量: CHENGMAI_DATA, CHENGMAI_LANG, CHENGMAI_TOKEN, DATABASE_URL`;

const program = new Command('chengmai')
  .description('城脉: the platform a city runs its quality on 城市体检·更新·运行·督办一体化平台')
  .version(version)
  .addHelpText('after', HELP)
  .configureHelp({ showGlobalOptions: true });

for (const command of [startCommand(), importCommand(), sampleCommand(), citiesCommand(), batchesCommand(), undoCommand(), deleteCommand(), checkupCommand(), findingsCommand(), reportCommand(), indicatorsCommand(), policyCommand(), tasksCommand(), briefCommand(), bulletinCommand(), workerCommand(), matrixCommand(), accessibilityCommand(), nearestCommand(), isochroneCommand()]) {
  program.addCommand(command.addHelpText('after', HELP).exitOverride());
}

// help and versions are written before any action watches
watchOutput(() => undefined);

try {
  await program.exitOverride().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.input;
  // Commander has told people already; a program that asked for JSON reads standard output.
  if (error.exitCode !== 0 && process.argv.includes('--json')) {
    const reason = error.message.replace(/^error: /, '');
    const text = { zh: `命令写法有误（${reason}）；用法见 --help。`, en: `The command is not written right (${reason}); see --help.` };
    process.stdout.write(`${JSON.stringify({ error: { code: 'cli/usage', kind: 'input', text, place: {} } })}\n`);
  }
}
