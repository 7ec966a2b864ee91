/** `验收单.pdf` where it is free, else `验收单 (2).pdf`, `验收单 (3).pdf` … */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let free = name;
  for (let nth = 2; taken.has(free); nth++) free = `${stem} (${nth})${ending}`;
  return free;
}
