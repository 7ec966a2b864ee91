/** chengmai cities, batches, undo, delete: what the base holds, and taking things back. */
import type { Command } from 'commander';
import { ChengmaiError } from '../core/errors.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommonOptions } from './command.ts';
import { hereOrThere } from './here-or-there.ts';

export function citiesCommand(): Command {
  return buildCommand('cities', 'list the cities 列出城市').action((options: CommonOptions) =>
    runAction(options, async (context) => {
      const { listCities } = await import('../base/store/cities.ts');
      const cities = await hereOrThere(
        context,
        async (base) => (await listCities(base.database)).map(({ cityId, name, revision }) => ({ cityId, name, revision })),
        async (remote) => (await remote.listCities()).cities.map(({ cityId, name, revision }) => ({ cityId, name, revision })),
      );
      const lines = cities.map((city) => `${city.cityId}\t${context.console.say(city.name)}\t${context.console.say({ zh: '版本', en: 'revision' })} ${city.revision}`);
      context.console.result({ cities }, lines.length > 0 ? lines : [context.console.say({ zh: '还没有城市。用 chengmai import 导入文件。', en: 'There is no city yet. Import files with chengmai import.' })]);
    }),
  );
}

export function batchesCommand(): Command {
  return buildCommand('batches', 'list what was imported into a city 列出城市的导入批次')
    .argument('<city>')
    .action((city: string, options: CommonOptions) =>
      runAction(options, async (context) => {
        const { listBatches } = await import('../base/store/batches.ts');
        const { getCity } = await import('../base/store/cities.ts');
        const batches = await hereOrThere(
          context,
          async (base) => {
            await getCity(base.database, city);
            return (await listBatches(base.database, city)).map(({ batchId, fileName, format, state, kept }) => ({ batchId, fileName, format, state, kept }));
          },
          async (remote) => (await remote.listBatches(city)).batches.map(({ batchId, fileName, format, state, kept }) => ({ batchId, fileName, format, state, kept })),
        );
        context.console.result({ cityId: city, batches }, batches.map((batch) => `${batch.batchId}\t${batch.format}\t${batch.fileName}\t${batch.state}\t${Object.values(batch.kept).reduce((a, b) => a + b, 0)}`));
      }),
    );
}

export function undoCommand(): Command {
  return buildCommand('undo', 'take a batch back; what it replaced returns 撤销一个批次')
    .argument('<city>')
    .argument('<batch>', 'number of the batch, see chengmai batches 批次号')
    .action((city: string, batch: string, options: CommonOptions) =>
      runAction(options, async (context) => {
        const batchId = Number(batch);
        if (!Number.isInteger(batchId) || batchId < 1) {
          throw new ChengmaiError('input', 'cli/batch', { zh: `批次号 ${batch} 不是正整数。`, en: `The batch ${batch} is not a whole number above 0.` }, { value: batch });
        }
        const { undoBatch } = await import('../base/run.ts');
        const work = { report: context.console.progress, signal: context.signal };
        const revision = await hereOrThere(
          context,
          async (base) => (await undoBatch(base, city, batchId, 'cli', work)).revision,
          async (remote) => {
            await remote.followJob((await remote.undoBatch(city, batchId)).jobId, work);
            return (await remote.getCity(city)).revision;
          },
        );
        context.console.result({ cityId: city, batchId, revision }, [context.console.say({ zh: `批次 ${batchId} 已撤销；城市 ${city} 现为第 ${revision} 版。`, en: `Batch ${batchId} was taken back; city ${city} is at revision ${revision}.` })]);
      }),
    );
}

export function deleteCommand(): Command {
  return buildCommand('delete', 'delete a city with everything in it 删除城市及其全部数据')
    .argument('<city>')
    .requiredOption('--yes', 'really do it 确认删除')
    .action((city: string, options: CommonOptions) =>
      runAction(options, async (context) => {
        const { deleteCity } = await import('../base/store/cities.ts');
        await hereOrThere(
          context,
          (base) => deleteCity(base.database, city),
          async (remote) => {
            await remote.deleteCity(city);
          },
        );
        context.console.result({ cityId: city, deleted: true }, [context.console.say({ zh: `城市 ${city} 已删除。`, en: `City ${city} was deleted.` })]);
      }),
    );
}
