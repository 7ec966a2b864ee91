/** Which builder a file's rows are for: what the options say, else the contract, levels, counts or tags seen in a sample. */
import { chooseContractBuilder } from '../table/contract-builder.ts';
import { commonRoles, findCommonColumns, findPlaceColumns, layerBuilder, osmBuilder, placeBuilder, populationBuilder, rowBuilder } from './feature-builders.ts';
import { looksLikeOsm } from './osm-tags.ts';
import type { PopulationColumn } from './population-columns.ts';
import { findPopulationColumns } from './population-columns.ts';
import type { BuilderContext, RecordBuilder, SourceRow } from './record-builder.ts';

/** Population columns: those mapped by hand (`population`, `population:65+`), else those recognised. */
function listPopulationColumns(columns: readonly string[], sample: readonly SourceRow[], context: BuilderContext): PopulationColumn[] {
  const mapped = Object.entries(context.options.columns ?? {}).flatMap(([role, column]) => {
    if (!columns.includes(column)) return [];
    if (role === 'population') return [{ column, group: context.options.group ?? 'total' }];
    return role.startsWith('population:') ? [{ column, group: role.slice('population:'.length) }] : [];
  });
  if (mapped.length > 0) return mapped;
  const found = findPopulationColumns(columns, sample.map((row) => row.values));
  const { group } = context.options;
  return group !== undefined && found.length === 1 ? [{ column: found[0].column, group }] : found;
}

/** Points with a kind of their own are facilities or addresses, whatever number stands beside them. */
function mayHoldPersons(sample: readonly SourceRow[], hasKind: boolean): boolean {
  const shaped = sample.filter((row) => row.geometry !== undefined);
  if (shaped.length === 0 || shaped.some((row) => row.geometry?.type.endsWith('LineString'))) return false;
  return shaped.every((row) => row.geometry?.type.endsWith('Polygon')) || !hasKind;
}

/** The builder for rows like those of the sample. `columns` are the file's own, in order. */
export function chooseBuilder(columns: readonly string[], sample: readonly SourceRow[], context: BuilderContext): RecordBuilder {
  const { options } = context;
  for (const [role, column] of Object.entries(options.columns ?? {})) {
    if (!columns.includes(column)) context.notes.add('warning', 'import/unknown-column', { zh: '指定的列不在文件中，按未指定处理。', en: 'A column that was named is not in the file; read as if it had not been.' }, { file: context.file, field: role, value: column });
  }
  const contract = options.layer === undefined && options.level === undefined ? chooseContractBuilder(columns, sample, context) : undefined;
  if (contract !== undefined) return contract;
  const common = findCommonColumns(columns, sample, options.columns ?? {});
  if (sample.length > 0 && sample.every((row) => row.geometry === undefined)) return rowBuilder(common, columns, context);
  const osm = options.layer === undefined && looksLikeOsm(sample);
  const features = osm ? osmBuilder(common, context) : layerBuilder(common, context);
  const place = findPlaceColumns(columns, sample, common, context);
  if (place !== undefined && (place.source !== 'name' || !osm)) return placeBuilder(place, common, context, features);
  if (osm) return features;
  const persons = mayHoldPersons(sample, common.kind !== undefined) ? listPopulationColumns(columns, sample, context) : [];
  return persons.length > 0 ? populationBuilder(persons, common, context, columns) : { ...features, roles: commonRoles(common) };
}
