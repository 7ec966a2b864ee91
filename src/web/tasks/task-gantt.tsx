import { useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import type { TaskJson } from '../../delivery/api.ts';
import { LIGHT_WORDS } from '../../delivery/ledger/task-words.ts';
import { dayNumber } from '../../delivery/ledger/working-days.ts';
import type { Light } from '../../delivery/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { useNarrow } from '../shell/use-narrow.ts';
import { barOf, buildScale, placeOf } from './gantt-scale.ts';
import type { TimeScale } from './gantt-scale.ts';
import { groupTasks } from './group-tasks.ts';
import { useGroupName } from './task-board.tsx';
import { LightIcon } from './task-marks.tsx';
import type { Group, Scale } from './tasks-address.ts';

const NAMES_PX = { wide: 320, narrow: 148 };

interface TaskGanttProps {
  readonly tasks: readonly TaskJson[];
  readonly today: string;
  readonly scale: Scale;
  readonly group: Group;
  readonly onOpen: (taskId: string) => void;
}

/** A row a task: its name stays at the left, its time scrolls. All places are per cent of the track, so paper may be of any width. */
export function TaskGantt({ tasks, today, scale, group, onOpen }: TaskGanttProps) {
  const { t, f } = useSpeech();
  const narrow = useNarrow();
  const names = narrow ? NAMES_PX.narrow : NAMES_PX.wide;
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(800);
  useEffect(() => {
    if (box.current === null) return undefined;
    const watcher = new ResizeObserver(([entry]) => setRoom(Math.round(entry.contentRect.width)));
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  const roomPx = Math.max(120, room - names);
  const time = useMemo(() => buildScale(tasks, today, scale, roomPx), [tasks, today, scale, roomPx]);
  const groups = useMemo(() => groupTasks(tasks, group, false), [tasks, group]);
  const groupName = useGroupName(group);
  const now = dayNumber(today);
  const rows = useArrowFocus({ rows: '.gantt-row', items: '.gantt-name' });
  // what is due now is what is looked for: today stands a third into the picture
  useEffect(() => {
    const scroll = box.current;
    if (scroll !== null && time.widthPx !== undefined) scroll.scrollLeft = (time.widthPx * placeOf(time, now)) / 100 - roomPx / 3;
  }, [time, now, roomPx]);
  return (
    <>
      <Legend />
      <div ref={box} className="gantt" style={{ '--names': `${names}px`, '--track': time.widthPx === undefined ? 'auto' : `${time.widthPx}px` } as CSSProperties}>
        <div className="gantt-inner">
          <div className="gantt-head" aria-hidden="true"><span className="gantt-corner">{t.tasks.task}</span><span className="gantt-track"><Ticks time={time} now={now} /></span></div>
          <div ref={rows} role="group" aria-label={t.tasks.ganttLabel(f.integer(tasks.length))}>
            {groups.map((one) => (
              <section key={one.key} aria-label={group === 'none' ? undefined : groupName(one.key)}>
                {group !== 'none' && <h2 className="gantt-group"><span>{group === 'light' && <LightIcon light={one.key as Light} />} {groupName(one.key)} <span className="stage-count">{f.integer(one.tasks.length)}</span></span></h2>}
                {one.tasks.map((task) => <GanttRow key={task.taskId} task={task} time={time} now={now} onOpen={onOpen} />)}
              </section>
            ))}
          </div>
        </div>
      </div>
    </>
  );
}

function Ticks({ time, now }: { time: TimeScale; now: number }) {
  const { t } = useSpeech();
  return (
    <>
      {time.ticks.map(({ day, label, strong }) => {
        const left = placeOf(time, day);
        return left > 99 ? null : <span key={day} className={strong ? 'gantt-tick gantt-tick-strong' : 'gantt-tick'} style={{ left: `${left}%` }}>{label}</span>;
      })}
      <span className="gantt-now-label" style={{ left: `${placeOf(time, now)}%` }}>{t.tasks.today}</span>
    </>
  );
}

function GanttRow({ task, time, now, onOpen }: { task: TaskJson; time: TimeScale; now: number; onOpen: (taskId: string) => void }) {
  const { t, f, pick } = useSpeech();
  const bar = barOf(task, now);
  const at = (day: number): string => `${placeOf(time, day)}%`;
  const width = `${Math.max(0, placeOf(time, bar.to) - placeOf(time, bar.from))}%`;
  const first = task.firstDeadline !== null && task.firstDeadline !== task.deadline ? dayNumber(task.firstDeadline) + 1 : undefined;
  const isLate = (task.state === 'open' || task.state === 'submitted') && !bar.open && bar.to < now;
  const late = isLate ? `${placeOf(time, now) - placeOf(time, bar.to)}%` : undefined;
  const words = t.tasks.barOf(task.title, f.date(task.startAt ?? task.createdAt), task.deadline === null ? t.tasks.noDeadline : f.date(task.deadline), `${pick(LIGHT_WORDS[task.light])}。${pick(task.lightText)}`);
  return (
    <div className="gantt-row">
      <button type="button" className="gantt-name" onClick={() => onOpen(task.taskId)} title={task.title} aria-label={words}>
        <LightIcon light={task.light} /> <span>{task.title}</span>
      </button>
      {/* the button beside it does the same, for those who see no bars */}
      <div className="gantt-track" onClick={() => onOpen(task.taskId)} title={words}>
        {time.ticks.map(({ day, strong }) => (strong ? <span key={day} className="gantt-line" style={{ left: at(day) }} /> : null))}
        <span className={`gantt-bar light-line-${task.light}${bar.open ? ' gantt-open' : ''}`} style={{ left: at(bar.from), width }}>
          {task.percent !== null && <span className={`gantt-done light-fill-${task.light}`} style={{ width: `${task.percent}%` }} />}
        </span>
        {late !== undefined && <span className="gantt-late" style={{ left: at(bar.to), width: late }} />}
        {first !== undefined && <span className="gantt-first" style={{ left: at(first) }} />}
        {task.milestones.map((milestone, i) => <span key={i} className={milestone.doneAt === null ? 'gantt-milestone' : 'gantt-milestone gantt-reached'} style={{ left: at(dayNumber(milestone.due)) }} title={`${milestone.title} ${f.date(milestone.due)}`} />)}
        <span className="gantt-now" style={{ left: at(now) }} />
      </div>
    </div>
  );
}

function Legend() {
  const { t } = useSpeech();
  const { legend } = t.tasks;
  return (
    <p className="gantt-legend quiet" aria-hidden="true">
      <span><span className="gantt-bar light-line-green gantt-sample"><span className="gantt-done light-fill-green" style={{ width: '60%' }} /></span> {legend.done}</span>
      <span><span className="gantt-sample-box"><span className="gantt-late" style={{ left: 0, width: '100%' }} /></span> {legend.late}</span>
      <span><span className="gantt-sample-box"><span className="gantt-first" style={{ left: '50%' }} /></span> {legend.first}</span>
      <span><span className="gantt-sample-box"><span className="gantt-milestone gantt-reached" style={{ left: '50%' }} /></span> {legend.milestone}</span>
      <span><span className="gantt-sample-box"><span className="gantt-now" style={{ left: '50%' }} /></span> {t.tasks.today}</span>
    </p>
  );
}
