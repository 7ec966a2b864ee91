/** translations.txt: English names of stops and routes, by record, by the text they stand for, or in the form before 2020. */
import type { Feed } from './feed.ts';
import { columnOf, readFeedTable } from './feed.ts';

export interface EnglishTexts {
  /** The English text of a field of a record; undefined where there is none. */
  find(table: 'stops' | 'routes', field: string, recordId: string, text: string): string | undefined;
}

const TABLES = new Set(['stops', 'routes']);
/** Entries kept: some 100 MB, more than any feed has stops and routes. */
const MAX_ENTRIES = 1_000_000;

export async function readEnglishTexts(feed: Feed): Promise<EnglishTexts> {
  const byRecord = new Map<string, string>();
  const byText = new Map<string, string>();
  await readFeedTable(feed, 'translations', ['translation'], (row, columns) => {
    const language = row.text(columnOf(columns, 'language')) || row.text(columnOf(columns, 'lang'));
    const translation = row.text(columns.translation);
    if (!/^en\b/i.test(language) || translation === '' || byRecord.size + byText.size >= MAX_ENTRIES) return;
    const table = row.text(columnOf(columns, 'table_name'));
    const field = row.text(columnOf(columns, 'field_name'));
    const record = row.text(columnOf(columns, 'record_id'));
    const oldText = row.text(columnOf(columns, 'trans_id'));
    if (oldText !== '') byText.set(`\t${oldText}`, translation);
    else if (TABLES.has(table) && record !== '') byRecord.set(`${table}\t${field}\t${record}`, translation);
    else if (TABLES.has(table)) byText.set(`${table}\t${field}\t${row.text(columnOf(columns, 'field_value'))}`, translation);
  });
  return {
    find(table, field, recordId, text) {
      if (byRecord.size + byText.size === 0 || text === '') return undefined;
      return byRecord.get(`${table}\t${field}\t${recordId}`) ?? byText.get(`${table}\t${field}\t${text}`) ?? byText.get(`\t${text}`);
    },
  };
}
