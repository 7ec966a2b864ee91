/** chengmai sample DIR: writes the generated sample city as real files. */
import type { Command } from 'commander';
import { ChengmaiError } from '../core/errors.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommonOptions } from './command.ts';

interface SampleCommandOptions extends CommonOptions {
  readonly persons: string;
  readonly seed: string;
}

function readWhole(name: string, text: string, low: number, high: number): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new ChengmaiError('input', 'cli/number', { zh: `${name} ${text} 应为 ${low} 到 ${high} 之间的整数。`, en: `${name} ${text} must be a whole number from ${low} to ${high}.` }, { value: text });
}

export function sampleCommand(): Command {
  return buildCommand('sample', 'write the generated sample city as files 生成示范市文件')
    .argument('<dir>', 'folder to write to 输出目录')
    .option('--persons <n>', 'inhabitants 人口', '300000')
    .option('--seed <n>', 'the same seed gives the same files 随机种子', '1')
    .action((dir: string, options: SampleCommandOptions) =>
      runAction(options, async ({ console, signal }) => {
        const { writeSampleCity } = await import('../sample/write-city.ts');
        const persons = readWhole('--persons', options.persons, 1, Number.MAX_SAFE_INTEGER);
        const seed = readWhole('--seed', options.seed, 0, 2 ** 31 - 1);
        const summary = await writeSampleCity(dir, { persons, seed }, { report: console.progress, signal });
        console.result(summary, [
          ...summary.files.map((file) => `${file.name}\t${file.entries.toLocaleString('en')}`),
          ...summary.policies.map(({ file, published }) => `policies/${file}\t${published}`),
          console.say({ zh: `示范市 ${summary.persons.toLocaleString('en')} 人，写入 ${dir}。`, en: `Sample city of ${summary.persons.toLocaleString('en')} persons written to ${dir}.` }),
        ]);
      }),
    );
}
