import { useSpeech } from '../i18n/language.tsx';
import { LIGHT_WORDS } from '../../delivery/ledger/task-words.ts';
import type { Light } from '../../delivery/model.ts';
import type { TaskJson } from '../../delivery/api.ts';

/** Every light has a shape of its own beside its colour. */
const SHAPES: Readonly<Record<Light, string>> = {
  red: 'M7 0.5l6.5 3.2v6.6L7 13.5 0.5 10.3V3.7zM6.2 3.6h1.6v4.2H6.2zM6.2 9h1.6v1.6H6.2z',
  yellow: 'M7 0.8L13.6 13H0.4zM6.3 5h1.4v3.8H6.3zM6.3 9.8h1.4v1.4H6.3z',
  green: 'M7 0.8a6.2 6.2 0 1 0 0.01 0z',
  blue: 'M1.5 0.8h11v12.4h-11zM6.1 10.4l4.6-5.2-1.1-1-3.5 4-1.6-1.7-1.1 1z',
  grey: 'M7 0.8a6.2 6.2 0 1 0 0.01 0zM7 3a4 4 0 1 1-0.01 0z',
};

export function LightIcon({ light }: { light: Light }) {
  return <svg className={`light light-${light}`} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false"><path d={SHAPES[light]} fillRule="evenodd" /></svg>;
}

/** The shape and the word; the word may be for screen readers alone. */
export function LightMark({ light, wordless = false }: { light: Light; wordless?: boolean }) {
  const { pick } = useSpeech();
  const word = pick(LIGHT_WORDS[light]);
  return (
    <span className="light-mark" title={wordless ? word : undefined}>
      <LightIcon light={light} />
      <span className={wordless ? 'visually-hidden' : ''}>{word}</span>
    </span>
  );
}

/** A bar of what was reported, with the line of the time that has gone. */
export function TaskProgress({ task }: { task: Pick<TaskJson, 'percent' | 'expected' | 'light' | 'state'> }) {
  const { t, f } = useSpeech();
  if (task.percent === null) return <span className="quiet">{t.tasks.noReport}</span>;
  const percent = f.integer(task.percent);
  const shown = task.state !== 'done' && task.expected !== null;
  return (
    <span className="task-progress" title={shown ? t.tasks.expectedOf(f.integer(task.expected ?? 0)) : undefined}>
      <span className="task-progress-track" aria-hidden="true">
        <span className={`task-progress-done light-fill-${task.light}`} style={{ width: `${task.percent}%` }} />
        {shown && <span className="task-progress-expected" style={{ left: `${task.expected}%` }} />}
      </span>
      <span className="visually-hidden">{t.tasks.percentOf(percent)}</span>
      <span aria-hidden="true" className="task-progress-number">{percent}%</span>
    </span>
  );
}

/** 还有 12 天 / 逾期 3 天 */
export function useDaysText(): (task: Pick<TaskJson, 'daysLeft'>) => string | undefined {
  const { t, f } = useSpeech();
  return ({ daysLeft }) => (daysLeft === null ? undefined : daysLeft === 0 ? t.tasks.dueToday : daysLeft > 0 ? t.tasks.daysLeft(f.integer(daysLeft)) : t.tasks.daysLate(f.integer(-daysLeft)));
}

export function Deadline({ task }: { task: Pick<TaskJson, 'deadline' | 'daysLeft' | 'firstDeadline' | 'state'> }) {
  const { t, f } = useSpeech();
  const days = useDaysText()(task);
  if (task.deadline === null) return <span className="quiet">{t.tasks.noDeadline}</span>;
  return (
    <span className="task-deadline">
      <span>{f.date(task.deadline)}</span>
      {days !== undefined && <small className={task.daysLeft !== null && task.daysLeft < 0 && task.state !== 'draft' ? 'task-late' : 'quiet'}>{days}</small>}
    </span>
  );
}
