import { Link } from 'react-router-dom';
import type { z } from 'zod';
import type { reverseTraceSchema } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { clauseLink } from './policy-address.ts';

type ReverseTrace = z.infer<typeof reverseTraceSchema>;

/** The reverse of the trace: the clauses that ask for an indicator, or that a project serves. */
export function ServedClauses({ cityId, of, id }: { cityId: string; of: 'indicator' | 'project'; id: string }) {
  const { t } = useSpeech();
  const { data, error, reload } = useResource<ReverseTrace>(`${cityPath(cityId, 'policy-trace')}?${of}=${encodeURIComponent(id)}`);
  if (error !== undefined) return <ProblemAlert problem={error} onRetry={reload} />;
  if (data === undefined) return <p className="quiet">{t.common.loading}</p>;
  if (data.clauses.length === 0) return <p className="quiet">{t.policy.notAsked}</p>;
  return (
    <ul className="served-clauses">
      {data.clauses.map(({ documentId, title, clause, path, quote, state }) => (
        <li key={`${documentId}/${clause}`}>
          <Link to={clauseLink(cityId, documentId, clause)} title={quote}>{path.at(-1) ?? quote.slice(0, 40)}</Link> <span className={`link-state link-state-${state}`}>{t.policy.linkStates[state]}</span>
          <br /><small className="quiet">{[title, ...path.slice(0, -1)].join(' › ')}</small>
        </li>
      ))}
    </ul>
  );
}
