/** What this reader notes about objects it changed or could not use, always with the object's id. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { NoteBook, NoteLevel } from '../../core/note.ts';

const NOTES = {
  'osm/bad-coordinate': ['error', '节点坐标缺失或超出范围，已忽略该节点', 'nodes with missing or out-of-range coordinates were left out'],
  'osm/missing-node': ['warning', '道路或面引用了文件中没有的节点，已按其余节点成形', 'ways refer to nodes that the file lacks; they were drawn with the others'],
  'osm/way-without-nodes': ['error', '可用节点不足，无法成形，已忽略该路径', 'ways with too few usable nodes were left out'],
  'osm/open-area': ['warning', '应为面的路径未闭合，已忽略', 'ways that should be areas are not closed and were left out'],
  'osm/empty-area': ['warning', '面积为零的面已忽略', 'areas without extent were left out'],
  'osm/self-crossing': ['warning', '面的边界自相交', 'areas whose outline crosses or touches itself'],
  'osm/building-part': ['info', '建筑部件（building:part）不单独计为建筑', 'parts of buildings (building:part) are not counted as buildings'],
  'osm/unclosed-ring': ['warning', '多边形关系的环未闭合，已忽略未闭合部分', 'rings of multipolygon relations do not close; the open parts were left out'],
  'osm/missing-member': ['warning', '多边形关系的部分成员路径不在文件中', 'multipolygon relations refer to ways that the file lacks'],
  'osm/relation-without-area': ['error', '多边形关系无法组成任何面，已忽略', 'multipolygon relations of which no area could be made were left out'],
  'osm/boundary-as-lines': ['warning', '行政边界未闭合，已保留为线', 'administrative boundaries that do not close were kept as lines'],
  'osm/wrong-role': ['warning', '多边形成员的内外角色与实际位置不符，已按位置处理', 'members are marked inner or outer against where they lie; their place decided'],
  'osm/relation-too-complex': ['error', '多边形关系过于复杂，已忽略', 'multipolygon relations with too many rings were left out'],
  'osm/outer-repeats-relation': ['info', '外环路径与所属关系标注相同，只保留关系', 'outer ways tagged like their relation were taken once, as the relation'],
  'osm/unclear-outer-tags': ['warning', '关系无标签且各外环标签不一，按各路径处理', 'relations without tags whose outer ways disagree were taken way by way'],
  'osm/incomplete-restriction': ['warning', '转向限制缺少起点、途经或终点，已忽略', 'turn restrictions without from, via or to were left out'],
  'osm/bad-text': ['warning', '文字编码有误，无法识别的字符已替换', 'text that is not valid UTF-8 had characters replaced'],
  'osm/crs-ignored': ['warning', 'OSM 数据恒为 WGS84，所填坐标系未采用', 'OSM data are always WGS 84; the coordinate system given was not applied'],
} as const satisfies Record<string, readonly [NoteLevel, string, string]>;

export type OsmNote = keyof typeof NOTES;

/** Adds one of the notes above. `object` is `node/1`, `way/2`, `relation/3`. */
export function addOsmNote(notes: NoteBook, code: OsmNote, file: string, object?: string, count = 1): void {
  const [level, zh, en] = NOTES[code];
  const text: Bilingual = { zh: `${zh}。`, en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.` };
  notes.add(level, code, text, object === undefined ? { file } : { file, field: 'id', value: object }, count);
}
