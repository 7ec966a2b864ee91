// Prepares dist/template/: an empty, migrated embedded base and the PostGIS bundle cut to what is used (12 s; nothing where it is up to date).
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTemplate } from '../dist/base/template.js';

process.stderr.write('preparing the base 准备底座 …\n');
await buildTemplate(join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'template'));
