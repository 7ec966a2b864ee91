/**
 * Files that were uploaded and wait to be imported: `<dataDir>/uploads/<sha256>` with its name beside it.
 *
 * Bytes go to disk as they come, under a passing name, and are renamed once all have come and been hashed: an upload that
 * breaks off leaves nothing behind that looks like a file. What nobody imported within a week is removed.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChengmaiError } from '../core/errors.ts';
import { openFile } from '../import/byte-source.ts';
import type { ByteSource } from '../import/model.ts';

export interface Upload {
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

const KEPT_MS = 7 * 24 * 3600 * 1000;
const NAME_LENGTH = 200;
const SHA256 = /^[0-9a-f]{64}$/;

/** The last part of whatever path a browser sent, without control characters. */
function cleanFileName(name: string): string {
  const last = (name.split(/[/\\]/).pop() ?? '').replace(/\p{Cc}/gu, '').trim();
  return last === '' || last === '.' || last === '..' ? 'upload' : last.slice(-NAME_LENGTH);
}

export function uploadTooLarge(name: string, limit: number): ChengmaiError {
  const limitMb = Math.floor(limit / 2 ** 20);
  return new ChengmaiError('input', 'server/upload-too-large', {
    zh: `文件 ${name} 超过上传上限 ${limitMb} MB；请用命令行导入：npx chengmai import。`,
    en: `The file ${name} exceeds the upload limit of ${limitMb} MB; import it with the command line: npx chengmai import.`,
  }, { file: name });
}

export class UploadStore {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'uploads');
  }

  /** Takes the bytes in; the same bytes again only renew their name and age. */
  async receive(name: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Upload> {
    const fileName = cleanFileName(name);
    await mkdir(this.#folder, { recursive: true });
    await this.#sweep();
    const passing = join(this.#folder, `incoming-${randomUUID()}`);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    try {
      const handle = await open(passing, 'wx', 0o600);
      try {
        for await (const bytes of body) {
          sizeBytes += bytes.byteLength;
          if (sizeBytes > maxBytes) throw uploadTooLarge(fileName, maxBytes);
          hash.update(bytes);
          await handle.writeFile(bytes);
        }
      } finally {
        await handle.close();
      }
      const sha256 = hash.digest('hex');
      await writeFile(this.#nameOf(sha256), JSON.stringify({ fileName }));
      await rename(passing, this.#pathOf(sha256));
      return { sha256, fileName, sizeBytes };
    } catch (error) {
      await rm(passing, { force: true });
      throw error;
    }
  }

  async find(sha256: string): Promise<Upload | undefined> {
    if (!SHA256.test(sha256)) return undefined;
    const info = await stat(this.#pathOf(sha256)).catch(() => undefined);
    const text = await readFile(this.#nameOf(sha256), 'utf8').catch(() => undefined);
    if (info === undefined || text === undefined) return undefined;
    const { fileName } = JSON.parse(text) as { fileName: string };
    return { sha256, fileName, sizeBytes: info.size };
  }

  /** @throws ChengmaiError not-found `base/no-upload` */
  async get(sha256: string): Promise<Upload> {
    const upload = await this.find(sha256);
    if (upload !== undefined) return upload;
    throw new ChengmaiError('not-found', 'base/no-upload', {
      zh: `没有上传的文件 ${sha256.slice(0, 12)}…；请重新上传。`,
      en: `There is no uploaded file ${sha256.slice(0, 12)}…; upload it again.`,
    }, { value: sha256 });
  }

  /** The uploaded bytes under the name they came with. The caller closes it. */
  async open(upload: Upload): Promise<ByteSource & { close(): Promise<void> }> {
    const file = await openFile(this.#pathOf(upload.sha256));
    return { ...file, name: upload.fileName };
  }

  async remove(sha256: string): Promise<void> {
    if (!SHA256.test(sha256)) return;
    await rm(this.#pathOf(sha256), { force: true });
    await rm(this.#nameOf(sha256), { force: true });
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, sha256);
  }

  #nameOf(sha256: string): string {
    return join(this.#folder, `${sha256}.json`);
  }

  async #sweep(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const info = await stat(path).catch(() => undefined);
      if (info !== undefined && Date.now() - info.mtimeMs > KEPT_MS) await rm(path, { force: true });
    }
  }
}
