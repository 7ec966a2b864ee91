import { ServedClauses } from './served-clauses.tsx';

/** Which clauses ask for an indicator. */
export function IndicatorClauses({ cityId, indicator }: { cityId: string; indicator: string }) {
  return <ServedClauses cityId={cityId} of="indicator" id={indicator} />;
}
