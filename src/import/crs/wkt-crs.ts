/** Coordinate systems written as well-known text (.prj files, GeoPackage, GeoTIFF citations). */
const WKT_START = /^(PROJCS|GEOGCS|COMPD_CS|PROJCRS|PROJECTEDCRS|GEOGCRS|GEODCRS|GEODETICCRS|GEOGRAPHICCRS|COMPOUNDCRS|BOUNDCRS)\s*\[/i;

export function isWkt(text: string): boolean {
  return WKT_START.test(text);
}

/** The text from an opening bracket's keyword to its closing bracket. */
function cutElement(wkt: string, start: number): string {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < wkt.length; i++) {
    const c = wkt[i];
    if (c === '"') quoted = !quoted;
    else if (!quoted && c === '[') depth++;
    else if (!quoted && c === ']' && --depth === 0) return wkt.slice(start, i + 1);
  }
  return wkt.slice(start);
}

/** The horizontal part of compound and bound systems, and the name within its first quotes. */
export function prepareWkt(wkt: string): { name: string; definition: string } {
  let definition = wkt.trim();
  if (/^(COMPD_CS|COMPOUNDCRS|BOUNDCRS)/i.test(definition)) {
    const inner = /(PROJCS|GEOGCS|PROJCRS|GEOGCRS|GEODCRS)\s*\[/i.exec(definition);
    if (inner !== null) definition = cutElement(definition, inner.index);
  }
  return { name: /\[\s*"([^"]*)"/.exec(definition)?.[1] ?? '', definition };
}

/** The EPSG code that stands for the whole system: the AUTHORITY or ID at its own level, never that of a part. */
export function findEpsgInWkt(wkt: string): number | undefined {
  const { definition } = prepareWkt(wkt);
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < definition.length; i++) {
    const c = definition[i];
    if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c === ']') depth--;
    else if (c === '[') depth++;
    else if (depth === 1) {
      const match = /^(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?/i.exec(definition.slice(i, i + 60));
      if (match !== null) return Number(match[1]);
    }
  }
  return undefined;
}
