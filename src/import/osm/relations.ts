/** The relations this reader uses, as objects: multipolygons and boundaries, turn restrictions. They are few. */
import type { NoteBook } from '../../core/note.ts';
import type { TurnRestrictionRecord } from '../model.ts';
import type { Tags } from './area-rules.ts';
import { MEMBER_NODE, MEMBER_WAY } from './block-columns.ts';
import type { RelationColumns } from './block-columns.ts';
import type { BlockStrings } from './block-strings.ts';
import { addOsmNote } from './osm-notes.ts';

export interface Member {
  readonly type: number;
  readonly id: number;
  readonly role: string;
}

export interface Relation {
  readonly id: number;
  readonly tags: Tags;
  readonly members: readonly Member[];
}

const AREA_TYPES = new Set(['multipolygon', 'boundary']);

export function isAreaRelation(relation: Relation): boolean {
  return AREA_TYPES.has(relation.tags['type'] ?? '');
}

export function isRestriction(relation: Relation): boolean {
  const type = relation.tags['type'] ?? '';
  return type === 'restriction' || type.startsWith('restriction:');
}

/** The relations of a block that are areas or restrictions. */
export function listRelations(columns: RelationColumns, strings: BlockStrings): Relation[] {
  const relations: Relation[] = [];
  let tagStart = 0;
  let memberStart = 0;
  for (let i = 0; i < columns.count; i++) {
    const memberEnd = columns.memberEnds[i];
    const tags = strings.tags(columns.tags, tagStart, columns.tagEnds[i]);
    const relation: Relation = { id: columns.ids[i], tags, members: [] };
    if (isAreaRelation(relation) || isRestriction(relation)) {
      const members: Member[] = [];
      for (let m = memberStart; m < memberEnd; m++) {
        members.push({ type: columns.memberTypes[m], id: columns.memberIds[m], role: strings.get(columns.memberRoles[m]) });
      }
      relations.push({ ...relation, members });
    }
    tagStart = columns.tagEnds[i];
    memberStart = memberEnd;
  }
  return relations;
}

/** `restriction=no_left_turn`, or that of a class of vehicles (`restriction:hgv`), or one under conditions. */
function restrictionKind(tags: Tags): string | undefined {
  if (tags['restriction'] !== undefined) return tags['restriction'];
  const key = Object.keys(tags).find((name) => name.startsWith('restriction:'));
  return key === undefined ? undefined : tags[key];
}

/** The restriction a relation states; undefined, with a note, where a part of it is missing. */
export function toTurnRestriction(relation: Relation, file: string, notes: NoteBook): TurnRestrictionRecord | undefined {
  const waysOf = (role: string): number[] => relation.members.filter((m) => m.type === MEMBER_WAY && m.role === role).map((m) => m.id);
  const kind = restrictionKind(relation.tags);
  const [fromWays, viaWays, toWays] = [waysOf('from'), waysOf('via'), waysOf('to')];
  const viaNode = relation.members.find((m) => m.type === MEMBER_NODE && m.role === 'via')?.id;
  if (kind === undefined || fromWays.length === 0 || toWays.length === 0 || (viaNode === undefined && viaWays.length === 0)) {
    addOsmNote(notes, 'osm/incomplete-restriction', file, `relation/${relation.id}`);
    return undefined;
  }
  return { type: 'turn-restriction', sourceId: `relation/${relation.id}`, kind, fromWays, viaNode, viaWays, toWays, attributes: relation.tags };
}
