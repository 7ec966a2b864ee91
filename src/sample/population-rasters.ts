/** The population as grids of three arc-seconds (some 90 m), summed from the homes: total and five age groups. */
import { join } from 'node:path';
import type { Box } from '../engine/spatial/geometry.ts';
import type { BuiltCell } from './cell.ts';
import { writeGeoTiff } from './write-geotiff.ts';
import { ZONES } from './zones.ts';

const CELL_DEG = 1 / 1200;

/** File stems in the order of total and the zones' age shares. */
export const RASTER_GROUPS = ['total', '0_2', '3_5', '6_11', '12_14', '65_plus'] as const;

export class PopulationRasters {
  readonly #west: number;
  readonly #north: number;
  readonly #width: number;
  readonly #height: number;
  readonly #sums: Float64Array[];

  constructor([west, south, east, north]: Box) {
    this.#west = Math.floor(west / CELL_DEG) * CELL_DEG;
    this.#north = Math.ceil(north / CELL_DEG) * CELL_DEG;
    this.#width = Math.ceil((east - this.#west) / CELL_DEG);
    this.#height = Math.ceil((this.#north - south) / CELL_DEG);
    this.#sums = RASTER_GROUPS.map(() => new Float64Array(this.#width * this.#height));
  }

  add(built: BuiltCell): void {
    const { ages } = ZONES[built.cell.zone];
    for (const home of built.homes) {
      const lon = (home.ring[0][0] + home.ring[2][0]) / 2;
      const lat = (home.ring[0][1] + home.ring[2][1]) / 2;
      const at = Math.floor((this.#north - lat) / CELL_DEG) * this.#width + Math.floor((lon - this.#west) / CELL_DEG);
      this.#sums[0][at] += home.persons;
      ages.forEach((share, group) => (this.#sums[group + 1][at] += home.persons * share));
    }
  }

  /** Cells without homes hold no value. Returns the number of cells with persons in each file. */
  write(dir: string): Record<string, number> {
    const files: Record<string, number> = {};
    const total = this.#sums[0];
    RASTER_GROUPS.forEach((group, index) => {
      const values = new Float32Array(total.length);
      let filled = 0;
      for (let i = 0; i < values.length; i++) {
        values[i] = total[i] > 0 ? this.#sums[index][i] : Number.NaN;
        if (total[i] > 0) filled++;
      }
      const name = `pop_${group}_shifan.tif`;
      writeGeoTiff(join(dir, name), { width: this.#width, height: this.#height, west: this.#west, north: this.#north, cellDeg: CELL_DEG, values });
      files[name] = filled;
    });
    return files;
  }
}
