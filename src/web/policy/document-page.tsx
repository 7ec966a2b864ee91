import { useParams } from 'react-router-dom';
import { Busy } from '../shell/busy.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { Reader } from './reader.tsx';
import { useDesk } from './use-document.ts';
import './policy.css';

export default function DocumentPage() {
  const { city: cityId = '', document: documentId = '' } = useParams();
  return <OfDocument key={`${cityId}/${documentId}`} cityId={cityId} documentId={documentId} />;
}

function OfDocument({ cityId, documentId }: { cityId: string; documentId: string }) {
  const { resource, desk } = useDesk(cityId, documentId);
  if (desk !== undefined) return <Reader cityId={cityId} desk={desk} onReload={resource.reload} />;
  return resource.error === undefined ? <Busy /> : <div className="page"><ProblemAlert problem={resource.error} onRetry={resource.reload} /></div>;
}
