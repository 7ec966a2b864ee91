import type { UploadJson } from '../../base/api.ts';
import { cityPath, toRequestError, unreachable } from './client.ts';

/** Sends a file's bytes and reports how many have gone; fetch cannot tell, so this is an XMLHttpRequest. */
export function uploadFile(cityId: string, file: File, report: (sentBytes: number) => void, signal: AbortSignal): Promise<UploadJson> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open('PUT', `${cityPath(cityId, 'uploads')}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => report(event.loaded));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as UploadJson);
      else reject(toRequestError(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    signal.addEventListener('abort', abort);
    request.send(file);
  });
}
