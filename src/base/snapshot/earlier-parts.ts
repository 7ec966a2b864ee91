/**
 * What of the last snapshot still holds: streets, turns, buildings and land use come from files alone, and of a city of 300,000 they are half of
 * the time that a snapshot takes. They are read in this order, each numbering its texts after those before it; so what holds is a beginning of this list, and
 * the rest is read again. The result is to the bit what would be read anew.
 *
 * A part holds where no file came or went that has rows of its layers. Batches never change, and what each holds is counted when it is staged.
 */
import type { Session } from '../database.ts';
import type { TextTable as Table } from './growing-arrays.ts';
import { TextTable } from './growing-arrays.ts';
import type { Snapshot, SnapshotMeta } from './model.ts';
import type { Sections, SnapshotScope } from './scope.ts';

type Counted = keyof SnapshotMeta['counts'];

interface FilePart {
  /** Before the dot of its sections' names. */
  readonly sections: readonly string[];
  /** What a batch counts its rows as (`import_batch.kept`). */
  readonly layers: readonly string[];
  /** Sections that hold numbers of texts. */
  readonly texts: readonly string[];
  readonly counts: readonly Counted[];
}

export type FilePartId = 'streets' | 'turns' | 'buildings' | 'landUse';

/** In the order in which they are read. */
export const FILE_PARTS: Readonly<Record<FilePartId, FilePart>> = {
  streets: {
    sections: ['street', 'streetPoint', 'square'], layers: ['street', 'street-point', 'poi'], counts: ['nodes', 'ways', 'streetPoints', 'squares'],
    texts: ['street.wayKind', 'street.wayName', 'street.waySource', 'street.tagKey', 'street.tagValue', 'streetPoint.tagKey', 'streetPoint.tagValue', 'square.tagKey', 'square.tagValue'],
  },
  turns: { sections: ['turn'], layers: ['turn-restriction'], counts: ['turns'], texts: ['turn.kind', 'turn.except', 'turn.vehicle', 'turn.condition'] },
  buildings: { sections: ['building'], layers: ['building'], counts: ['buildings'], texts: ['building.kind', 'building.source'] },
  landUse: { sections: ['landUse'], layers: ['land-use', 'water'], counts: ['landUses'], texts: ['landUse.kind', 'landUse.source'] },
};

/** A snapshot that was made before, and the file batches that it was made of. */
export interface EarlierSnapshot {
  readonly snapshot: Snapshot;
  readonly fileBatches: readonly number[];
}

export interface HeldParts {
  readonly parts: readonly FilePartId[];
  readonly texts: Table;
  readonly sections: Sections;
  readonly counts: Readonly<Partial<Record<Counted, number>>>;
}

async function changedLayers(database: Session, { cityId, fileBatches }: SnapshotScope, earlier: readonly number[]): Promise<ReadonlySet<string> | undefined> {
  const [before, now] = [new Set(earlier), new Set(fileBatches)];
  const differing = [...earlier.filter((batch) => !now.has(batch)), ...fileBatches.filter((batch) => !before.has(batch))];
  const rows = await database.query<{ kept: Record<string, number> }>('select kept from import_batch where city_id = $1 and batch_id = any($2)', [cityId, differing]);
  return rows.length === differing.length ? new Set(rows.flatMap(({ kept }) => Object.keys(kept))) : undefined;
}

/** The texts that the sections before a point number, 1 and up: each is numbered where it first occurs. */
function textsUpTo({ sections }: Snapshot, parts: readonly FilePartId[]): string[] {
  let last = 0;
  for (const part of parts) for (const name of FILE_PARTS[part].texts) for (const number of sections.get(name, 'u32')) if (number > last) last = number;
  const [bytes, ends] = [sections.get('text.bytes', 'u8'), sections.get('text.ends', 'u32')];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return Array.from({ length: last }, (_, i) => decoder.decode(bytes.subarray(ends[i], ends[i + 1])));
}

export async function takeHeldParts(database: Session, scope: SnapshotScope, earlier: EarlierSnapshot | undefined): Promise<HeldParts> {
  const changed = earlier === undefined ? undefined : await changedLayers(database, scope, earlier.fileBatches);
  if (earlier === undefined || changed === undefined) return { parts: [], texts: new TextTable(), sections: {}, counts: {} };
  const { snapshot } = earlier;
  const all = Object.keys(FILE_PARTS) as FilePartId[];
  const first = all.findIndex((part) => FILE_PARTS[part].layers.some((layer) => changed.has(layer)));
  const parts = first < 0 ? all : all.slice(0, first);
  const names = new Set(parts.flatMap((part) => FILE_PARTS[part].sections));
  return {
    parts, texts: new TextTable(textsUpTo(snapshot, parts)),
    sections: Object.fromEntries(snapshot.sections.list().filter(([name]) => names.has(name.slice(0, name.indexOf('.'))))),
    counts: Object.fromEntries(parts.flatMap((part) => FILE_PARTS[part].counts.map((count) => [count, snapshot.meta.counts[count]]))),
  };
}
