// A process to be killed: opens the base, says what the city `city` keeps of its documents, imports files one after another as copies of one document, and says when each is done.
// node document-child.mjs DATA_FOLDER DATABASE_URL|- FILE...
import { readFile } from 'node:fs/promises';
import { openBase } from '../../dist/base/open.js';
import { createCity } from '../../dist/base/store/cities.js';
import { openDocuments } from '../../dist/delivery/open-document.js';
import { importPolicy, reviewDocument } from '../../dist/delivery/policy-documents.js';
import { getDocumentBytes } from '../../dist/delivery/store/documents.js';

const [dataDir, url, ...files] = process.argv.slice(2);
const base = await openBase({ dataDir, databaseUrl: url === '-' ? undefined : url, environment: {} });
const { database } = base;
if ((await database.query(`select 1 from city where city_id = 'city'`)).length === 0) await createCity(database, 'city', { zh: '城', en: 'City' });
const shown = [];
for (const { document: { documentId, reading, sha256 }, items } of await openDocuments(base, 'city')) {
  const bytes = await getDocumentBytes(database, 'city', documentId);
  shown.push({
    text: /第(\d+)版/.exec(reading.text)?.[1], bytes: /第(\d+)版/.exec(new TextDecoder().decode(bytes.bytes))?.[1], item: /第(\d+)版/.exec(items.find(({ fields }) => fields.title.includes('版')).fields.title)?.[1],
    sha256, accepted: items.filter(({ state }) => state === 'accepted').length, orphaned: items.filter(({ state }) => state === 'orphaned').length,
  });
}
process.stdout.write(`shows ${JSON.stringify(shown)}\n`);
for (const file of files) {
  process.stdout.write(`importing ${file}\n`);
  const { documentId, isNew } = await importPolicy(base, 'city', { bytes: await readFile(file), fileName: 'a.txt' }, 'child');
  process.stdout.write(`imported ${file}\n`);
  if (!isNew) continue;
  const [{ items }] = await openDocuments(base, 'city');
  await reviewDocument(base, 'city', documentId, [{ act: 'accept', items: items.filter(({ fields }) => !fields.title.includes('版')).map(({ itemId }) => itemId) }], { who: 'child' });
}
await base.close();
