/** chengmai import CITY FILE…: files become a city, or a newer edition of it. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { checkCityId } from '../base/city-id.ts';
import type { Base } from '../base/open.ts';
import type { FileState } from '../base/import-file.ts';
import type { ImportSummary } from '../base/run.ts';
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { ImportOptions } from '../import/model.ts';
import { openFile } from '../import/byte-source.ts';
import { checkImportOptions } from '../import/check-options.ts';
import { buildCommand, runAction, withBase } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { formatPlace } from './console.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { RemoteBase } from './remote.ts';

interface ImportCommandOptions extends CommonOptions {
  readonly name?: string;
  readonly crs?: string;
  readonly encoding?: string;
  readonly contract?: string;
  readonly column?: string[];
  readonly member?: string;
  readonly layer?: string;
  readonly group?: string;
  readonly level?: string;
}

export function importCommand(): Command {
  return buildCommand('import', 'import files into a city, which is made where it does not exist 将文件导入城市（不存在则新建）')
    .argument('<city>', 'id of the city: lower-case letters, digits, dashes 城市标识')
    .argument('<files...>', 'OSM PBF, GTFS, GeoJSON, GeoPackage, Shapefile zip, CSV/TSV/XLSX, GeoTIFF')
    .option('--name <text>', 'name of a new city 新城市名称')
    .option('--crs <crs>', 'where the coordinates are: EPSG:4490, GCJ-02, BD-09, EPSG:4547, a proj string … 坐标系')
    .option('--encoding <name>', 'text encoding of tables: utf-8, gb18030 … 文本编码')
    .option('--contract <name>', 'which registry table this is: buildings, facilities … 数据约定')
    .option('--column <role=name...>', 'which column plays which role 列对应关系')
    .option('--member <name>', 'sheet, table or member to read 工作表、图层或压缩包成员')
    .option('--layer <id>', 'layer the features go to 目标图层')
    .option('--group <name>', 'what population numbers count: total, 65+, 65+/f … 人口分组')
    .option('--level <level>', 'level of place that the areas are 空间单元层级')
    .addHelpText('after', '\nOptions about contents apply to every file of the call. 内容选项对本次所有文件生效。')
    .action((city: string, files: string[], options: ImportCommandOptions) => runAction(options, (context) => runImportCommand(context, city, files, options)));
}

export function readImportOptions(options: ImportCommandOptions): ImportOptions {
  const columns = Object.fromEntries(
    (options.column ?? []).map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) {
        throw new ChengmaiError('input', 'cli/column', { zh: `--column ${pair} 不是 角色=列名 的形式。`, en: `--column ${pair} is not of the form role=name.` }, { value: pair });
      }
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  return {
    ...(options.crs !== undefined && { crs: options.crs }),
    ...(options.encoding !== undefined && { encoding: options.encoding }),
    ...(options.contract !== undefined && { contract: options.contract as NonNullable<ImportOptions['contract']> }),
    ...(options.member !== undefined && { member: options.member }),
    ...(options.layer !== undefined && { layer: options.layer as NonNullable<ImportOptions['layer']> }),
    ...(options.group !== undefined && { group: options.group }),
    ...(options.level !== undefined && { level: options.level as NonNullable<ImportOptions['level']> }),
    ...(options.column !== undefined && { columns }),
  };
}

/** Names that cannot be read end the command before anything is opened, made or sent. */
async function checkFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) await (await openFile(path)).close();
}

async function runImportCommand(context: CommandContext, city: string, paths: readonly string[], options: ImportCommandOptions): Promise<number> {
  const importOptions = readImportOptions(options);
  checkCityId(city);
  checkImportOptions(importOptions);
  await checkFiles(paths);
  let summary: ImportSummary;
  try {
    summary = await withBase(context, (base) => importHere(context, base, city, paths, options.name, importOptions));
  } catch (error) {
    const url = error instanceof ChengmaiError && error.code === 'base/in-use' ? error.place.value : undefined;
    if (url === undefined) throw error;
    context.console.tell(context.console.say({ zh: `数据目录正由 ${url} 使用，文件将发送到该服务。`, en: `The data folder is in use by ${url}; the files are sent there.` }));
    summary = await importThere(context, new RemoteBase(url, context.token), city, paths, options.name, importOptions);
  }
  context.console.result(summary, summarise(context, summary));
  return summary.files.some((file) => file.state === 'failed') ? EXIT_CODES.input : EXIT_CODES.done;
}

async function importHere(context: CommandContext, base: Base, city: string, paths: readonly string[], name: string | undefined, options: ImportOptions): Promise<ImportSummary> {
  const { runImport } = await import('../base/run.ts');
  const sources = await Promise.all(paths.map((path) => openFile(path)));
  try {
    return await runImport(
      base,
      { cityId: city, ...(name !== undefined && { cityName: { zh: name, en: name } }), files: sources.map((source) => ({ source, options })), who: 'cli' },
      { report: (progress) => context.console.progress(progress), signal: context.signal },
    );
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}

async function importThere(context: CommandContext, remote: RemoteBase, city: string, paths: readonly string[], name: string | undefined, options: ImportOptions): Promise<ImportSummary> {
  const isNew = await remote.ensureCity(city, name ?? city);
  try {
    const files: { sha256: string; options: ImportOptions }[] = [];
    for (const [i, path] of paths.entries()) {
      throwIfCancelled(context.signal);
      context.console.progress({ stage: 'upload', text: { zh: '发送文件', en: 'Sending files' }, done: i, total: paths.length });
      const upload = await remote.upload(city, path, basename(path));
      files.push({ sha256: upload.sha256, options });
    }
    const { jobId } = await remote.startImport(city, { files });
    const job = await remote.followJob(jobId, { report: (progress) => context.console.progress(progress), signal: context.signal });
    return job.result as ImportSummary;
  } finally {
    if (isNew) await remote.deleteIfEmpty(city).catch(() => {});
  }
}

const STATES: Readonly<Record<FileState, Bilingual>> = {
  imported: { zh: '已导入', en: 'imported' },
  replaced: { zh: '已替换旧版', en: 'replaced the earlier edition' },
  unchanged: { zh: '内容未变', en: 'unchanged' },
  failed: { zh: '失败', en: 'failed' },
};

function formatCounts(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).filter(([, n]) => n > 0);
  return entries.map(([what, n]) => `${what} ${n.toLocaleString('en')}`).join(', ') || '–';
}

function summarise({ console }: CommandContext, summary: ImportSummary): string[] {
  const lines: string[] = [];
  for (const file of summary.files) {
    lines.push(`${file.fileName}: ${console.say(STATES[file.state])}${file.format === undefined ? '' : ` (${file.format}${file.crs === undefined ? '' : `, ${file.crs}${file.crsGuessed ? '?' : ''}`})`}`);
    if (file.state === 'failed' && file.error !== undefined) {
      const place = formatPlace(file.error.place, console.language);
      lines.push(`  ✖ ${console.say(file.error.text)}${place === '' ? '' : ` (${place})`} [${file.error.code}]`);
    } else if (file.state !== 'unchanged') {
      lines.push(`  ${console.say({ zh: '读到', en: 'read' })}: ${formatCounts(file.seen)}`, `  ${console.say({ zh: '保留', en: 'kept' })}: ${formatCounts(file.kept)}`);
    }
    if (!console.json) for (const note of file.notes) lines.push(`  ${note.level}: ${console.say(note.text)} ×${note.count} [${note.code}]`, ...note.examples.slice(0, 2).map((place) => `      ${formatPlace(place, console.language)}`));
  }
  if (summary.derived !== undefined) {
    lines.push(`${console.say({ zh: '推导', en: 'derived' })}: ${formatCounts(summary.derived.kept)}`);
    for (const note of summary.derived.notes) lines.push(`  ${note.level}: ${console.say(note.text)} ×${note.count} [${note.code}]`);
  }
  lines.push(console.say({ zh: `城市 ${summary.cityId} 现为第 ${summary.revision} 版。`, en: `City ${summary.cityId} is at revision ${summary.revision}.` }));
  return lines;
}
