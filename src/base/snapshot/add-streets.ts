/** Streets with their nodes and tags, and turn restrictions → sections `street.*`, `turn.*`. */
import type { Attributes } from '../../import/model.ts';
import type { Session } from '../database.ts';
import { readLayer } from '../derive/read-columns.ts';
import type { TextTable } from './growing-arrays.ts';
import { growingF64, growingI32, growingU32, toE7 } from './growing-arrays.ts';
import type { LayerScope, Sections, SnapshotScope } from './scope.ts';

/** Tags that say nothing about walking, driving or looks, and that would fill the text table. */
const TAGS_LEFT_OUT = /^(name|alt_name|old_name|source|note|fixme|description|website|wikidata|wikipedia|created_by|check_date|survey)(:|$)/;

export async function addStreets(database: Session, scope: LayerScope, texts: TextTable, sections: Sections): Promise<{ nodes: number; ways: number }> {
  const nodeId = growingF64();
  const nodeE7 = growingI32();
  const wayEnds = growingU32();
  const wayNodes = growingU32();
  const [wayKind, wayName, waySource, tagEnds, tagKey, tagValue] = [growingU32(), growingU32(), growingU32(), growingU32(), growingU32(), growingU32()];
  const byId = new Map<number, number>();
  const byPlace = new Map<string, number>();
  const addNode = (id: number, x: number, y: number): number => {
    nodeE7.push(x);
    nodeE7.push(y);
    return nodeId.push(id);
  };
  const numberNode = (id: number, x: number, y: number): number => {
    let number = byId.get(id);
    if (number === undefined) byId.set(id, (number = addNode(id, x, y)));
    return number;
  };
  // streets of files without node ids meet where their vertices coincide
  const numberPlace = (x: number, y: number): number => {
    let number = byPlace.get(`${x} ${y}`);
    if (number === undefined) byPlace.set(`${x} ${y}`, (number = addNode(-1 - nodeId.length, x, y)));
    return number;
  };
  const columns = [
    'kind', 'name', 'source_id', 'attributes::text',
    `(select array_to_string(s.node_ids, ',') from street s where s.city_id = chosen.city_id and s.batch_id = chosen.batch_id and s.feature_id = chosen.feature_id)`,
  ];
  for await (const { columns: [kinds, names, ids, attributes, nodes], geometries } of readLayer(database, { ...scope, layer: 'street', columns, geometry: true })) {
    geometries.forEach((geometry, i) => {
      if (geometry.type !== 'LineString') return;
      const c = geometry.coordinates;
      const nodeIds = nodes[i]?.split(',');
      const usable = nodeIds !== undefined && nodeIds.length === c.length / 2;
      for (let v = 0; v < c.length / 2; v++) {
        const x = toE7(c[2 * v]);
        const y = toE7(c[2 * v + 1]);
        wayNodes.push(usable ? numberNode(Number(nodeIds[v]), x, y) : numberPlace(x, y));
      }
      wayEnds.push(wayNodes.length);
      wayKind.push(texts.number(kinds[i]));
      wayName.push(texts.number(names[i]));
      waySource.push(texts.number(ids[i]));
      for (const [key, value] of Object.entries(JSON.parse(attributes[i] ?? '{}') as Attributes)) {
        if (value === null || key === 'highway' || TAGS_LEFT_OUT.test(key)) continue;
        tagKey.push(texts.number(key));
        tagValue.push(texts.number(String(value)));
      }
      tagEnds.push(tagKey.length);
    });
  }
  Object.assign(sections, {
    'street.nodeId': nodeId.finish(), 'street.nodeE7': nodeE7.finish(), 'street.wayEnds': wayEnds.finish(), 'street.wayNodes': wayNodes.finish(),
    'street.wayKind': wayKind.finish(), 'street.wayName': wayName.finish(), 'street.waySource': waySource.finish(),
    'street.tagEnds': tagEnds.finish(), 'street.tagKey': tagKey.finish(), 'street.tagValue': tagValue.finish(),
  });
  return { nodes: nodeId.length, ways: wayEnds.length };
}

export async function addTurns(database: Session, scope: SnapshotScope, texts: TextTable, sections: Sections): Promise<number> {
  const rows = await database.query<{ kind: string; via_node: number | string | null; from_ways: (number | string)[]; via_ways: (number | string)[]; to_ways: (number | string)[] }>(
    `select kind, via_node, from_ways, via_ways, to_ways from turn_restriction where city_id = $1 and batch_id = any($2) order by batch_id, source_id`,
    [scope.cityId, scope.fileBatches],
  );
  const kind = growingU32();
  const viaNode = growingF64();
  const listEnds = growingU32();
  const ways = growingF64();
  for (const row of rows) {
    kind.push(texts.number(row.kind));
    viaNode.push(row.via_node === null ? NaN : Number(row.via_node));
    for (const list of [row.from_ways, row.via_ways, row.to_ways]) {
      for (const way of list) ways.push(Number(way));
      listEnds.push(ways.length);
    }
  }
  Object.assign(sections, { 'turn.kind': kind.finish(), 'turn.viaNode': viaNode.finish(), 'turn.listEnds': listEnds.finish(), 'turn.ways': ways.finish() });
  return rows.length;
}
