/** Package entry `chengmai/import`: reading a city's files without a base. */
export type { ByteSource, FeatureRecord, FormatReader, ImportFacts, ImportOptions, ImportRecord } from './model.ts';
export { bytesSource, openFile } from './byte-source.ts';
export { READERS } from './readers.ts';
export { recogniseFile } from './recognise.ts';
export { readStreets } from './osm/read-streets.ts';
export type { StreetChunk, StreetReadOptions } from './osm/read-streets.ts';
export { readNetwork } from './osm/read-network.ts';
export type { NetworkReading, NetworkReadOptions } from './osm/read-network.ts';
export { readElevation } from './read-elevation.ts';
export type { Elevation } from './read-elevation.ts';
