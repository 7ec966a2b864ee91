/** Sends a file's bytes and tells how far they have gone; fetch cannot tell, so this is an XMLHttpRequest. */
import { toRequestError, unreachable, userHeader } from './client.ts';

/**
 * @param report the bytes that have gone, and how many there are
 * @throws RequestError as the server answers; DOMException `AbortError` when it was given up
 */
export function sendFile<Answer>(method: 'PUT' | 'POST', path: string, file: Blob, report: (sentBytes: number, totalBytes: number) => void, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return void reject(new DOMException('aborted', 'AbortError'));
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open(method, path);
    for (const [header, value] of Object.entries({ 'content-type': 'application/octet-stream', ...userHeader() })) request.setRequestHeader(header, value);
    request.upload.addEventListener('progress', ({ loaded }) => report(loaded, file.size));
    request.upload.addEventListener('load', () => report(file.size, file.size));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Answer);
      else reject(toRequestError(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    signal.addEventListener('abort', abort);
    request.send(file);
  });
}
