/** All operators that indicators may name: one import and one line each, in the order of the documentation. */
import { accessCumulative } from './access-cumulative.ts';
import { accessGravity } from './access-gravity.ts';
import { accessKth } from './access-kth.ts';
import { accessFloatingCatchment } from './access-floating-catchment.ts';
import { accessAvailability } from './access-availability.ts';
import { balancingCost } from './balancing-cost.ts';
import { inequality } from './inequality.ts';
import { autocorrelation } from './autocorrelation.ts';
import { landCoverage } from './land-coverage.ts';
import { personCoverage } from './person-coverage.ts';
import { nearestDistance } from './nearest-distance.ts';
import { fireCoverage } from './fire-coverage.ts';
import { networkDetour } from './network-detour.ts';
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
];

export function listOperators(): readonly Operator[] {
  return OPERATORS;
}

export function findOperator(id: string): Operator | undefined {
  return OPERATORS.find((operator) => operator.id === id);
}
