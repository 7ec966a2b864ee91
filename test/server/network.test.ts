/** The street network and isochrones over HTTP: a city whose streets cross every 0.002 degrees. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../src/base/api.ts';
import { CityReach } from '../../src/base/network/reach/city-reach.ts';
import { isochroneAnswerSchema, networkStateSchema } from '../../src/base/network/reach/isochrone-api.ts';
import type { IsochroneAnswer, NetworkState } from '../../src/base/network/reach/isochrone-api.ts';
import { openOpportunities } from '../../src/base/network/reach/opportunities.ts';
import { openNetwork } from '../../src/engine/graph/network/network.ts';
import { CENTRE } from '../browser/small-city.ts';
import { CITY, serveSmallCity } from './served-city.ts';

let city: Awaited<ReturnType<typeof serveSmallCity>>;
beforeAll(async () => {
  city = await serveSmallCity();
});
afterAll(() => city.remove());

const at = (rest: string): string => `/api/cities/${CITY}${rest}`;
const ask = (body: object): Promise<Response> => city.send('POST', at('/isochrones'), body);

async function answer(body: object): Promise<IsochroneAnswer> {
  const response = await ask(body);
  expect(response.status, await response.clone().text()).toBe(200);
  return isochroneAnswerSchema.parse(await response.json());
}

async function fetchBytes(path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; etag: string }> {
  const response = await city.get(at(path));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(response.headers.get('content-length')).toBe(String(bytes.length));
  return { bytes, etag: response.headers.get('etag') ?? '' };
}

async function problemOf(response: Response, status: number): Promise<string> {
  expect(response.status).toBe(status);
  const problem = problemSchema.parse(await response.json());
  expect(problem.text.zh).not.toBe('');
  return problem.code;
}

describe('the street network over HTTP', () => {
  test('says when it is ready and how large it is', async () => {
    const askState = async (): Promise<NetworkState> => networkStateSchema.parse(await (await city.get(at('/network/state'))).json());
    let state = await askState();
    // building begins with the import and takes longer than the first question where the machine is busy
    for (let turn = 0; state.state === 'building' && turn < 300; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      state = await askState();
    }
    // seven streets each way that end on one another: 49 crossings, 6 pieces each
    expect(state).toMatchObject({ state: 'ready', counts: { jobPoints: 0 }, notes: [] });
    expect(state.counts?.vertices).toBe(49);
    expect(state.counts?.edges).toBe(84);
    const { bytes, etag } = await fetchBytes('/network');
    expect(bytes.length).toBe(state.networkBytes);
    expect(etag).toBe(`"${state.key}"`);
    expect((await fetchBytes('/network/opportunities')).bytes.length).toBe(state.opportunitiesBytes);
  });

  test('is packed for who can unpack it, where it is large enough to be worth it', async () => {
    const sent = await city.get(at('/network'), { 'accept-encoding': 'gzip' });
    const { bytes } = await fetchBytes('/network');
    const received = new Uint8Array(await sent.arrayBuffer());
    const whole = sent.headers.get('content-encoding') === 'gzip' ? gunzipSync(received) : received;
    expect(Buffer.compare(whole, bytes)).toBe(0);
  });

  test('sends nothing to who has it', async () => {
    const { etag } = await fetchBytes('/network');
    for (const path of ['/network', '/network/opportunities']) {
      const response = await city.get(at(path), { 'if-none-match': etag });
      expect(response.status).toBe(304);
      expect(await response.text()).toBe('');
    }
  });

  test('answers as the buffers answer in a browser, figure for figure', async () => {
    const reach = new CityReach(openNetwork((await fetchBytes('/network')).bytes), openOpportunities((await fetchBytes('/network/opportunities')).bytes));
    for (const mode of ['walk', 'bike', 'drive'] as const) {
      const request = { places: [[CENTRE.lon, CENTRE.lat], [CENTRE.lon + 0.003, CENTRE.lat]] as [number, number][], mode, minutes: [2, 5, 10], streets: true };
      expect(await answer(request)).toEqual(JSON.parse(JSON.stringify(reach.answer(request))));
    }
  });

  test('reaches what is within the limit along the streets', async () => {
    const { features, places, unit } = await answer({ places: [[CENTRE.lon, CENTRE.lat]], metres: [150, 2000] });
    expect(unit).toBe('metres');
    expect(places[0].offNetworkM).toBeLessThan(0.1);
    const [wide, near] = features.map(({ properties }) => properties);
    // four arms of 150 m from the middle crossing, whose next ones are 191 m and 222 m away; then all the streets there are
    expect(near).toMatchObject({ type: 'area', metres: 150, streetsM: 600, jobs: null });
    expect(wide).toMatchObject({ type: 'area', metres: 2000, facilities: { park: 1 } });
    const length = 7 * 6 * (191.6 + 221.8);
    expect(Math.abs((wide as { streetsM: number }).streetsM / length - 1)).toBeLessThan(0.005);
  });

  test('refuses by name what it cannot answer', async () => {
    expect(await problemOf(await ask({ places: [[0, 0]] }), 400)).toBe('network/off-network');
    expect(await problemOf(await ask({ places: [[CENTRE.lon, CENTRE.lat]], minutes: [5], metres: [5] }), 400)).toBe('network/limits');
    for (const body of [{ places: [] }, { places: [[200, 0]] }, { places: [[1, 2]], mode: 'fly' }, { places: [[1, 2]], minutes: [-1] }, { places: [[1, 2]], minutes: [1e9] }, {}]) {
      expect(await problemOf(await ask(body), 400), JSON.stringify(body)).toBe('base/bad-request');
    }
    expect(await problemOf(await city.get('/api/cities/nowhere/network/state'), 404)).toBe('base/no-city');
    await city.send('POST', '/api/cities', { cityId: 'empty', name: { zh: '空', en: 'Empty' } });
    expect(await (await city.get('/api/cities/empty/network/state')).json()).toMatchObject({ state: 'no-streets' });
    expect(await problemOf(await city.get('/api/cities/empty/network'), 404)).toBe('network/no-streets');
    expect(await problemOf(await city.send('POST', '/api/cities/empty/isochrones', { places: [[1, 2]] }), 404)).toBe('network/no-streets');
    expect(city.faults).toEqual([]);
  });

  test('is in the description of the interface', async () => {
    const { paths } = (await (await city.get('/openapi.json')).json()) as { paths: Record<string, Record<string, { description?: string }>> };
    expect(paths['/api/cities/{city}/isochrones'].post.description).toContain('network/off-network');
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/cities/{city}/network', '/api/cities/{city}/network/opportunities', '/api/cities/{city}/network/state']));
  });
});
