/** The version in package.json: batches and measurements keep it. */
import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

export const PROGRAM_VERSION: string = version;
