import { Skeleton, Tag } from 'antd';
import type { z } from 'zod';
import type { BatchJson, RevisionJson, revisionListSchema } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';

interface RevisionsListProps {
  readonly cityId: string;
  readonly batches: readonly BatchJson[];
  readonly version: number;
  readonly onOpen: (batchId: number) => void;
}

/** Every change of the city, newest first, with what came and what went. */
export function RevisionsList({ cityId, batches, version, onOpen }: RevisionsListProps) {
  const { t, f } = useSpeech();
  const { data, error, reload } = useResource<z.infer<typeof revisionListSchema>>(cityPath(cityId, 'revisions'), version);
  if (error !== undefined) return <ProblemAlert problem={error} onRetry={reload} />;
  if (data === undefined) return <Skeleton active />;
  const revisions = data.revisions.toSorted((a, b) => b.revision - a.revision);
  const fileOf = (id: number): BatchJson | undefined => batches.find((batch) => batch.batchId === id && batch.kind === 'file');
  return (
    <ol className="revisions">
      {revisions.map((revision, index) => {
        const before: RevisionJson | undefined = revisions[index + 1];
        const added = revision.batches.filter((id) => before?.batches.includes(id) !== true && fileOf(id) !== undefined);
        const removed = (before?.batches ?? []).filter((id) => !revision.batches.includes(id) && fileOf(id) !== undefined);
        return (
          <li key={revision.revision} className="revision">
            <span className="revision-number">{f.integer(revision.revision)}</span>
            <div>
              <p>
                <strong>{t.data.actionName[revision.action]}</strong> {revision.revision === data.current && <Tag color="success">{t.data.current}</Tag>}
                <span className="quiet">
                  {f.dateTime(revision.createdAt)} · {revision.who}
                </span>
              </p>
              <ul>
                {added.map((id) => (
                  <Change key={id} sign="+" id={id} name={fileOf(id)?.fileName ?? ''} onOpen={onOpen} />
                ))}
                {removed.map((id) => (
                  <Change key={id} sign="−" id={id} name={fileOf(id)?.fileName ?? ''} onOpen={onOpen} />
                ))}
              </ul>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Change({ sign, id, name, onOpen }: { sign: '+' | '−'; id: number; name: string; onOpen: (batchId: number) => void }) {
  return (
    <li className={sign === '+' ? 'change change-added' : 'change change-removed'}>
      <span>{sign}</span>
      <button type="button" className="link-button" onClick={() => onOpen(id)}>
        {name}
      </button>
    </li>
  );
}
