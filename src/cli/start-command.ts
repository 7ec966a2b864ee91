/** chengmai start: serves the pages and the interfaces; an empty base gets the sample city. */
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Jobs } from '../base/jobs.ts';
import type { Base } from '../base/open.ts';
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { WorkContext } from '../core/progress.ts';
import { Startup } from '../server/startup.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';

interface StartOptions extends CommonOptions {
  readonly host: string;
  readonly port: string;
  readonly token?: string;
  readonly sample: boolean;
  readonly work: boolean;
}

const SAMPLE_CITY = 'shifan';
const SAMPLE_NAME: Bilingual = { zh: '示范市', en: 'Shifan (sample city)' };

export function startCommand(): Command {
  return buildCommand('start', 'serve the pages and the interfaces 启动服务')
    .option('--host <address>', 'address to listen on; any but 127.0.0.1 needs a token 监听地址', '127.0.0.1')
    .option('--port <n>', 'port, 0 for any free one 端口', '8080')
    .option('--token <text>', 'access token that every request must carry (CHENGMAI_TOKEN) 访问令牌')
    .option('--no-sample', 'leave an empty base empty 不导入示范市')
    .option('--no-work', 'leave jobs to chengmai worker 不处理任务，留给 chengmai worker')
    .action((options: StartOptions) => runAction(options, (context) => runStart(context, options)));
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ChengmaiError('input', 'cli/port', { zh: `端口 ${text} 应为 0 到 65535 的整数。`, en: `The port ${text} must be a whole number from 0 to 65535.` }, { value: text });
}

/** Listens at once, so that the page can tell what the start-up is doing, then opens the base behind it. */
async function runStart(context: CommandContext, options: StartOptions): Promise<void> {
  const { console, signal } = context;
  const [{ serve }, { openBase }] = await Promise.all([import('../server/serve.ts'), import('../base/open.ts')]);
  const startup = new Startup();
  startup.report({ stage: 'open', text: { zh: '打开数据库', en: 'Opening the base' }, done: 0 });
  // The lock of the folder is tried before the port is taken: a second start must say whose folder it is.
  const opening = openBase({ dataDir: context.dataDir, databaseUrl: context.databaseUrl });
  opening.catch(() => {});
  const server = await serve({ startup, host: options.host, port: readPort(options.port), token: options.token ?? context.token, onFault: (error) => console.tell(String(error instanceof Error ? error.stack : error)) }).catch(async (error: unknown) => {
    await opening.then((base) => base.close(), () => {});
    throw error;
  });
  console.tell(console.say({ zh: `城脉 ${server.url}`, en: `Chengmai ${server.url}` }));
  let base: Base | undefined;
  let jobs: Jobs | undefined;
  try {
    base = await opening;
    base.announce(server.url);
    const [{ startJobs }, { CHECKUP_JOBS }] = await Promise.all([import('../base/jobs.ts'), import('../checkup/job.ts')]);
    jobs = await startJobs(base, { work: options.work, handlers: CHECKUP_JOBS });
    startup.open(base, jobs);
    console.result({ url: server.url, data: base.dataDir, base: base.kind }, [
      console.say({ zh: `数据目录 ${base.dataDir}${base.kind === 'server' ? '（缓存；数据在 PostgreSQL 服务器上）' : ''}`, en: `Data folder ${base.dataDir}${base.kind === 'server' ? ' (caches; the data are on the PostgreSQL server)' : ''}` }),
    ]);
    if (options.sample) await bringSample(base, jobs, { report: (progress) => { startup.report(progress); console.progress(progress); }, signal });
    startup.finish();
    console.tell(console.say({ zh: `就绪：${server.url} （Ctrl-C 停止）`, en: `Ready at ${server.url} (Ctrl-C stops)` }));
    if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  } finally {
    await server.stop();
    await jobs?.stop();
    await base?.close();
  }
}

/** Generates the sample city, imports it and has it checked up where the base holds no city, or where an earlier start was cut off doing so. */
async function bringSample(base: Base, jobs: Jobs, context: WorkContext): Promise<void> {
  const { createCity, listCities } = await import('../base/store/cities.ts');
  const cities = await listCities(base.database);
  const sample = cities.find((city) => city.cityId === SAMPLE_CITY);
  if (cities.length > 0 && sample === undefined) return;
  const before = await jobs.list({ cityId: SAMPLE_CITY });
  if (sample === undefined || sample.revision === 0) {
    await follow(pendingJob('import') ?? (await generateSample()));
    const { syncTable } = await import('../delivery/task-ledger.ts');
    if (!context.signal?.aborted) await syncTable(base, SAMPLE_CITY, { who: 'sample' });
    if (!context.signal?.aborted) await takeTasksOfOpinion(base);
  }
  // an earlier start may have been cut off between the two; whoever imported a city of that name himself is left alone
  else if (!before.some((job) => job.kind === 'import' && job.who === 'sample') || before.some((job) => job.kind === 'checkup' && pendingJob('checkup') === undefined)) return;
  // the map is ready now; the check-up goes on behind it and shows among the jobs
  if (!context.signal?.aborted && pendingJob('checkup') === undefined) await jobs.enqueue('checkup', SAMPLE_CITY, {}, 'sample');

  /** One that an earlier start left in the queue. */
  function pendingJob(kind: string): string | undefined {
    return before.find((job) => job.kind === kind && (job.state === 'queued' || job.state === 'running'))?.jobId;
  }

  async function follow(jobId: string): Promise<void> {
    for await (const job of jobs.watch(jobId, context.signal)) if (job.progress !== undefined) context.report?.(job.progress);
  }

  async function generateSample(): Promise<string> {
    const { writeSampleCity, DEFAULT_PERSONS, DEFAULT_SEED } = await import('../sample/write-city.ts');
    const { hashSource, writeFile } = await import('../base/store/files.ts');
    const { openFile } = await import('../import/byte-source.ts');
    const dir = join(base.dataDir, 'sample');
    const { todayInChina } = await import('../delivery/task-ledger.ts');
    const { files, policies } = await writeSampleCity(dir, { persons: DEFAULT_PERSONS, seed: DEFAULT_SEED, asOf: todayInChina() }, context);
    if (sample === undefined) await createCity(base.database, SAMPLE_CITY, SAMPLE_NAME);
    const stored: { sha256: string; options: object }[] = [];
    for (const { name } of files) {
      const source = await openFile(join(dir, name));
      try {
        const sha256 = await hashSource(source, context);
        await writeFile(base.database, SAMPLE_CITY, source, sha256, context);
        stored.push({ sha256, options: {} });
      } finally {
        await source.close();
      }
    }
    const { importPolicy } = await import('../delivery/policy-documents.ts');
    for (const { file, published } of policies) await importPolicy(base, SAMPLE_CITY, { bytes: await readFile(join(dir, 'policies', file)), fileName: file, publishedAt: published }, 'sample');
    rmSync(dir, { recursive: true, force: true });
    return jobs.enqueue('import', SAMPLE_CITY, { cityName: SAMPLE_NAME, files: stored }, 'sample');
  }
}

/** What an office does with a new document: tasks of the opinion that name a day or a figure can be checked and go into the ledger; those with a body and a day are given out. The rest, and the speech, are left to the reader. */
async function takeTasksOfOpinion(base: Base): Promise<void> {
  const [{ listVersions, getDocument }, { listProposals }, { createFromItems, editTasks }, { OPINION_FILE }] = await Promise.all([
    import('../delivery/store/documents.ts'), import('../delivery/review/items.ts'), import('../delivery/task-ledger.ts'), import('../sample/policy-texts.ts'),
  ]);
  const opinion = (await listVersions(base.database, SAMPLE_CITY)).find(({ fileName }) => fileName === OPINION_FILE);
  if (opinion === undefined) return;
  const { reading } = await getDocument(base.database, SAMPLE_CITY, opinion.documentId);
  const asked = listProposals(reading).filter(({ kind, fields }) => kind === 'task' && (fields.deadline !== null || /\d/.test(fields.title)));
  const { tasks } = await createFromItems(base, SAMPLE_CITY, opinion.documentId, asked.map(({ itemId }) => itemId), { who: 'sample' });
  await editTasks(base, SAMPLE_CITY, tasks.filter(({ lead, deadline }) => lead.length > 0 && deadline !== null).map(({ taskId }) => taskId), { state: 'open' }, { who: 'sample' });
}
