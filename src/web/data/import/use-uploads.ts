import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportOptionsJson, UploadJson } from '../../../base/api.ts';
import { cityPath, isAbort, sendJson } from '../../api/client.ts';
import type { RequestError } from '../../api/client.ts';
import { uploadFile } from '../../api/upload.ts';
import { asRequestError } from '../../api/use-resource.ts';

/** A file on its way into the city. */
export interface UploadEntry {
  readonly id: number;
  readonly file: File;
  readonly state: 'waiting' | 'uploading' | 'ready' | 'failed';
  readonly sentBytes: number;
  readonly upload: UploadJson | undefined;
  readonly problem: RequestError | undefined;
  readonly options: ImportOptionsJson;
  /** A new preview is being made for changed options. */
  readonly updating: boolean;
}

export interface Uploads {
  readonly entries: readonly UploadEntry[];
  add(files: Iterable<File>): void;
  remove(id: number): void;
  retry(id: number): void;
  setOptions(id: number, options: ImportOptionsJson): void;
  clear(): void;
}

/** One connection could leave the line idle while the server looks at a file; two do not. */
const AT_ONCE = 2;

export function useUploads(cityId: string): Uploads {
  const [entries, setEntries] = useState<readonly UploadEntry[]>([]);
  const controllers = useRef(new Map<number, AbortController>());
  const nextId = useRef(1);

  const patch = useCallback((id: number, change: Partial<UploadEntry>) => {
    setEntries((before) => before.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));
  }, []);

  useEffect(() => {
    const busy = entries.filter((entry) => entry.state === 'uploading').length;
    for (const entry of entries.filter(({ state }) => state === 'waiting').slice(0, AT_ONCE - busy)) {
      const { id, file } = entry;
      if (controllers.current.has(id)) continue;
      const controller = new AbortController();
      controllers.current.set(id, controller);
      patch(id, { state: 'uploading', sentBytes: 0, problem: undefined });
      uploadFile(cityId, file, (sentBytes) => patch(id, { sentBytes }), controller.signal)
        .then(
          (upload) => patch(id, { state: 'ready', upload }),
          (error: unknown) => {
            if (!isAbort(error)) patch(id, { state: 'failed', problem: asRequestError(error) });
          },
        )
        .finally(() => controllers.current.delete(id));
    }
  }, [entries, cityId, patch]);

  useEffect(() => {
    const open = controllers.current;
    return () => {
      for (const controller of open.values()) controller.abort();
    };
  }, []);

  const add = useCallback((files: Iterable<File>) => {
    const fresh = [...files].map(
      (file): UploadEntry => ({ id: nextId.current++, file, state: 'waiting', sentBytes: 0, upload: undefined, problem: undefined, options: {}, updating: false }),
    );
    setEntries((before) => {
      const same = (a: File, b: File): boolean => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
      return [...before, ...fresh.filter((entry) => !before.some((one) => same(one.file, entry.file)))];
    });
  }, []);

  const remove = useCallback((id: number) => {
    controllers.current.get(id)?.abort();
    setEntries((before) => before.filter((entry) => entry.id !== id));
  }, []);

  const setOptions = useCallback(
    (id: number, options: ImportOptionsJson) => {
      const entry = entries.find((one) => one.id === id);
      if (entry?.upload === undefined) return;
      patch(id, { options, updating: true, problem: undefined });
      sendJson<UploadJson>('POST', cityPath(cityId, 'uploads', entry.upload.sha256, 'preview'), { options }).then(
        (upload) => patch(id, { upload, updating: false }),
        (error: unknown) => patch(id, { problem: asRequestError(error), updating: false }),
      );
    },
    [cityId, entries, patch],
  );

  return {
    entries,
    add,
    remove,
    retry: useCallback((id: number) => patch(id, { state: 'waiting', problem: undefined }), [patch]),
    setOptions,
    clear: useCallback(() => setEntries([]), []),
  };
}
