// Fetches GraphHopper from Maven Central into bench/out/graphhopper and compiles Driver.java against it. Nothing of it is part of Chengmai.
//
//   node bench/peers/graphhopper/build.mjs
//
// Needs a Java development kit ≥ 17 and Maven.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const VERSION = '11.0';
const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../out/graphhopper');
const jars = join(folder, `jars-${VERSION}`);

const run = (command, args) => execFileSync(command, args, { cwd: here, stdio: ['ignore', 2, 2] });

/** Arguments of `java` that run the driver; fetches and compiles where it is missing or older than its source. */
export function graphhopperDriver() {
  const compiled = join(folder, 'Driver.class');
  if (!existsSync(jars)) {
    mkdirSync(jars, { recursive: true });
    run('mvn', ['-q', '-B', '-f', join(here, 'pom.xml'), `-Dgraphhopper.version=${VERSION}`, 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`]);
  }
  if (!existsSync(compiled) || statSync(compiled).mtimeMs < statSync(join(here, 'Driver.java')).mtimeMs) run('javac', ['-cp', `${jars}/*`, '-d', folder, join(here, 'Driver.java')]);
  return ['-XX:+UseSerialGC', '-Xmx8g', '-cp', `${jars}/*:${folder}`, 'Driver'];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`java ${graphhopperDriver().join(' ')} GRAPH\n`);
