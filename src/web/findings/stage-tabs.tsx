import { STAGE_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { FindingList } from '../../checkup/api.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ledgerQuery } from './findings-address.ts';
import type { LedgerFilter } from './findings-address.ts';
import { STAGES } from './ledger-options.ts';

interface StageTabsProps {
  readonly base: string;
  readonly filter: LedgerFilter;
  readonly version: string;
  readonly onStage: (stage: string | undefined) => void;
}

/** The way of a finding as tabs, each with how many stand there. */
export function StageTabs({ base, filter, version, onStage }: StageTabsProps) {
  const { t, pick } = useSpeech();
  const tabs: { stage: string | undefined; name: string }[] = [{ stage: undefined, name: t.common.all }, ...STAGES.map((stage) => ({ stage, name: pick(STAGE_WORDS[stage]) }))];
  return (
    <nav className="stage-tabs" aria-label={t.findings.stages}>
      <ul>
        {tabs.map(({ stage, name }) => (
          <li key={stage ?? 'all'}>
            <button type="button" aria-current={filter.stage === stage ? 'true' : undefined} onClick={() => onStage(stage)}>
              {name} <StageCount base={base} filter={{ ...filter, stage }} version={version} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function StageCount({ base, filter, version }: { base: string; filter: Readonly<Record<string, string | undefined>>; version: string }) {
  const { f } = useSpeech();
  const { data } = useResource<FindingList>(`${base}?${ledgerQuery(filter, { limit: 1 })}`, version);
  return <span className="stage-count">{data === undefined ? '…' : f.integer(data.total)}</span>;
}
