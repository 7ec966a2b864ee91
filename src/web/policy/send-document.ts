/** Sends a document's bytes, tells how far they have gone, and can be given up: the server keeps nothing of one that was. */
import type { DocumentJson } from '../../delivery/api.ts';
import { cityPath, toRequestError, unreachable, userHeader } from '../api/client.ts';

export interface SentDocument {
  readonly name: string;
  readonly published?: string | undefined;
  /** The document that this is another copy of. */
  readonly documentId?: string | undefined;
}

/** @param report the share that has gone, up to 1: what follows is the reading */
export function sendDocument(cityId: string, file: Blob, { name, published, documentId }: SentDocument, report: (share: number) => void, signal: AbortSignal): Promise<DocumentJson> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return void reject(new DOMException('aborted', 'AbortError'));
    const query = new URLSearchParams({ name, ...(published !== undefined && published !== '' && { published }), ...(documentId !== undefined && { document: documentId }) });
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open('POST', `${cityPath(cityId, 'policies')}?${query.toString()}`);
    for (const [header, value] of Object.entries({ 'content-type': 'application/octet-stream', ...userHeader() })) request.setRequestHeader(header, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => report(total === 0 ? 1 : loaded / total));
    request.upload.addEventListener('load', () => report(1));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as DocumentJson);
      else reject(toRequestError(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    signal.addEventListener('abort', abort);
    request.send(file);
  });
}
