/** 佐证材料: the files that the progress of a task names as evidence. */
import { createHash } from 'node:crypto';
import type { Database, Session } from '../../base/database.ts';
import { ChengmaiError } from '../../core/errors.ts';
import type { EvidenceFile } from '../api.ts';
import { freeName } from '../ledger/free-name.ts';
import { holdCity, lockTasks } from './tasks.ts';

/** Files a task may have: more than a person looks through. */
export const MOST_EVIDENCE_FILES = 200;
const COLUMNS = 'name, size_bytes as "sizeBytes", sha256, who, at';

const fileOf = ({ at, ...file }: Omit<EvidenceFile, 'at'> & { at: Date }): EvidenceFile => ({ ...file, at: new Date(at).toISOString() });

/** By time, the first one first. */
export async function listEvidence(database: Session, cityId: string, taskId: string): Promise<EvidenceFile[]> {
  return (await database.query<Omit<EvidenceFile, 'at'> & { at: Date }>(`select ${COLUMNS} from task_file where city_id = $1 and task_id = $2 order by at, name`, [cityId, taskId])).map(fileOf);
}

/**
 * Keeps a file with a task. A file of the same name and bytes is the same file; one of the same name and other bytes gets a number behind its name.
 *
 * @throws ChengmaiError not-found `base/no-city`, `delivery/no-task`; conflict `delivery/too-many-files`
 */
export async function addEvidence(database: Database, cityId: string, taskId: string, { name, bytes, who }: { readonly name: string; readonly bytes: Uint8Array; readonly who: string }): Promise<EvidenceFile> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return database.transaction(async (session) => {
    await holdCity(session, cityId);
    await lockTasks(session, cityId, [taskId]);
    const files = await listEvidence(session, cityId, taskId);
    const same = files.find((file) => file.name === name && file.sha256 === sha256);
    if (same !== undefined) return same;
    if (files.length >= MOST_EVIDENCE_FILES) throw new ChengmaiError('conflict', 'delivery/too-many-files', { zh: `任务 ${taskId} 已有 ${files.length} 个佐证文件，不能再添加；请打包后上传，或删除不用的文件。`, en: `Task ${taskId} has ${files.length} files of evidence, which is all it may have; pack several into one, or delete what is not needed.` }, { value: taskId });
    const [row] = await session.query<Omit<EvidenceFile, 'at'> & { at: Date }>(
      // base64 text, as in base/store/files.ts: drivers encode bytea parameters byte by byte
      `insert into task_file (city_id, task_id, name, size_bytes, sha256, bytes, who, at) values ($1, $2, $3, $4, $5, decode($6, 'base64'), $7, now()) returning ${COLUMNS}`,
      [cityId, taskId, freeName(name, new Set(files.map((file) => file.name))), bytes.byteLength, sha256, Buffer.from(bytes).toString('base64'), who],
    );
    return fileOf(row);
  });
}

function noFile(taskId: string, name: string): ChengmaiError {
  return new ChengmaiError('not-found', 'delivery/no-evidence', { zh: `任务 ${taskId} 没有佐证文件“${name}”；请刷新任务。`, en: `Task ${taskId} has no file "${name}"; load the task again.` }, { value: name });
}

/** @throws ChengmaiError not-found `delivery/no-evidence` */
export async function getEvidence(database: Session, cityId: string, taskId: string, name: string): Promise<Uint8Array> {
  const [row] = await database.query<{ bytes: Uint8Array }>('select bytes from task_file where city_id = $1 and task_id = $2 and name = $3', [cityId, taskId, name]);
  if (row === undefined) throw noFile(taskId, name);
  return row.bytes;
}

/** Deletes a file that no progress entry names. @throws ChengmaiError not-found `base/no-city`, `delivery/no-task`, `delivery/no-evidence`; conflict `delivery/evidence-in-use` */
export async function deleteEvidence(database: Database, cityId: string, taskId: string, name: string): Promise<void> {
  await database.transaction(async (session) => {
    await holdCity(session, cityId);
    const [task] = await lockTasks(session, cityId, [taskId]);
    if (task.progress.some(({ evidence }) => evidence.includes(name))) throw new ChengmaiError('conflict', 'delivery/evidence-in-use', { zh: `“${name}”是进展中的佐证，不能删除；可撤销那次进展后再删。`, en: `"${name}" is evidence of a progress entry; undo that entry first.` }, { value: name });
    if ((await session.query('delete from task_file where city_id = $1 and task_id = $2 and name = $3 returning name', [cityId, taskId, name])).length === 0) throw noFile(taskId, name);
  });
}
