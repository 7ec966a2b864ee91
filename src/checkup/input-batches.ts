/** Which import batches a result was made from: by what each brought. */
import type { Session } from '../base/database.ts';
import type { CurrentBatches } from '../base/store/revisions.ts';

/** Rows of a batch by what they are, as `kept` of import_batch counts them (docs: base/model.ts Batch). */
interface BatchContent {
  readonly batchId: number;
  readonly kept: readonly string[];
}

/** What a batch must have brought to count for a need. Population is laid on buildings, facilities stand on the map's points or in registers. */
const BROUGHT_BY: Readonly<Record<string, (kept: string) => boolean>> = {
  place: (kept) => kept.startsWith('place/') || kept === 'boundary',
  population: (kept) => kept.startsWith('raster/population') || kept === 'population-cell' || kept.startsWith('population-cell/') || kept === 'building',
  'land-use': (kept) => kept === 'land-use' || kept === 'water',
  coast: (kept) => kept === 'water',
  building: (kept) => kept === 'building',
  street: (kept) => kept === 'street',
  network: (kept) => kept === 'street' || kept === 'turn-restriction' || kept.startsWith('raster/elevation'),
  job: (kept) => kept === 'row/parks' || kept.startsWith('custom:'),
  transit: (kept) => kept.startsWith('transit-'),
  facility: (kept) => kept === 'facility' || kept === 'poi' || kept === 'transit-stop' || kept === 'land-use',
};

export class InputBatches {
  readonly #content: readonly BatchContent[];

  constructor(content: readonly BatchContent[]) {
    this.#content = content;
  }

  /** Ascending. */
  of(needs: readonly string[]): number[] {
    const found = this.#content.filter(({ kept }) => needs.some((need) => kept.some((what) => brings(need, what))));
    return found.map(({ batchId }) => batchId).sort((a, b) => a - b);
  }
}

function brings(need: string, kept: string): boolean {
  const [what, name] = need.split(':', 2);
  if (what === 'table') return kept === `row/${name}` || (name === 'units' && kept.startsWith('place/'));
  return BROUGHT_BY[what]?.(kept) ?? false;
}

export async function readInputBatches(database: Session, current: CurrentBatches): Promise<InputBatches> {
  const rows = await database.query<{ batch_id: number; kept: Record<string, number> }>('select batch_id, kept from import_batch where city_id = $1 and batch_id = any($2)', [current.cityId, current.fileBatches]);
  return new InputBatches(rows.map(({ batch_id, kept }) => ({ batchId: batch_id, kept: Object.keys(kept) })));
}
