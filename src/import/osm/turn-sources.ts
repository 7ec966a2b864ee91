/** Turn restrictions of an OSM file for the street network (OSM wiki, "Relation:restriction"). */
import type { NoteBook } from '../../core/note.ts';
import type { TurnSource } from '../../engine/graph/network/network-source.ts';
import { MEMBER_NODE, MEMBER_WAY } from './block-columns.ts';
import { addOsmNote } from './osm-notes.ts';
import type { Relation } from './relations.ts';

/** `restriction=*`; `restriction:hgv=*`; `restriction:conditional=kind @ (when)`, also of a class. Hours in tags of their own (hour_on, day_on) are not read: it holds always. */
function readKind(tags: Relation['tags']): Pick<TurnSource, 'kind' | 'vehicle' | 'condition'> | undefined {
  if (tags['restriction'] !== undefined) return { kind: tags['restriction'].trim() };
  const key = Object.keys(tags)
    .filter((name) => name.startsWith('restriction:'))
    .toSorted()[0];
  if (key === undefined) return undefined;
  const vehicle = key.split(':').find((part) => part !== 'restriction' && part !== 'conditional');
  const [kind, condition] = tags[key].split('@').map((part) => part.trim());
  return { kind, ...(vehicle !== undefined && { vehicle }), ...(condition !== undefined && { condition }) };
}

/** The restriction a relation states; undefined, with a note, where a part of it is missing. */
export function toTurnSource({ id, tags, members }: Relation, file: string, notes: NoteBook): TurnSource | undefined {
  const waysOf = (role: string): number[] => members.filter((member) => member.type === MEMBER_WAY && member.role === role).map((member) => member.id);
  const kind = readKind(tags);
  const [fromWays, viaWays, toWays] = [waysOf('from'), waysOf('via'), waysOf('to')];
  const viaNode = members.find((member) => member.type === MEMBER_NODE && member.role === 'via')?.id;
  if (kind === undefined || fromWays.length === 0 || toWays.length === 0 || (viaNode === undefined && viaWays.length === 0)) {
    addOsmNote(notes, 'osm/incomplete-restriction', file, `relation/${id}`);
    return undefined;
  }
  return { id, ...kind, ...(tags['except'] !== undefined && { except: tags['except'] }), fromWays, ...(viaNode !== undefined && viaWays.length === 0 && { viaNode }), viaWays, toWays };
}
