import type { DocumentJson } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { sendFile } from '../api/send-file.ts';

export interface SentDocument {
  readonly name: string;
  readonly published?: string | undefined;
  /** The document that this is another copy of. */
  readonly documentId?: string | undefined;
}

/**
 * Brings a policy document; given up, the server keeps nothing of it.
 *
 * @param report the share that has gone, up to 1: what follows is the reading
 */
export function sendDocument(cityId: string, file: Blob, { name, published, documentId }: SentDocument, report: (share: number) => void, signal: AbortSignal): Promise<DocumentJson> {
  const query = new URLSearchParams({ name, ...(published !== undefined && published !== '' && { published }), ...(documentId !== undefined && { document: documentId }) });
  return sendFile('POST', `${cityPath(cityId, 'policies')}?${query.toString()}`, file, (sent, total) => report(total === 0 ? 1 : sent / total), signal);
}
