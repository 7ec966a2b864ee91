/** What takes an edit back: the values that the findings had before, findings of the same values together. */
import type { FindingEdit, FindingJson } from '../../checkup/api.ts';

export interface EditOfMany {
  readonly findingIds: readonly string[];
  readonly edit: FindingEdit;
}

function valueBefore(finding: FindingJson, field: keyof FindingEdit): unknown {
  if (field === 'problemZh') return finding.problem.zh;
  if (field === 'problemEn') return finding.problem.en;
  if (field === 'adviceZh') return finding.advice.zh;
  if (field === 'adviceEn') return finding.advice.en;
  return finding[field];
}

export function editsBack(before: readonly FindingJson[], edit: FindingEdit): EditOfMany[] {
  const fields = Object.keys(edit) as (keyof FindingEdit)[];
  const groups = new Map<string, { findingIds: string[]; edit: FindingEdit }>();
  for (const finding of before) {
    const old = Object.fromEntries(fields.map((field) => [field, valueBefore(finding, field)])) as FindingEdit;
    const key = JSON.stringify(old);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { findingIds: [finding.findingId], edit: old });
    else group.findingIds.push(finding.findingId);
  }
  return [...groups.values()];
}
