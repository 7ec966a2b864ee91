// A process to be killed: opens the base in a folder, says what check-up the city shows, checks it up anew, and says when it is done.
// node checkup-child.mjs DATA_FOLDER CITY
import { openBase } from '../../dist/base/open.js';
import { runCheckup } from '../../dist/checkup/run.js';

const [dataDir, cityId] = process.argv.slice(2);
const base = await openBase({ dataDir, environment: {} });
const complete = await base.database.query(
  `select c.checkup_id, (select count(*)::integer from checkup_indicator i where i.city_id = c.city_id and i.checkup_id = c.checkup_id) as indicators,
     (select count(*)::integer from measurement m where m.city_id = c.city_id and m.checkup_id = c.checkup_id) as measurements,
     (select count(*)::integer from finding f where f.city_id = c.city_id) as findings
   from checkup c where c.city_id = $1 and c.state = 'complete'`,
  [cityId],
);
process.stdout.write(`shows ${JSON.stringify(complete)}\n`);
process.stdout.write('checking\n');
await runCheckup(base, { cityId, who: 'child', fresh: true });
const left = await base.database.query(`select checkup_id from checkup where city_id = $1 and state <> 'complete'`, [cityId]);
const orphans = await base.database.query('select distinct checkup_id from measurement m where not exists (select 1 from checkup c where c.city_id = m.city_id and c.checkup_id = m.checkup_id)');
process.stdout.write(`left ${JSON.stringify([left, orphans])}\n`);
await base.close();
