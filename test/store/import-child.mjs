// A process to be killed: opens the base in a folder, sweeps it, says what the city `city` shows, imports one file into it, and says when it is done.
// node import-child.mjs DATA_FOLDER FILE
import { openFile } from '../../dist/import/byte-source.js';
import { openBase } from '../../dist/base/open.js';
import { runImport, sweepBase } from '../../dist/base/run.js';

const [dataDir, path] = process.argv.slice(2);
process.stdout.write('opening\n');
const base = await openBase({ dataDir, environment: {} });
await sweepBase(base);
const shown = await base.database.query(
  `select f.name, count(*) as n from city c join revision r using (city_id, revision) join feature f on f.city_id = c.city_id and f.batch_id = any(r.batches)
   where c.city_id = 'city' group by f.name`,
);
const unfinished = await base.database.query(`select batch_id from import_batch where state = 'staging'`);
const orphans = await base.database.query(
  `select distinct batch_id from feature f where not exists (select 1 from import_batch b where b.city_id = f.city_id and b.batch_id = f.batch_id and b.state = 'ready')`,
);
process.stdout.write(`shows ${JSON.stringify({ shown, unfinished, orphans })}\n`);
process.stdout.write('importing\n');
const source = await openFile(path);
await runImport(base, { cityId: 'city', files: [{ source, options: {} }], who: 'child' });
process.stdout.write('imported\n');
await base.close();
