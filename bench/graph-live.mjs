// What has to be quick while somebody looks: isochrones with their polygons, and a facility added.
export async function measureIsochrones() {
  return undefined;
}

export async function measureWhatIf() {
  return undefined;
}
