/** What the derivation says about the built-up area it found. */
import type { NoteBook } from '../../core/note.ts';
import type { CutResult } from '../places/cut-units.ts';

/** Notes how much of the city is built up, and by what that was told. */
export function noteBuiltUp({ city, builtUp, blocks, communities }: CutResult, peopleKnown: boolean, notes: NoteBook): void {
  if (!builtUp.known) {
    notes.add('warning', 'derive/built-up-unknown', {
      zh: '没有土地利用、建筑或足够的道路与人口可以辨认建成区，全市都按建成区划分；请导入土地利用、建筑或道路数据。',
      en: 'No land use, buildings, or enough streets and persons show where the city is built up, so all of it was cut as built-up area; import land use, buildings or streets.',
    });
    return;
  }
  const km2 = (m2: number): string => (m2 / 1e6).toFixed(1);
  const hasRest = [...blocks, ...communities].some((unit) => unit.outside);
  const share = peopleKnown && city.persons > 0 ? `${((100 * city.builtUpPersons) / city.persons).toFixed(1)}%` : undefined;
  notes.add('info', 'derive/built-up', {
    zh: `建成区陆地 ${km2(city.builtUpM2)} km²（全市 ${km2(city.landM2)} km²）${share === undefined ? '' : `，住有全市 ${share} 的人口`}；共 ${builtUp.pieces} 片，另有 ${builtUp.hamlets} 处不足城镇规模的居民点。${hasRest ? '推算的街区与小区只在建成区内划分，其余为“乡村及未建设地区”，不参与评级。' : ''}`,
    en: `The built-up area has ${km2(city.builtUpM2)} km² of the city's ${km2(city.landM2)} km² of land${share === undefined ? '' : ` and ${share} of its persons`}, in ${builtUp.pieces} pieces; ${builtUp.hamlets} settlements are too small for a town.${hasRest ? ' Derived blocks and communities were cut within it only; the rest is "countryside and undeveloped land", which is not graded.' : ''}`,
  });
  const told = builtUp.toldBy;
  if (told === undefined) return;
  const all = Object.values(told).reduce((sum, m2) => sum + m2, 0);
  const weak = told.streets + told.persons;
  if (weak <= all / 2) return;
  const percent = Math.round((100 * weak) / all);
  notes.add('info', 'derive/built-up-by-streets', {
    zh: `建成区的 ${percent}% 没有土地利用和建筑可依，按道路密度${peopleKnown ? '和人口密度' : ''}辨认，边界只是近似；导入土地利用或建筑数据可使其准确。`,
    en: `For ${percent} % of the built-up area no land use and no buildings are known: it was told by the density of streets${peopleKnown ? ' and persons' : ''}, and its edge is approximate; land use or buildings would make it exact.`,
  });
}
