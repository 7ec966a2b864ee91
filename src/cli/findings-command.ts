/** chengmai findings CITY: the ledger on screen, as a workbook, and the edited workbook back in. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { FindingList, LedgerImport, LedgerImportList, LedgerUndone } from '../checkup/api.ts';
import { headerOfField } from '../checkup/findings/ledger-columns.ts';
import { EXTENT_WORDS, KIND_WORDS, STAGE_WORDS } from '../checkup/findings/ledger-words.ts';
import { ChengmaiError } from '../core/errors.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { hereOrThere } from './here-or-there.ts';
import { checkOutput, writeWhole } from './table-output.ts';

interface FindingsOptions extends CommonOptions {
  readonly stage?: string;
  readonly kind?: 'time-limited' | 'best-effort';
  readonly indicator?: string;
  readonly place?: string;
  readonly output?: string;
  readonly import?: string;
  readonly dry?: boolean;
  /** `true`: the latest. */
  readonly undo?: string | true;
  readonly imports?: boolean;
}

/** Shown on screen; the workbook has all. */
const SHOWN = 40;

export function findingsCommand(): Command {
  return buildCommand('findings', 'the ledger of findings, as a workbook and back 问题台账')
    .argument('<city>', 'id of the city 城市标识')
    .addOption(new Option('--stage <stage>', 'ledger, listed, rectification, rectified, rejected, lapsed 办理阶段').choices(Object.keys(STAGE_WORDS)))
    .addOption(new Option('--kind <kind>', 'time-limited or best-effort 限时/尽力').choices(['time-limited', 'best-effort']))
    .option('--indicator <id>', 'of one indicator 指标')
    .option('--place <id>', 'of one place 空间单元')
    .option('-o, --output <file.xlsx>', 'the three lists as a workbook 导出工作簿')
    .option('--import <file.xlsx>', 'take over what was edited in a workbook 导入修改后的工作簿')
    .option('--dry', 'with --import: say what would change, change nothing 仅预览')
    .option('--undo [import]', 'take an imported workbook back as a whole, the latest unless its number is given 撤销工作簿导入')
    .option('--imports', 'the workbooks that were imported, with their numbers 导入记录')
    .action((city: string, options: FindingsOptions) =>
      runAction(options, async (context) => {
        if (options.import !== undefined) return bringBack(context, city, options.import, options.dry === true);
        if (options.undo !== undefined) return takeBack(context, city, options.undo);
        if (options.imports === true) return showImports(context, city);
        if (options.output !== undefined) return takeOut(context, city, options);
        return show(context, city, options);
      }),
    );
}

function filterOf({ stage, kind, indicator, place }: FindingsOptions): { stage?: string[]; kind?: string; indicator?: string; place?: string } {
  return { ...(stage !== undefined && { stage: [stage] }), ...(kind !== undefined && { kind }), ...(indicator !== undefined && { indicator }), ...(place !== undefined && { place }) };
}

function queryOf(options: FindingsOptions): URLSearchParams {
  return new URLSearchParams(Object.entries(filterOf(options)).map(([name, value]) => [name, String(value)]));
}

async function show(context: CommandContext, city: string, options: FindingsOptions): Promise<void> {
  const { console } = context;
  const limit = console.json ? 10_000 : SHOWN;
  const { total, findings } = await hereOrThere(
    context,
    async (base): Promise<FindingList> => {
      const { getCity } = await import('../base/store/cities.ts');
      const { listFindings } = await import('../checkup/store/ledger.ts');
      await getCity(base.database, city);
      return listFindings(base.database, city, filterOf(options), { limit });
    },
    (remote) => {
      const query = queryOf(options);
      query.set('limit', String(limit));
      return remote.listFindings(city, query.toString());
    },
  );
  const lines = findings.map((row) => `${row.severity}\t${console.say(EXTENT_WORDS[row.extent])}\t${console.say(KIND_WORDS[row.kind])}\t${console.say(STAGE_WORDS[row.stage])}\t${console.say(row.problem)}`);
  const more = total > findings.length ? [console.say({ zh: `共 ${total} 条，其余用 -o 导出工作簿。`, en: `${total} in all; -o writes a workbook with all of them.` })] : [];
  console.result({ cityId: city, total, findings }, total === 0 ? [console.say({ zh: '台账中没有符合条件的问题。', en: 'The ledger has no such finding.' })] : [...lines, ...more]);
}

async function takeOut(context: CommandContext, city: string, options: FindingsOptions): Promise<void> {
  const { console } = context;
  const path = options.output ?? '';
  if (!/\.xlsx$/i.test(path)) throw new ChengmaiError('input', 'cli/output-format', { zh: `输出文件 ${path} 应以 .xlsx 结尾。`, en: `The output ${path} must end in .xlsx.` }, { file: path });
  await checkOutput(path, []);
  const bytes = await hereOrThere(
    context,
    async (base) => {
      const { getCity } = await import('../base/store/cities.ts');
      const { listFindings } = await import('../checkup/store/ledger.ts');
      const { writeLedgerWorkbook } = await import('../checkup/ledger-workbook.ts');
      await getCity(base.database, city);
      return writeLedgerWorkbook((await listFindings(base.database, city, filterOf(options), { order: 'indicator' })).findings, console.language);
    },
    (remote) => {
      const query = queryOf(options);
      query.set('lang', console.language);
      return remote.getBytes(`/api/cities/${city}/checkups/latest/findings.xlsx?${query}`);
    },
  );
  await writeWhole(path, bytes);
  console.result({ cityId: city, file: path, sizeBytes: bytes.length }, [console.say({ zh: `问题台账已写入 ${path}。`, en: `The ledger is in ${path}.` })]);
}

async function bringBack(context: CommandContext, city: string, path: string, dry: boolean): Promise<void> {
  const { console } = context;
  const answer = await hereOrThere(
    context,
    async (base): Promise<LedgerImport> => {
      const { importLedger } = await import('../checkup/import-ledger.ts');
      const bytes = await readFile(path).catch((cause: unknown) => {
        throw new ChengmaiError('input', 'cli/cannot-read', { zh: `无法读取 ${path}；请检查路径。`, en: `${path} cannot be read; check the path.` }, { file: path }, cause);
      });
      return importLedger(base, city, new Uint8Array(bytes), basename(path), { dry, who: 'cli' });
    },
    (remote) => remote.importFindings(city, path, basename(path), dry),
  );
  for (const note of answer.notes) console.note(note);
  const changes = answer.edits.map(({ findingId, edit }) => `${findingId}\t${[...new Set(Object.keys(edit).map((field) => console.say(headerOfField(field))))].join(console.say({ zh: '、', en: ', ' }))}`);
  console.result({ cityId: city, file: path, dry, ...answer }, [
    ...changes,
    dry
      ? console.say({ zh: `读取 ${answer.rows} 行，将修改 ${answer.edits.length} 条问题（预览，未写入）。`, en: `${answer.rows} rows read; ${answer.edits.length} findings would change (nothing was written).` })
      : console.say({ zh: `读取 ${answer.rows} 行，修改了 ${answer.changed} 条问题。`, en: `${answer.rows} rows read; ${answer.changed} findings changed.` }),
    ...(answer.importId === null ? [] : [console.say({ zh: `导入编号 ${answer.importId}；撤销：chengmai findings ${city} --undo ${answer.importId}`, en: `This is import ${answer.importId}; undo it with: chengmai findings ${city} --undo ${answer.importId}` })]),
  ]);
}

async function readImports(context: CommandContext, city: string): Promise<LedgerImportList> {
  return hereOrThere(
    context,
    async (base) => {
      const { getCity } = await import('../base/store/cities.ts');
      const { listLedgerImports } = await import('../checkup/store/ledger-imports.ts');
      await getCity(base.database, city);
      const rows = await listLedgerImports(base.database, city);
      return { imports: rows.map((row) => ({ ...row, at: new Date(row.at).toISOString(), undoneAt: row.undoneAt === null ? null : new Date(row.undoneAt).toISOString() })) };
    },
    (remote) => remote.listLedgerImports(city),
  );
}

async function showImports(context: CommandContext, city: string): Promise<void> {
  const { console } = context;
  const { imports } = await readImports(context, city);
  const none = console.say({ zh: '台账还没有导入过工作簿。', en: 'No workbook has been imported into the ledger.' });
  const undone = console.say({ zh: '已撤销', en: 'undone' });
  console.result({ cityId: city, imports }, imports.length === 0 ? [none] : imports.map((one) => [one.importId, `${one.at.slice(0, 16).replace('T', ' ')} UTC`, one.who, one.file, one.findings, one.undoneAt === null ? '' : undone].join('\t')));
}

async function takeBack(context: CommandContext, city: string, wanted: string | true): Promise<void> {
  const { console } = context;
  if (wanted !== true && !/^[1-9]\d{0,8}$/.test(wanted)) throw new ChengmaiError('input', 'cli/bad-import', { zh: `--undo ${wanted} 不是导入编号；用 --imports 查看编号。`, en: `--undo ${wanted} is no number of an import; --imports lists them.` }, { value: wanted });
  const importId = wanted === true ? (await readImports(context, city)).imports.find(({ undoneAt }) => undoneAt === null)?.importId : Number(wanted);
  if (importId === undefined) throw new ChengmaiError('not-found', 'checkup/no-ledger-import', { zh: '台账没有可以撤销的工作簿导入。', en: 'The ledger has no workbook import to undo.' }, { value: city });
  const undone = await hereOrThere(
    context,
    async (base): Promise<LedgerUndone> => {
      const { getCity } = await import('../base/store/cities.ts');
      const { undoLedgerImport } = await import('../checkup/store/ledger-imports.ts');
      await getCity(base.database, city);
      return { importId, ...(await undoLedgerImport(base.database, city, importId, 'cli')) };
    },
    (remote) => remote.undoLedgerImport(city, importId),
  );
  console.result({ cityId: city, ...undone }, [console.say({ zh: `已撤销工作簿 ${undone.file} 的导入，${undone.findings} 条问题恢复原样。`, en: `The import of ${undone.file} is undone; ${undone.findings} findings are as they were.` })]);
}
