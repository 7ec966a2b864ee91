import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { JobEvent, JobJson, JobList, JobStarted } from '../../base/api.ts';
import { getJson, sendJson } from '../api/client.ts';

/** The import and undo jobs of the server, as fresh as its events. */
export interface Jobs {
  /** Newest first. */
  readonly jobs: readonly JobJson[];
  readonly runningCount: number;
  /** Grows whenever a job of the city ends: what depends on the city's data asks again. */
  versionOf(cityId: string | undefined): number;
  find(jobId: string): JobJson | undefined;
  /** Follows a job that was just started. */
  follow(jobId: string): void;
  cancel(jobId: string): Promise<void>;
  retry(jobId: string): Promise<string>;
  reload(): void;
}

const JobsContext = createContext<Jobs | undefined>(undefined);

export function isActive(job: Pick<JobJson, 'state'>): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** Other programs start jobs too (the command line); a glance now and then finds them. */
const GLANCE_MS = 15_000;

export function JobsProvider({ children }: { children: ReactNode }) {
  const [jobs, setJobs] = useState<readonly JobJson[]>([]);
  const [versions, setVersions] = useState<Readonly<Record<string, number>>>({});
  const streams = useRef(new Map<string, EventSource>());
  const seenActive = useRef(new Set<string>());

  const take = useCallback((job: JobJson) => {
    setJobs((before) => {
      const others = before.filter((one) => one.jobId !== job.jobId);
      return [job, ...others].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    });
    if (isActive(job)) {
      seenActive.current.add(job.jobId);
    } else if (seenActive.current.delete(job.jobId) && job.cityId !== null) {
      const { cityId } = job;
      setVersions((before) => ({ ...before, [cityId]: (before[cityId] ?? 0) + 1 }));
    }
  }, []);

  const follow = useCallback(
    (jobId: string) => {
      if (streams.current.has(jobId)) return;
      seenActive.current.add(jobId);
      const stream = new EventSource(`/api/jobs/${encodeURIComponent(jobId)}/events`);
      streams.current.set(jobId, stream);
      const end = (): void => {
        stream.close();
        streams.current.delete(jobId);
      };
      stream.addEventListener('job', (event: MessageEvent<string>) => {
        const job = JSON.parse(event.data) as JobEvent;
        take(job);
        if (!isActive(job)) end();
      });
      stream.addEventListener('error', () => {
        // the stream of a finished job simply ends; ask once how it stands, and let the glance take over otherwise
        end();
        getJson<JobJson>(`/api/jobs/${encodeURIComponent(jobId)}`).then(take, () => undefined);
      });
    },
    [take],
  );

  const reload = useCallback(() => {
    getJson<JobList>('/api/jobs').then(
      (list) => {
        for (const job of list.jobs) {
          take(job);
          if (isActive(job)) follow(job.jobId);
        }
      },
      () => undefined,
    );
  }, [follow, take]);

  useEffect(() => {
    const open = streams.current;
    reload();
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, GLANCE_MS);
    return () => {
      window.clearInterval(timer);
      for (const stream of open.values()) stream.close();
      open.clear();
    };
  }, [reload]);

  const value = useMemo<Jobs>(
    () => ({
      jobs,
      runningCount: jobs.filter(isActive).length,
      versionOf: (cityId) => (cityId === undefined ? 0 : (versions[cityId] ?? 0)),
      find: (jobId) => jobs.find((job) => job.jobId === jobId),
      follow,
      async cancel(jobId) {
        await sendJson('POST', `/api/jobs/${encodeURIComponent(jobId)}/cancel`);
      },
      async retry(jobId) {
        const started = await sendJson<JobStarted>('POST', `/api/jobs/${encodeURIComponent(jobId)}/retry`);
        follow(started.jobId);
        return started.jobId;
      },
      reload,
    }),
    [jobs, versions, follow, reload],
  );
  return <JobsContext value={value}>{children}</JobsContext>;
}

export function useJobs(): Jobs {
  const jobs = useContext(JobsContext);
  if (jobs === undefined) throw new Error('useJobs outside JobsProvider');
  return jobs;
}
