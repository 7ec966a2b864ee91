// Uploads a GeoJSON file to a running server, follows the import, and reads it back through OGC API – Features.
//
//   npx chengmai start --no-sample --port 8080      (elsewhere)
//   node examples/query-over-http.mjs http://127.0.0.1:8080
const server = process.argv[2] ?? 'http://127.0.0.1:8080';
const city = 'http-example';

async function call(method, path, body, headers = {}) {
  const response = await fetch(server + path, { method, body, headers });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.text?.en ?? answer.title}`);
  return answer;
}
const asJson = { 'content-type': 'application/json' };

const trees = {
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', id: 'T1', properties: { name: '古银杏', age: 820 }, geometry: { type: 'Point', coordinates: [115.62, 32.58] } },
    { type: 'Feature', id: 'T2', properties: { name: '国槐', age: 310 }, geometry: { type: 'Point', coordinates: [115.625, 32.581] } },
    { type: 'Feature', id: 'T3', properties: { name: '侧柏', age: 450 }, geometry: { type: 'Point', coordinates: [115.64, 32.59] } },
  ],
};

const { cities } = await call('GET', '/api/cities');
if (!cities.some((known) => known.cityId === city)) {
  await call('POST', '/api/cities', JSON.stringify({ cityId: city, name: { zh: '接口示例', en: 'HTTP example' } }), asJson);
}
const upload = await call('PUT', `/api/cities/${city}/uploads?name=old-trees.geojson`, JSON.stringify(trees), { 'content-type': 'application/octet-stream' });
console.log(`recognised: ${upload.preview.summary.en}`);

const { jobId } = await call('POST', `/api/cities/${city}/imports`, JSON.stringify({ files: [{ sha256: upload.sha256 }] }), asJson);
let job;
do {
  await new Promise((resolve) => setTimeout(resolve, 200));
  job = await call('GET', `/api/jobs/${jobId}`);
} while (job.state === 'queued' || job.state === 'running');
console.log(`import: ${job.state}`);
if (job.state !== 'done') throw new Error(job.error?.text.en);

const { collections } = await call('GET', '/collections?f=json');
const collection = collections.find(({ id }) => id.startsWith(`${city}.custom`));
const { features, numberMatched } = await call('GET', `/collections/${encodeURIComponent(collection.id)}/items?bbox=115.61,32.57,115.63,32.585&limit=10`);
console.log(`in the box: ${numberMatched}: ${features.map((feature) => feature.properties.name).join(', ')}`);
