/** Rows of a contract's table, checked cell by cell, as records. */
import type { BuilderContext, RecordBuilder, SourceRow } from '../features/record-builder.ts';
import type { Attributes, AttributeValue, FeatureRecord, ImportRecord, PlaceLevel } from '../model.ts';
import type { ContractMatch } from './contract-match.ts';
import { findContract, matchColumns } from './contract-match.ts';
import type { Contract } from './contracts.ts';
import { getContract } from './contracts.ts';
import { RowCheck } from './row-check.ts';

/** The builder of the contract that the options name or the columns follow. */
export function chooseContractBuilder(columns: readonly string[], sample: readonly SourceRow[], context: BuilderContext): RecordBuilder | undefined {
  const mapped = context.options.columns ?? {};
  const named = context.options.contract === undefined ? undefined : getContract(context.options.contract);
  const found = named === undefined ? findContract(columns, sample.map((row) => row.values), mapped) : { contract: named, match: matchColumns(named, columns, mapped) };
  return found === undefined ? undefined : contractBuilder(found, columns, context);
}

function contractBuilder({ contract, match }: ContractMatch, columns: readonly string[], context: BuilderContext): RecordBuilder {
  const check = new RowCheck(contract, match, columns, context);
  const roles = new Map([...match].map(([name, column]) => [column, name]));
  return {
    what: contract.contract,
    contract: contract.contract,
    roles,
    build(row) {
      const values = check.check(row);
      return values === undefined ? [] : buildRecords(contract, row, values, context);
    },
  };
}

function text(value: AttributeValue | undefined): string | undefined {
  return value === null || value === undefined || value === '' ? undefined : String(value);
}

function count(value: AttributeValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function buildRecords(contract: Contract, row: SourceRow, values: Attributes, context: BuilderContext): ImportRecord[] {
  const key = contract.key === undefined ? undefined : text(values[contract.key]);
  const tableRow: ImportRecord = { type: 'row', table: contract.contract, row: row.row, key, values };
  switch (contract.contract) {
    case 'units':
      return [buildPlace(key ?? `row/${row.row}`, row, values, context)];
    case 'facilities':
    case 'shelters':
    case 'stations':
      return [tableRow, ...buildFacility(contract, key ?? `row/${row.row}`, row, values, context)];
    case 'buildings':
      return [tableRow, ...buildFeature('building', text(values['structure']) ?? '', key, row, values)];
    default:
      return [tableRow, ...buildFeature(`custom:${contract.contract}`, text(values['small_code'] ?? values['category1'] ?? values['type'] ?? values['class']) ?? '', key, row, values)];
  }
}

function buildFeature(layer: FeatureRecord['layer'], kind: string, key: string | undefined, row: SourceRow, values: Attributes): ImportRecord[] {
  if (row.geometry === undefined) return [];
  return [{ type: 'feature', layer, kind, sourceId: key ?? `row/${row.row}`, name: text(values['name'] ?? values['title']), nameEn: text(values['name_en']), attributes: values, geometry: row.geometry }];
}

/** Attribute of a unit that says which row of its file it came from: notes on units name it. */
export const FILE_ROW = 'file_row';

function buildPlace(placeId: string, row: SourceRow, values: Attributes, context: BuilderContext): ImportRecord {
  const isArea = row.geometry === undefined || row.geometry.type.endsWith('Polygon');
  if (!isArea) context.notes.add('warning', 'import/place-without-area', { zh: '空间单元只有点位，没有范围；其统计值保留，范围按缺失处理。', en: 'A unit has a point but no area; its figures were kept, its extent counts as missing.' }, { file: context.file, row: row.row });
  const name = text(values['name']) ?? placeId;
  return {
    type: 'place',
    placeId,
    level: values['scale'] as PlaceLevel,
    name: { zh: name, en: text(values['name_en']) ?? name },
    parentId: text(values['parent']),
    population: count(values['population']),
    households: count(values['households']),
    attributes: { ...values, [FILE_ROW]: row.row },
    geometry: isArea ? row.geometry : undefined,
  };
}

/** Kinds of facility: what the registry says, for shelters one kind whose class is an attribute. */
function facilityKind(contract: Contract, values: Attributes): string {
  if (contract.contract === 'shelters') return 'shelter';
  if (contract.contract !== 'stations') return text(values['class']) ?? '';
  const told = `${text(values['kind']) ?? ''} ${text(values['station_class']) ?? ''} ${text(values['name']) ?? ''}`;
  if (/消防|特勤|fire/i.test(told)) return 'fire-station';
  if (/出入口|entrance/i.test(told) || values['entrance'] !== undefined) return 'rail-entrance';
  return text(values['kind']) ?? text(values['station_class']) ?? '';
}

function buildFacility(contract: Contract, facilityId: string, row: SourceRow, values: Attributes, context: BuilderContext): ImportRecord[] {
  if (row.geometry === undefined) {
    context.notes.add('warning', 'import/facility-without-place', { zh: '设施没有可用的坐标，只保留登记行。', en: 'A facility has no usable coordinates; only its row was kept.' }, { file: context.file, row: row.row });
    return [];
  }
  return [{
    type: 'facility',
    facilityId,
    kind: facilityKind(contract, values),
    name: text(values['name']),
    capacity: count(values['capacity']),
    floorM2: count(values['floor_m2']),
    landM2: count(values['land_m2'] ?? values['effective_m2']),
    attributes: values,
    geometry: row.geometry,
  }];
}
