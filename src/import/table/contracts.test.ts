import { describe, expect, it } from 'vitest';
import { readAll } from '../../../test/read-all.ts';
import { TABLE_CONTRACTS } from '../model.ts';
import { findContract } from './contract-match.ts';
import { CONTRACTS } from './contracts.ts';
import { plainName } from '../features/column-names.ts';

/** The headers of standards.md §8.2, and one row that is right. */
const EXAMPLES: Record<string, [header: string, row: string]> = {
  units: ['unit_id,scale,name,parent,wkt,population,households,built_after_2018', 'C1,社区,花桥社区,B1,"POLYGON((114 30,114.01 30,114.01 30.01,114 30))",5321,1890,否'],
  buildings: ['bldg_id,community_id,year_built,storeys,height_m,structure,floor_area,units,complete_set,lift,gas_riser_year,hazard_struct,hazard_gas,hazard_stair,hazard_env,fire_iot,energy_retrofit,geom', 'B1,C1,1985,6,18,砖混,2400,24,是,否,1999,0,1,0,0,0,0,"POLYGON((114 30,114.001 30,114.001 30.001,114 30))"'],
  facilities: ['fac_id,class,name,lon,lat,crs,floor_m2,land_m2,capacity,classes,open_hours,public,in_use', 'F1,幼儿园,第一幼儿园,114.3,30.6,WGS84,2600,3800,180,6,07:30-17:30,1,1'],
  community_services: ['community_id,parking,households,ev_private,ev_public,ebike_slots,property_mgmt,waste_sort,smart,demand_parking', 'C1,300,1890,20,10,40,1,1,0,900'],
  shelters: ['id,class,effective_m2,capacity,geom', 'S1,紧急,1200,800,POINT(114.3 30.6)'],
  stations: ['id,kind,station_class,name,line,entrance,lon,lat,crs', 'X1,消防站,一级,江岸消防站,,,114.3,30.6,WGS84'],
  indicators_dept: ['indicator_id,unit_id,year,value,numerator,denominator,source', '30,CITY,2025,69.1,100,145,水务局'],
  cases: ['code,type,big_code,small_code,standard_id,source,lon,lat,crs,grid,resp_grid,status,limit_type,limit_value,deadline,report_time', '1,事件,01,0110,S1,采集员,114.3,30.6,WGS84,4201,420101,已结案,小时,4,2025-01-02 08:00,2025-01-01 08:00'],
  hotline: ['id,time,channel,caller,category1,urgency,dept,response_time,solved,satisfied', 'H1,2025-01-01 08:00,电话,张**,噪音,一般,城管局,2025-01-01 09:00,是,满意'],
  sensors: ['sensor_id,object,type,unit,name,lon,lat,crs,limit_red,limit_orange', 'G1,燃气管网,压力,kPa,1号,114.3,30.6,WGS84,5,4'],
  readings: ['sensor_id,ts,value', 'G1,2025-01-01T00:00:00,3.2'],
  tasks: ['task_id,source,title,dept,deadline,class,status,evidence,extensions', 'T1,indicator,补齐幼儿园,教育局,2026-12-31,限时,进行中,,0'],
  parks: ['park_id,land_ha,floor,vacant_floor,invest,tax,output,jobs,resident_workers,approved_date', 'P1,120,800000,90000,5000,300,9000,12000,1500,2010-05-01'],
  survey: ['respondent_id,unit_id,age,gender,residence_months,occupation,year', 'Q1,C1,34,女,60,企业职工,2025'],
  peers: ['peer,indicator_id,year,value,source', '宜昌,35,2025,8.68,体检报告'],
};

describe('the tables of standards §8.2', () => {
  it.each(TABLE_CONTRACTS)('%s is recognised by its columns, whatever the file is called', async (contract) => {
    const [header, row] = EXAMPLES[contract];
    const read = await readAll('table.csv', `${header}\n${row}\n`);
    expect(read.facts.contract).toBe(contract);
    // Shapes without a column for their system are taken for WGS 84, and said to be.
    expect(Object.keys(read.counts).filter((code) => code !== 'import/crs-guessed')).toEqual([]);
    const [place] = read.places;
    if (contract === 'units') expect(place).toMatchObject({ placeId: 'C1', level: 'community', parentId: 'B1', population: 5321, households: 1890, name: { zh: '花桥社区' } });
    else expect(read.rows.map((r) => [r.table, r.row])).toEqual([[contract, 2]]);
  });

  it.each(TABLE_CONTRACTS)('%s is recognised by the Chinese names of its columns', async (contract) => {
    const found = CONTRACTS.find((candidate) => candidate.contract === contract);
    const columns = EXAMPLES[contract][0].split(',');
    const headers = columns.map((name) => found?.columns.find((column) => column.name === name)?.label.zh ?? (name === 'wkt' ? '几何' : name));
    const values = Object.fromEntries(headers.map((header) => [header, contract === 'stations' ? '消防站 一级' : 'x']));
    expect(findContract(headers, [values], {})?.contract.contract).toBe(contract);
  });

  it('of few columns is recognised by a key that no other table has', () => {
    const contractOf = (columns: string): string | undefined => findContract(columns.split(','), [], {})?.contract.contract;
    expect(contractOf('fac_id,class,name,lon,lat')).toBe('facilities');
    expect(contractOf('bldg_id,storeys,lon,lat')).toBe('buildings');
    expect(contractOf('respondent_id,age,幼儿园')).toBe('survey');
    // no mark, a name that is anybody's, a name that several tables have
    expect(contractOf('fac_id,name,lon,lat')).toBeUndefined();
    expect(contractOf('id,class,name,lon,lat')).toBeUndefined();
    expect(contractOf('community_id,name,lon,lat')).toBeUndefined();
  });

  it('names no column twice within a contract', () => {
    for (const { contract, columns } of CONTRACTS) {
      const names = columns.flatMap(({ name, also }) => [...new Set([name, ...also].map(plainName))].map((plain) => `${plain}`));
      const twice = names.filter((name, i) => names.indexOf(name) !== i);
      expect(twice, contract).toEqual([]);
    }
  });

  it('never uses a value that is wrong: it is missing, counted, with row and field', async () => {
    const read = await readAll(
      'b.csv',
      'bldg_id,year_built,storeys,height_m,lift,structure\nB1,1985,6,18,是,砖混\nB2,20225,-3,abc,也许,砖混\nB2,1990,5,15,否,砖混\n,1990,5,15,否,砖混\nB3,1990,6.5,1e9,1,\n',
    );
    expect(read.rows.map((row) => [row.key, row.values['year_built'], row.values['storeys'], row.values['height_m'], row.values['lift']])).toEqual([
      ['B1', 1985, 6, 18, true],
      ['B2', null, null, null, null],
      ['B3', 1990, null, null, true],
    ]);
    expect(read.counts).toEqual({
      'import/not-a-year/year_built': 1,
      'import/out-of-bounds/storeys': 1,
      'import/not-a-number/height_m': 1,
      'import/not-yes-or-no/lift': 1,
      'import/duplicate-id': 1,
      'import/missing-value/bldg_id': 1,
      'import/not-whole/storeys': 1,
      'import/out-of-bounds/height_m': 1,
    });
    expect(read.notes.find((note) => note.code === 'import/not-a-year/year_built')?.examples).toEqual([{ file: 'b.csv', row: 3, field: 'year_built', value: '20225' }]);
  });

  it('keeps the figures of a unit that has a point for its area', async () => {
    const read = await readAll('u.csv', 'unit_id,scale,name,lon,lat,population\nA,社区,甲,114.3,30.6,10\n');
    expect(read.places).toMatchObject([{ placeId: 'A', population: 10, geometry: undefined }]);
    expect(read.counts['import/place-without-area']).toBe(1);
  });

  it('refuses rows whose required values are unknown words', async () => {
    const read = await readAll('u.csv', 'unit_id,scale,name,population\nA,社区,甲,10\nB,galaxy,乙,10\n');
    expect(read.places.map((place) => place.placeId)).toEqual(['A']);
    expect(read.counts).toEqual({ 'import/unknown-value/scale': 1 });
  });

  it('converts units that headers name', async () => {
    const read = await readAll('p.csv', '园区编号,用地面积（亩）,投资额,税收,产值\nP1,1500,1,2,3\n');
    expect(read.rows[0].values['land_ha']).toBeCloseTo(100, 9);
    expect(read.counts).toEqual({ 'import/unit-converted/land_ha': 1 });
  });

  it('makes facilities of registries, with their kind in the registry’s words', async () => {
    const facilities = await readAll('f.csv', EXAMPLES['facilities'].join('\n'));
    expect(facilities.records.filter((record) => record.type === 'facility')).toMatchObject([{ facilityId: 'F1', kind: '幼儿园', capacity: 180, floorM2: 2600, landM2: 3800, name: '第一幼儿园' }]);
    const shelters = await readAll('s.csv', EXAMPLES['shelters'].join('\n'));
    expect(shelters.records.filter((record) => record.type === 'facility')).toMatchObject([{ facilityId: 'S1', kind: 'shelter', attributes: { class: '紧急', effective_m2: 1200 } }]);
    const stations = await readAll('x.csv', `${EXAMPLES['stations'].join('\n')}\nX2,轨道出入口,,武汉站,4号线,A,114.4,30.6,WGS84\n`);
    expect(stations.records.flatMap((record) => (record.type === 'facility' ? [record.kind] : []))).toEqual(['fire-station', 'rail-entrance']);
    const nowhere = await readAll('f.csv', 'fac_id,class,name,capacity\nF1,幼儿园,甲,100\n');
    expect(nowhere.counts).toEqual({ 'import/facility-without-place': 1 });
    expect(nowhere.rows).toHaveLength(1);
  });

  it('keeps further columns and gives features to rows with a position', async () => {
    const [header, row] = EXAMPLES['cases'];
    const read = await readAll('c.csv', `${header},天气\n${row},晴\n`);
    expect(read.rows[0].values).toMatchObject({ 天气: '晴', report_time: '2025-01-01T08:00:00', lon: 114.3, lat: 30.6 });
    expect(read.features).toMatchObject([{ layer: 'custom:cases', kind: '0110', sourceId: '1' }]);
  });

  it('follows the contract and columns that the options name', async () => {
    const read = await readAll('x.csv', 'nr,jahr,etagen\n1,1985,4\n', { contract: 'buildings', columns: { bldg_id: 'nr', year_built: 'jahr', storeys: 'etagen' } });
    expect(read.rows).toMatchObject([{ table: 'buildings', key: '1', values: { year_built: 1985, storeys: 4 } }]);
  });

  it('leaves other tables alone', async () => {
    for (const text of ['id,class,lon,lat\n1,a,114.3,30.6\n', 'id,name,type\n1,a,b\n', 'date,value\n2024-01-01,3\n', 'id,lat,lon\na,30,114\n']) {
      expect((await readAll('x.csv', text)).facts.contract, text).toBeUndefined();
    }
  });
});
