/** Files of evidence: brought while progress is reported, fetched where an entry names them. */
import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useRef, useState } from 'react';
import type { Bilingual } from '../../core/bilingual.ts';
import type { EvidenceFile } from '../../delivery/api.ts';
import { cityPath, sendBytes, sendDelete } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';

interface Owner {
  readonly cityId: string;
  readonly taskId: string;
}

export interface EvidenceUploads {
  readonly files: readonly EvidenceFile[];
  /** Files on their way. */
  readonly pending: readonly string[];
  readonly problems: readonly Bilingual[];
  add(chosen: readonly File[]): Promise<void>;
  remove(name: string): Promise<void>;
  /** Takes everything back that was brought: the report was not sent. */
  discard(): Promise<void>;
}

/** The files that a report in the making brings along. */
export function useEvidenceUploads({ cityId, taskId }: Owner): EvidenceUploads {
  const [files, setFiles] = useState<readonly EvidenceFile[]>([]);
  const [pending, setPending] = useState<readonly string[]>([]);
  const [problems, setProblems] = useState<readonly Bilingual[]>([]);
  const add = async (chosen: readonly File[]): Promise<void> => {
    setProblems([]);
    setPending(chosen.map(({ name }) => name));
    for (const file of chosen) {
      try {
        const kept = await sendBytes<EvidenceFile>(`${cityPath(cityId, 'tasks', taskId, 'files')}?name=${encodeURIComponent(file.name)}`, file, 'application/octet-stream');
        setFiles((list) => [...list.filter(({ name }) => name !== kept.name), kept]);
      } catch (error) {
        const { text } = asRequestError(error);
        setProblems((list) => [...list, { zh: `${file.name}：${text.zh}`, en: `${file.name}: ${text.en}` }]);
      } finally {
        setPending((list) => list.slice(1));
      }
    }
  };
  const remove = async (name: string): Promise<void> => {
    setFiles((list) => list.filter((file) => file.name !== name));
    // a file that an earlier entry names stays with the task
    await sendDelete(cityPath(cityId, 'tasks', taskId, 'files', name)).catch(() => undefined);
  };
  return { files, pending, problems, add, remove, discard: async () => { for (const { name } of files) await remove(name); } };
}

export function EvidencePicker({ uploads }: { uploads: EvidenceUploads }) {
  const { t, f, pick } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? 'evidence-picker bulk-wide over' : 'evidence-picker bulk-wide'}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); void uploads.add([...event.dataTransfer.files]); }}
    >
      <input ref={input} type="file" multiple className="evidence-input" tabIndex={-1} aria-hidden="true" aria-label={t.tasks.evidenceFiles} onChange={({ target }) => { void uploads.add([...(target.files ?? [])]); target.value = ''; }} />
      <Button size="small" icon={<PaperClipOutlined />} loading={uploads.pending.length > 0} onClick={() => input.current?.click()}>{uploads.pending.length > 0 ? t.tasks.evidenceSending(uploads.pending[0]) : t.tasks.evidenceFiles}</Button>
      <small className="quiet">{t.tasks.evidenceFilesHint}</small>
      {uploads.files.length > 0 && (
        <ul className="task-evidence">
          {uploads.files.map(({ name, sizeBytes }) => (
            <li key={name}>{name} <small className="quiet">{f.bytes(sizeBytes)}</small> <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t.tasks.removeEvidence(name)} onClick={() => void uploads.remove(name)} /></li>
          ))}
        </ul>
      )}
      {uploads.problems.map((problem) => <Alert key={problem.en} type="error" showIcon title={pick(problem)} />)}
    </div>
  );
}

const ADDRESS = /^https?:\/\/\S+$/;

/** What an entry names as evidence: its file where the task has it, its page where it is an address, else its words. */
export function EvidenceList({ cityId, taskId, names, files }: Owner & { names: readonly string[]; files: readonly EvidenceFile[] }) {
  const { t, f } = useSpeech();
  const known = new Map(files.map((file) => [file.name, file]));
  return (
    <ul className="task-evidence" aria-label={t.tasks.evidence}>
      {names.map((name, n) => {
        const file = known.get(name);
        if (file !== undefined) return <li key={n}><a href={cityPath(cityId, 'tasks', taskId, 'files', name)} download={name}>{name}</a> <small className="quiet">{f.bytes(file.sizeBytes)}</small></li>;
        return <li key={n}>{ADDRESS.test(name) ? <a href={name} target="_blank" rel="noreferrer">{name}</a> : name}</li>;
      })}
    </ul>
  );
}
