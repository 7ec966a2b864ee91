/** How many findings a check-up of a period has, and where most are. */
import type { Session } from '../../base/database.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { PlaceLevel } from '../../import/model.ts';

export interface FindingCounts {
  readonly total: number;
  readonly timeLimited: number;
  readonly bestEffort: number;
  /** Severity 1 … 5. */
  readonly bySeverity: number[];
  readonly byIndicator: ReadonlyMap<string, number>;
}

/** Open in that period: found by then and not mended before. */
const OF_PERIOD = `city_id = $1 and first_period <= $2 and last_period >= $2 and stage not in ('rejected', 'lapsed')`;

export async function countFindings(database: Session, cityId: string, period: number): Promise<FindingCounts> {
  const rows = await database.query<{ indicator_id: string; kind: string; severity: number; count: number }>(
    `select indicator_id, kind, severity, count(*)::integer as count from finding where ${OF_PERIOD} group by indicator_id, kind, severity`, [cityId, period],
  );
  const byIndicator = new Map<string, number>();
  const bySeverity = [0, 0, 0, 0, 0];
  let timeLimited = 0;
  let total = 0;
  for (const { indicator_id, kind, severity, count } of rows) {
    byIndicator.set(indicator_id, (byIndicator.get(indicator_id) ?? 0) + count);
    bySeverity[severity - 1] += count;
    total += count;
    if (kind === 'time-limited') timeLimited += count;
  }
  return { total, timeLimited, bestEffort: total - timeLimited, bySeverity, byIndicator };
}

export interface WorstPlace {
  readonly placeId: string;
  readonly level: PlaceLevel;
  readonly name: Bilingual;
  readonly findings: number;
  /** The sum of the severities of its findings. */
  readonly severity: number;
}

const WORST = 10;

/** Places of the tree but the city itself, those whose findings weigh most first. */
export async function worstPlaces(database: Session, cityId: string, period: number): Promise<WorstPlace[]> {
  const rows = await database.query<{ place_id: string; level: PlaceLevel; name: Bilingual; findings: number; severity: number }>(
    `select place_id, min(level) as level, (array_agg(row->'placeName'))[1] as name, count(*)::integer as findings, sum(severity)::integer as severity
     from finding where ${OF_PERIOD} and level <> 'city' group by place_id order by severity desc, findings desc, place_id limit ${WORST}`, [cityId, period],
  );
  return rows.map(({ place_id, ...rest }) => ({ placeId: place_id, ...rest }));
}
