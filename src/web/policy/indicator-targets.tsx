import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import type { z } from 'zod';
import type { TargetLine, targetListSchema } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import type { ChartTarget } from '../checkup/charts.tsx';
import { useSpeech } from '../i18n/language.tsx';
import { VerdictMark } from './marks.tsx';
import { clauseLink } from './policy-address.ts';
import './policy.css';
import './trace.css';

type TargetList = z.infer<typeof targetListSchema>;

/** The targets that documents set an indicator, and what of them a chart can draw. One that did not come is no error of the indicator: then there are none. */
export function useChartTargets(cityId: string, indicator: string | undefined): { readonly targets: readonly TargetLine[]; readonly lines: readonly ChartTarget[] } {
  const { t, f, pick } = useSpeech();
  const { data } = useResource<TargetList>(indicator === undefined ? undefined : `${cityPath(cityId, 'policy-targets')}?indicator=${encodeURIComponent(indicator)}`);
  return useMemo(() => {
    const targets = data?.targets ?? [];
    const of = new Map<number, string>();
    for (const { goal, fields, indicator: one } of targets) {
      if (goal === null) continue;
      const year = fields.deadline === null ? '' : `${fields.deadline.slice(0, 4)} `;
      for (const value of goal.comparator === 'between' && goal.upper !== null ? [goal.value, goal.upper] : [goal.value]) of.set(value, `${t.policy.targetLine} ${year}${f.measured(value)} ${one === null ? '' : pick(one.unit)}`);
    }
    return { targets, lines: [...of].map(([value, label]) => ({ value, label })) };
  }, [data, t, f, pick]);
}

export function IndicatorTargets({ cityId, targets }: { cityId: string; targets: readonly TargetLine[] }) {
  return (
    <ul className="served-clauses">
      {targets.map(({ documentId, documentTitle, clause, itemId, quote, outlook }) => (
        <li key={`${documentId}/${itemId}`}>
          <VerdictMark verdict={outlook.verdict} /> <Link to={clauseLink(cityId, documentId, clause, itemId)}>{quote}</Link>
          <br /><small className="quiet">{documentTitle}</small>
        </li>
      ))}
    </ul>
  );
}
