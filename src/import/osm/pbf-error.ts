import { ChengmaiError } from '../../core/errors.ts';

/**
 * A PBF file that cannot be used as a whole.
 *
 * @param offset byte in the file where the trouble lies: that of the blob, where it is inside one
 */
export function corruptPbf(file: string, offset: number, what: { zh: string; en: string }, code = 'import/pbf-corrupt', cause?: unknown): ChengmaiError {
  return new ChengmaiError(
    'input',
    code,
    {
      zh: `文件 ${file} 在第 ${offset} 字节处无法读取：${what.zh}。请重新下载或重新导出该文件。`,
      en: `${file} cannot be read at byte ${offset}: ${what.en}. Download or export the file again.`,
    },
    { file, field: 'byte', value: String(offset) },
    cause,
  );
}

/** What a decoder found wrong in a blob; the caller knows the file and the blob's offset and adds them. */
export class MalformedBlock extends Error {
  readonly text: { zh: string; en: string };

  constructor(zh: string, en: string) {
    super(en);
    this.name = 'MalformedBlock';
    this.text = { zh, en };
  }
}
