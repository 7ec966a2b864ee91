/** chengmai worker: takes jobs from the queue of a server base, on this machine or another. */
import type { Command } from 'commander';
import { ChengmaiError } from '../core/errors.ts';
import { buildCommand, runAction, withBase } from './command.ts';
import type { CommonOptions } from './command.ts';

export function workerCommand(): Command {
  return buildCommand('worker', 'work on queued jobs of a server base (DATABASE_URL) 处理服务器数据库上的排队任务').action((options: CommonOptions) =>
    runAction(options, async (context) => {
      if (context.databaseUrl === undefined) {
        throw new ChengmaiError('input', 'cli/worker-needs-server', {
          zh: '内嵌数据库只能由一个进程打开；要用独立的工作进程，请用 DATABASE_URL 指定 PostgreSQL 服务器。',
          en: 'The embedded base is open in one process only; to run workers beside the server, name a PostgreSQL server in DATABASE_URL.',
        });
      }
      await withBase(context, async (base) => {
        const [{ startJobs }, { CHECKUP_JOBS }] = await Promise.all([import('../base/jobs.ts'), import('../checkup/job.ts')]);
        const jobs = await startJobs(base, { work: true, handlers: CHECKUP_JOBS });
        context.console.tell(context.console.say({ zh: '等待任务。Ctrl-C 结束。', en: 'Waiting for jobs. Ctrl-C ends.' }));
        await new Promise<void>((resolve) => {
          if (context.signal.aborted) resolve();
          context.signal.addEventListener('abort', () => resolve(), { once: true });
        });
        await jobs.stop();
      });
    }),
  );
}
