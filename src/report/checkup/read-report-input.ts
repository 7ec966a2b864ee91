/** Reads a check-up from the base for its report. */
import type { Language } from '../../core/bilingual.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { Base } from '../../base/open.ts';
import type { Shapes, Snapshot } from '../../base/snapshot/model.ts';
import { listBatches } from '../../base/store/batches.ts';
import { openCheckupCity } from '../../checkup/open-places.ts';
import { getCheckup } from '../../checkup/store.ts';
import { listFindings } from '../../checkup/store/ledger.ts';
import type { IndicatorDetail } from '../../checkup/api.ts';
import type { PeriodChoice } from '../../checkup/views.ts';
import { buildOverview, listIndicatorDetails } from '../../checkup/views.ts';
import type { ReportArea, ReportInput } from './report-input.ts';

const MAPPED_LEVELS = new Set(['block', 'community']);

function ringsOf({ verticesE7, partEnds, shapeEnds }: Shapes, shape: number): Float64Array[] {
  const rings: Float64Array[] = [];
  for (let part = shape === 0 ? 0 : shapeEnds[shape - 1]; part < shapeEnds[shape]; part++) {
    const start = part === 0 ? 0 : partEnds[part - 1];
    rings.push(Float64Array.from(verticesE7.subarray(2 * start, 2 * partEnds[part]), (value) => value / 1e7));
  }
  return rings;
}

function listAreas({ place, meta, text }: Snapshot): ReportArea[] {
  const areas: ReportArea[] = [];
  for (let number = 0; number < meta.counts.places; number++) {
    const level = meta.levels[place.level[number]];
    if (!MAPPED_LEVELS.has(level)) continue;
    const rings = ringsOf(place.shapes, number);
    if (rings.length > 0) areas.push({ placeId: text(place.id[number]), level, rings });
  }
  return areas;
}

/** A registry's row is one record, whether it became a building or a facility besides. */
export function countRecords(kept: Readonly<Record<string, number>>): number {
  const rows = Object.entries(kept).filter(([layer]) => layer.startsWith('row/'));
  return (rows.length > 0 ? rows.map(([, count]) => count) : Object.values(kept)).reduce((sum, one) => sum + one, 0);
}

/** @throws ChengmaiError not-found `base/no-city`, `checkup/no-checkup`; kind `cancelled` */
export async function readReportInput(base: Base, cityId: string, choice: PeriodChoice, language: Language, context: WorkContext = {}): Promise<ReportInput> {
  const checkup = await getCheckup(base.database, cityId, choice);
  const overview = await buildOverview(base, cityId, checkup.period);
  const details: IndicatorDetail[] = [];
  for await (const detail of listIndicatorDetails(base, checkup)) {
    throwIfCancelled(context.signal);
    details.push(detail);
    context.report?.({ stage: 'report', text: { zh: '读取指标', en: 'Reading indicators' }, done: details.length, total: overview.indicators.length });
  }
  const city = await openCheckupCity(base, checkup);
  const { findings } = await listFindings(base.database, cityId);
  const batches = await listBatches(base.database, cityId);
  const used = new Set(details.flatMap(({ provenance }) => (provenance?.inputs ?? []).map(({ batchId }) => batchId)));
  const hasSurvey = Object.keys(checkup.survey).length > 0;
  return {
    language, overview, details, findings, survey: checkup.survey, madeAt: new Date().toISOString(),
    areas: city === undefined ? [] : listAreas(city.snapshot),
    files: batches
      .filter(({ kind, batchId, kept }) => kind === 'file' && (used.has(batchId) || (hasSurvey && kept['row/survey'] !== undefined)))
      .toReversed()
      .map(({ fileName, format, crs, startedAt, kept }) => ({ fileName, format, crs: crs ?? null, importedAt: startedAt.toISOString(), rows: countRecords(kept) })),
  };
}
