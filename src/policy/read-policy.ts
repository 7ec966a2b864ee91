/** 政策解析: one text in, one reading out. The steps in their order; each is a folder of its own. */
import type { PolicyReading, ReadOptions } from './model.ts';
import { buildPassages } from './build-passages.ts';
import { readOutline } from './outline/read-outline.ts';

/** Raised whenever the same text may read differently; a stored reading of an older version is read again. */
export const READER_VERSION = '1';

/** Reads a policy text. The same text and options give the same reading. */
export function readPolicy(text: string, options: ReadOptions = {}): PolicyReading {
  const { title, kind, issuer, publishedAt, outline, aside, defects, paragraphs } = readOutline(text, options);
  const passages = buildPassages(text, outline, aside, paragraphs);
  void passages;
  return { version: READER_VERSION, text, title, kind, issuer, publishedAt, outline, aside, times: [], targets: [], facts: [], tasks: [], bodies: [], defects };
}
