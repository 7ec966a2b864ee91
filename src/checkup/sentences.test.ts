/**
 * What a check-up says is said in words: no sentence names a kind of facility, a level or a group of persons by its id. The whole catalogue is measured, method by
 * method, on the made-up town and on others that each lack something, so that values, notes and nearly every reason occur.
 */
import { expect, it } from 'vitest';
import { FACILITY_KINDS } from '../base/facilities/kinds.ts';
import type { Bilingual } from '../core/bilingual.ts';
import { PLACE_LEVELS } from '../import/model.ts';
import { listCatalogue } from './catalogue/list-catalogue.ts';
import type { CityPlan } from './city/make-city.ts';
import { makeCity } from './city/make-city.ts';
import { gradeRun } from './grade-run.ts';
import { MADE_TOWN } from './made-town.ts';
import { measureIndicator } from './measure.ts';

const answers = Array.from({ length: 40 }, (_, i) => ({ respondent: String(i), community_id: i % 2 === 0 ? 'c1' : 'c2', age: 30, gender: 'f', kindergarten: 1, 'primary-school': 2, 'age-friendly': 1, 'health-centre': 9, year: 2025 }));
const TOWNS: Readonly<Record<string, CityPlan>> = {
  whole: { ...MADE_TOWN, tables: { ...MADE_TOWN.tables, survey: answers, peers: [{ peer: '甲', indicator_id: 'x', year: 2025, value: 1, source: 's' }] } },
  'no facilities': { ...MADE_TOWN, facilities: [] },
  'facilities of the map, of unknown size': { ...MADE_TOWN, facilities: MADE_TOWN.facilities.map(({ kind, at }) => ({ kind, at })) },
  'one kindergarten': { ...MADE_TOWN, facilities: [{ kind: 'kindergarten', at: [100, 100] }] },
  nobody: { ...MADE_TOWN, residents: [] },
  'no age groups': { ...MADE_TOWN, residents: MADE_TOWN.residents.map(({ at, persons: { total } }) => ({ at, persons: { total } })) },
  'no streets': { ...MADE_TOWN, streets: [] },
  'no land use': { ...MADE_TOWN, landUse: [] },
  'no buildings, no jobs': { ...MADE_TOWN, buildings: [], jobs: [] },
  'no registers': { ...MADE_TOWN, tables: {} },
  'one block': { ...MADE_TOWN, places: MADE_TOWN.places.filter(({ id }) => !['b2', 'c2', 'h1', 'z1'].includes(id)) },
};

async function sentencesOf(plan: CityPlan): Promise<{ said: Bilingual[]; reasons: number; notes: number }> {
  const city = makeCity(plan);
  const said: Bilingual[] = [];
  const results = [];
  let [reasons, notes] = [0, 0];
  for (const indicator of listCatalogue()) {
    said.push(indicator.definition, indicator.formula, indicator.name);
    // each method by itself: the ones behind are otherwise never reached
    const measured = await Promise.all(indicator.methods.map((method) => measureIndicator(city, { ...indicator, methods: [method] }, {})));
    for (const result of measured) {
      if ('missing' in result) said.push(result.missing.reason, result.missing.supply);
      else said.push(...(result.values.notes ?? []).map(({ text }) => text));
      if ('missing' in result) reasons++;
      else notes += result.values.notes?.length ?? 0;
    }
    const first = measured.find((result) => 'values' in result);
    results.push({ indicator, values: first !== undefined && 'values' in first ? first.values : undefined });
  }
  const graded = gradeRun(city, results, { previous: undefined, peers: {}, ownThresholds: {} });
  said.push(...graded.notes.map(({ text }) => text), ...graded.dimensions.map(({ text }) => text), ...graded.indicators.flatMap(({ steps }) => steps.map(({ text }) => text)));
  for (const { problem, advice, survey } of graded.findings) said.push(problem, advice, ...(survey === null ? [] : [survey]));
  return { said, reasons, notes };
}

const GROUPS = ['total', '65+', '0-2', '3-5', '6-11', '12-14'];
const IDS = new Set([...FACILITY_KINDS.map(({ id }) => id), ...PLACE_LEVELS, ...GROUPS]);
/** Ids among the words of a sentence; names of files, of their columns and OSM's own tags (`leisure=park`) are no words of ours. */
const idsIn = (sentence: string, isId: (word: string) => boolean): string[] => sentence.replace(/\S+\.csv|列 [\w、, ]+|[\w:]+=[\w、, ]+/g, ' ').split(/[^\w+-]+/).filter(isId);

it('no sentence of a check-up contains an id of a kind, a level or a group', async () => {
  const wrong = new Set<string>();
  let [reasons, notes] = [0, 0];
  for (const plan of Object.values(TOWNS)) {
    const { said, ...counts } = await sentencesOf(plan);
    reasons += counts.reasons;
    notes += counts.notes;
    for (const { zh, en } of said) {
      for (const id of idsIn(zh, (word) => IDS.has(word))) wrong.add(`${id}: ${zh}`);
      // park and primary-school places are English, 65+ and elderly-day-care are not
      for (const id of idsIn(en, (word) => IDS.has(word) && /[-+]/.test(word) && word !== 'primary-school')) wrong.add(`${id}: ${en}`);
    }
  }
  expect([...wrong]).toEqual([]);
  // enough was said
  expect(reasons).toBeGreaterThan(500);
  expect(notes).toBeGreaterThan(300);
}, 120_000);
