/** All operators that indicators may name: one import and one line each, in the order of the documentation. */
import { accessCumulative } from './access-cumulative.ts';
import { accessGravity } from './access-gravity.ts';
import { accessKth } from './access-kth.ts';
import { accessFloatingCatchment } from './access-floating-catchment.ts';
import { accessAvailability } from './access-availability.ts';
import { balancingCost } from './balancing-cost.ts';
import { inequality } from './inequality.ts';
import { autocorrelation } from './autocorrelation.ts';
import { livingCircle } from './living-circle.ts';
import { completeCommunity } from './complete-community.ts';
import { dailyAccess } from './daily-access.ts';
import { dailyLiving } from './daily-living.ts';
import { neighbourhood } from './neighbourhood.ts';
import { walkability } from './walkability.ts';
import { transitAccess } from './transit-access.ts';
import { landConsumption } from './land-consumption.ts';
import { openSpaceShare } from './open-space-share.ts';
import { waterfront } from './waterfront.ts';
import { landMix } from './land-mix.ts';
import { commuteShare } from './commute-share.ts';
import { jobCoverage } from './job-coverage.ts';
import { jobsHousing } from './jobs-housing.ts';
import { jobsHousingSeparation } from './jobs-housing-separation.ts';
import { groupShare } from './group-share.ts';
import { landCoverage } from './land-coverage.ts';
import { personCoverage } from './person-coverage.ts';
import { nearestDistance } from './nearest-distance.ts';
import { fireCoverage } from './fire-coverage.ts';
import { lineDensity } from './line-density.ts';
import { networkDetour } from './network-detour.ts';
import { areaShare } from './area-share.ts';
import { caseRate } from './case-rate.ts';
import { caseRoads } from './case-roads.ts';
import { caseSpots } from './case-spots.ts';
import { deadEnds } from './dead-ends.ts';
import { density } from './density.ts';
import { facilityCount } from './facility-count.ts';
import { intersectionDensity } from './intersection-density.ts';
import { ratio } from './ratio.ts';
import { roadDensity } from './road-density.ts';
import { shelterArea } from './shelter-area.ts';
import { stopFrequency } from './stop-frequency.ts';
import { streetLength } from './street-length.ts';
import { taskRate } from './task-rate.ts';
import { vacancy } from './vacancy.ts';
import { columnGap } from './column-gap.ts';
import { placeGap } from './place-gap.ts';
import { registryCount } from './registry-count.ts';
import { registryRatio } from './registry-ratio.ts';
import { registryShare } from './registry-share.ts';
import { registrySum } from './registry-sum.ts';
import { reported } from './reported.ts';
import { unitsLacking } from './units-lacking.ts';
import type { Operator } from './operator.ts';

const OPERATORS: readonly Operator[] = [
  registryCount,
  registryShare,
  registrySum,
  registryRatio,
  columnGap,
  unitsLacking,
  placeGap,
  reported,
  shelterArea,
  facilityCount,
  density,
  ratio,
  areaShare,
  roadDensity,
  streetLength,
  intersectionDensity,
  deadEnds,
  stopFrequency,
  lineDensity,
  vacancy,
  caseRate,
  caseRoads,
  caseSpots,
  taskRate,
  landCoverage,
  personCoverage,
  nearestDistance,
  fireCoverage,
  networkDetour,
  accessCumulative,
  accessGravity,
  accessKth,
  accessFloatingCatchment,
  accessAvailability,
  balancingCost,
  inequality,
  autocorrelation,
  livingCircle,
  completeCommunity,
  dailyAccess,
  dailyLiving,
  neighbourhood,
  walkability,
  transitAccess,
  landConsumption,
  openSpaceShare,
  waterfront,
  landMix,
  commuteShare,
  jobCoverage,
  jobsHousing,
  jobsHousingSeparation,
  groupShare,
];

export function listOperators(): readonly Operator[] {
  return OPERATORS;
}

export function findOperator(id: string): Operator | undefined {
  return OPERATORS.find((operator) => operator.id === id);
}
