import type { UploadJson } from '../../base/api.ts';
import { cityPath } from './client.ts';
import { sendFile } from './send-file.ts';

/** Brings a file of a city's data; `report` is told the bytes that have gone. */
export function uploadFile(cityId: string, file: File, report: (sentBytes: number) => void, signal: AbortSignal): Promise<UploadJson> {
  return sendFile('PUT', `${cityPath(cityId, 'uploads')}?name=${encodeURIComponent(file.name)}`, file, report, signal);
}
