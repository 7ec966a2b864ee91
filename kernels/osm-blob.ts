/** One module for all that is done to a blob, so that the inflated block is decoded where it lies. */
export { inflate } from './inflate';
export { decodeDense, decodeWays, state } from './osm-block';
