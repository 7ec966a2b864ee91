/**
 * Whether a survey's sample is what 《城市体检工作手册（试行）》2025 asks for: at least 1,500 answers in a city and 6 in each community; residents of 16 and
 * over who have lived there six months; 16–30 about 30 %, 30–60 about 55 %, 60 and over about 15 % (± 5 points); women at most 70 %; staff of
 * government and public institutions at most 15 %; at least 0.6 ‰ of the built-up area's residents. (The upper bound of the last is
 * misprinted in the copy that was read and is not used.)
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { AttributeValue } from '../../import/model.ts';

export const SAMPLE_RULE = {
  leastAnswers: 1500,
  leastPerCommunity: 6,
  leastAge: 16,
  leastMonths: 6,
  ageShares: [
    { from: 16, below: 30, share: 0.3 },
    { from: 30, below: 60, share: 0.55 },
    { from: 60, below: Infinity, share: 0.15 },
  ],
  agePoints: 0.05,
  mostWomen: 0.7,
  mostOfficials: 0.15,
  leastOfResidents: 0.0006,
} as const;

const OFFICIAL = /公务员|机关|事业单位|政府|公职|civil|government|public (institution|servant)/i;

export interface SampleInput {
  readonly rowCount: number;
  /** By row: 1 for those of the survey in question; absent: all. */
  readonly among?: Uint8Array;
  column(name: string): readonly AttributeValue[] | undefined;
  /** By row: number of its place, −1 unknown. */
  readonly place: Int32Array;
  /** Numbers of the communities that should have been asked. */
  readonly communities: readonly number[];
  readonly residents: number | undefined;
}

export interface SampleCheck {
  /** 1 for rows that count: of an age and a time of residence that are asked for, or unknown. */
  readonly counts: Uint8Array;
  readonly answers: number;
  /** Each rule, whether it is kept, and the figures; undefined where the file does not tell. */
  readonly rules: readonly { readonly id: string; readonly kept: boolean | undefined; readonly text: Bilingual }[];
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))}`;

export function checkSample(input: SampleInput): SampleCheck {
  const rule = SAMPLE_RULE;
  const ages = input.column('age');
  const months = input.column('residence_months');
  const counts = new Uint8Array(input.rowCount);
  for (let row = 0; row < input.rowCount; row++) {
    const age = ages?.[row];
    const stay = months?.[row];
    counts[row] = (typeof age === 'number' && age < rule.leastAge) || (typeof stay === 'number' && stay < rule.leastMonths) ? 0 : (input.among?.[row] ?? 1);
  }
  const answers = counts.reduce((sum, one) => sum + one, 0);
  const rules: { id: string; kept: boolean | undefined; text: Bilingual }[] = [];
  const add = (id: string, kept: boolean | undefined, zh: string, en: string): void => void rules.push({ id, kept, text: { zh, en } });

  add('answers', answers >= rule.leastAnswers, `有效问卷 ${answers} 份（要求不少于 ${rule.leastAnswers} 份）`, `${answers} valid answers (at least ${rule.leastAnswers} are asked for)`);
  if (input.residents !== undefined && input.residents > 0) {
    const share = answers / input.residents;
    add('residents', share >= rule.leastOfResidents, `占建成区人口 ${(1000 * share).toFixed(2)}‰（要求不低于 ${1000 * rule.leastOfResidents}‰）`, `${(1000 * share).toFixed(2)} ‰ of the residents (at least ${1000 * rule.leastOfResidents} ‰ are asked for)`);
  }
  const perPlace = new Map<number, number>();
  for (let row = 0; row < input.rowCount; row++) if (counts[row] === 1 && input.place[row] >= 0) perPlace.set(input.place[row], (perPlace.get(input.place[row]) ?? 0) + 1);
  const few = input.communities.filter((place) => (perPlace.get(place) ?? 0) < rule.leastPerCommunity).length;
  add('communities', perPlace.size === 0 ? undefined : few === 0, `${few} 个社区不足 ${rule.leastPerCommunity} 份`, `${few} communities have fewer than ${rule.leastPerCommunity} answers`);

  const known = (column: readonly AttributeValue[] | undefined): number => (column === undefined ? 0 : column.filter((value, row) => counts[row] === 1 && value !== null && value !== '').length);
  const share = (column: readonly AttributeValue[], is: (value: AttributeValue) => boolean): number => column.filter((value, row) => counts[row] === 1 && value !== null && value !== '' && is(value)).length / known(column);
  for (const { from, below, share: asked } of rule.ageShares) {
    const found = ages === undefined || known(ages) === 0 ? undefined : share(ages, (age) => typeof age === 'number' && age >= from && age < below);
    const range = below === Infinity ? `${from}+` : `${from}–${below}`;
    // a share at the very edge is within, whatever floating point makes of the difference
    const kept = found === undefined ? undefined : Math.abs(found - asked) <= rule.agePoints + 1e-9;
    add(`age/${from}`, kept, `${range} 岁占 ${found === undefined ? '未知' : `${percent(found)}%`}（要求 ${percent(asked)}% ±5）`, `aged ${range}: ${found === undefined ? 'unknown' : `${percent(found)} %`} (${percent(asked)} % ± 5 asked for)`);
  }
  const genders = input.column('gender');
  const women = genders === undefined || known(genders) === 0 ? undefined : share(genders, (gender) => gender === 'f');
  add('women', women === undefined ? undefined : women <= rule.mostWomen, `女性占 ${women === undefined ? '未知' : `${percent(women)}%`}（要求不高于 ${percent(rule.mostWomen)}%）`, `women: ${women === undefined ? 'unknown' : `${percent(women)} %`} (at most ${percent(rule.mostWomen)} %)`);
  const jobs = input.column('occupation');
  const officials = jobs === undefined || known(jobs) === 0 ? undefined : share(jobs, (job) => OFFICIAL.test(String(job)));
  add('officials', officials === undefined ? undefined : officials <= rule.mostOfficials, `机关事业单位人员占 ${officials === undefined ? '未知' : `${percent(officials)}%`}（要求不高于 ${percent(rule.mostOfficials)}%）`, `staff of government and public institutions: ${officials === undefined ? 'unknown' : `${percent(officials)} %`} (at most ${percent(rule.mostOfficials)} %)`);
  return { counts, answers, rules };
}
