/** chengmai indicators [CITY]: the catalogue, and indicators of a city's own. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Indicator } from '../checkup/model.ts';
import { ChengmaiError } from '../core/errors.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { hereOrThere } from './here-or-there.ts';

interface IndicatorsOptions extends CommonOptions {
  readonly add?: string;
  readonly remove?: string;
}

export function indicatorsCommand(): Command {
  return buildCommand('indicators', 'list the indicators; add or remove a city’s own 指标目录')
    .argument('[city]', 'with the indicators this city added 城市标识')
    .option('--add <file>', 'YAML or JSON with indicators to add, see docs/indicators.md 添加指标文件')
    .option('--remove <id>', 'indicator of the city’s own to remove 删除自定义指标')
    .action((city: string | undefined, options: IndicatorsOptions) => runAction(options, (context) => runIndicators(context, city, options)));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    throw new ChengmaiError('input', 'cli/cannot-read', { zh: `无法读取 ${path}（${code}）；请检查文件名。`, en: `${path} cannot be read (${code}); check the name.` }, { file: path }, cause);
  }
}

function needsCity(option: string): ChengmaiError {
  return new ChengmaiError('input', 'cli/needs-city', { zh: `${option} 需要指明城市：chengmai indicators 城市 ${option} …。`, en: `${option} needs a city: chengmai indicators CITY ${option} ….` }, { field: option });
}

async function runIndicators(context: CommandContext, city: string | undefined, { add, remove }: IndicatorsOptions): Promise<void> {
  const { console } = context;
  if (add !== undefined && remove !== undefined) throw new ChengmaiError('input', 'cli/add-or-remove', { zh: '--add 与 --remove 只能给一个。', en: 'Either --add or --remove, not both.' });
  if (add !== undefined) {
    if (city === undefined) throw needsCity('--add');
    const added = await addTo(context, city, await readText(add), basename(add));
    console.result({ city, added }, [console.say({ zh: `已添加：${added.join('、')}；下次体检时计算。`, en: `Added ${added.join(', ')}; the next check-up measures them.` })]);
  } else if (remove !== undefined) {
    if (city === undefined) throw needsCity('--remove');
    await removeFrom(context, city, remove);
    console.result({ city, removed: remove }, [console.say({ zh: `已删除：${remove}。`, en: `Removed ${remove}.` })]);
  } else {
    const indicators = await listOf(context, city);
    console.result({ ...(city !== undefined && { city }), indicators }, indicators.map(({ number, id, name, set, unit }) => `${number ?? ''}\t${id}\t${console.say(name)}\t${console.say(unit)}\t${set}`));
  }
}

async function listOf(context: CommandContext, city: string | undefined): Promise<readonly Indicator[]> {
  if (city === undefined) return (await import('../checkup/catalogue/list-catalogue.ts')).listCatalogue();
  const [{ listIndicatorsOf }, { getCity }] = await Promise.all([import('../checkup/indicators.ts'), import('../base/store/cities.ts')]);
  return hereOrThere(context, async ({ database }) => {
    await getCity(database, city);
    return listIndicatorsOf(database, city);
  }, async (remote) => (await remote.listIndicators(city)).indicators);
}

async function addTo(context: CommandContext, city: string, text: string, file: string): Promise<string[]> {
  const [{ addUserIndicators }, { getCity }] = await Promise.all([import('../checkup/indicators.ts'), import('../base/store/cities.ts')]);
  return hereOrThere(context, async ({ database }) => {
    await getCity(database, city);
    return addUserIndicators(database, city, text, file, 'cli');
  }, async (remote) => (await remote.addIndicators(city, text, file)).added);
}

async function removeFrom(context: CommandContext, city: string, indicatorId: string): Promise<void> {
  const [{ removeUserIndicator }, { getCity }] = await Promise.all([import('../checkup/indicators.ts'), import('../base/store/cities.ts')]);
  await hereOrThere(context, async ({ database }) => {
    await getCity(database, city);
    await removeUserIndicator(database, city, indicatorId);
  }, async (remote) => {
    await remote.removeIndicator(city, indicatorId);
  });
}
