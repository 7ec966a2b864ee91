/** Units as texts write them against units as indicators have them. */

const SAME: readonly (readonly [RegExp, string])[] = [
  [/km²|km2|平方千米/g, '平方公里'], [/m²|m2|㎡|平米/g, '平方米'], [/m³|m3/g, '立方米'], [/km|千米/g, '公里'], [/\bha\b/g, '公顷'], [/min/g, '分钟'], [/(?<![a-z])h(?![a-z])/g, '小时'], [/(?<![a-z])m(?![a-z])/g, '米'], [/％/g, '%'],
];
const SCALES: readonly (readonly [string, number])[] = [['亿', 1e8], ['万', 1e4], ['千', 1e3], ['百', 1e2]];

function plain(unit: string): { readonly name: string; readonly factor: number } {
  let text = unit.replace(/\s+/g, '');
  for (const [pattern, name] of SAME) text = text.replace(pattern, name);
  let factor = 1;
  const parts = text.split('/').map((part, i) => {
    for (const [word, scale] of SCALES) {
      if (!part.startsWith(word) || part.length === word.length) continue;
      factor = i === 0 ? factor * scale : factor / scale;
      return part.slice(word.length);
    }
    const [, count, rest] = /^(\d+)(万?.+)$/.exec(part) ?? [];
    if (count !== undefined && i > 0) {
      const scaled = rest.startsWith('万') ? Number(count) * 1e4 : Number(count);
      factor /= scaled;
      return rest.replace(/^万/, '');
    }
    return part;
  });
  return { name: parts.join('/'), factor };
}

/** What a value in the text's unit is to be multiplied by to be in the indicator's; undefined where the two measure different things. */
export function unitFactor(text: string, indicator: string): number | undefined {
  const [from, to] = [plain(text), plain(indicator)];
  return from.name === to.name ? from.factor / to.factor : undefined;
}

/** A share, a density, a time or a length: something a city has, not so many things that are to be built. */
export function isLevel(unit: string): boolean {
  return /[%/]|分钟|小时|公里|^米$/.test(plain(unit).name);
}
