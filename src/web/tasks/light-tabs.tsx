import { LIGHT_WORDS } from '../../delivery/ledger/task-words.ts';
import { LIGHTS } from '../../delivery/model.ts';
import type { TaskList } from '../../delivery/api.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { LightIcon } from './task-marks.tsx';
import { tasksQuery } from './tasks-address.ts';
import type { TaskFilter } from './tasks-address.ts';

interface LightTabsProps {
  readonly base: string;
  readonly filter: TaskFilter;
  readonly version: string;
  readonly onLight: (light: string | undefined) => void;
  readonly onRules: () => void;
}

/** The lights as tabs, each with how many tasks have it among those that the other filters leave. */
export function LightTabs({ base, filter, version, onLight, onRules }: LightTabsProps) {
  const { t, f, pick } = useSpeech();
  const { data } = useResource<TaskList>(`${base}?${tasksQuery({ ...filter, light: undefined }, { limit: 1 })}`, version);
  const count = (n: number | undefined): string => (n === undefined ? '…' : f.integer(n));
  return (
    <nav className="stage-tabs" aria-label={t.tasks.lights}>
      <ul>
        <li><button type="button" aria-current={filter.light === undefined ? 'true' : undefined} onClick={() => onLight(undefined)}>{t.common.all} <span className="stage-count">{count(data?.total)}</span></button></li>
        {LIGHTS.map((light) => (
          <li key={light}>
            <button type="button" className="light-tab" aria-current={filter.light === light ? 'true' : undefined} onClick={() => onLight(light)}>
              <LightIcon light={light} /> {pick(LIGHT_WORDS[light])} <span className="stage-count">{count(data?.counts[light])}</span>
            </button>
          </li>
        ))}
        <li><button type="button" className="light-rules-open" onClick={onRules}>{t.tasks.lightRules}</button></li>
      </ul>
    </nav>
  );
}
