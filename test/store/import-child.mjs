// A process to be killed: opens the base in a folder, imports one file into the city `city`, and says how far it is.
// node import-child.mjs DATA_FOLDER FILE
import { openFile } from '../../dist/import/byte-source.js';
import { openBase } from '../../dist/base/open.js';
import { runImport } from '../../dist/base/run.js';

const [dataDir, path] = process.argv.slice(2);
process.stdout.write('opening\n');
const base = await openBase({ dataDir, environment: {} });
process.stdout.write('importing\n');
const source = await openFile(path);
await runImport(base, { cityId: 'city', files: [{ source, options: {} }], who: 'child' });
process.stdout.write('imported\n');
await base.close();
