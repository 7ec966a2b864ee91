import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { TaskJson } from '../../delivery/api.ts';
import { LIGHT_WORDS, TASK_SOURCE_WORDS, TASK_STATE_WORDS } from '../../delivery/ledger/task-words.ts';
import { statesAfter } from '../../delivery/ledger/task-acts.ts';
import type { Light, TaskSource, TaskState } from '../../delivery/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { groupTasks } from './group-tasks.ts';
import type { TaskGroup } from './group-tasks.ts';
import { useMoveTasks } from './move-task.tsx';
import { Deadline, LightIcon, LightMark, TaskProgress } from './task-marks.tsx';
import { taskOptions } from './task-options.ts';
import type { Group } from './tasks-address.ts';
import type { TaskEdits } from './use-task-edits.ts';

const FIRST_CARDS = 30;
const DRAGGED = 'text/x-chengmai-task';

interface TaskBoardProps {
  readonly tasks: readonly TaskJson[];
  readonly group: Group;
  readonly edits: TaskEdits;
  readonly onOpen: (taskId: string) => void;
}

export function useGroupName(group: Group): (key: string) => string {
  const { t, pick } = useSpeech();
  return (key) => {
    if (group === 'state') return pick(TASK_STATE_WORDS[key as TaskState]);
    if (group === 'light') return pick(LIGHT_WORDS[key as Light]);
    if (group === 'source') return pick(TASK_SOURCE_WORDS[key as TaskSource]);
    return key === '' ? t.tasks.nobody : key;
  };
}

/** Columns of cards. Between states a card is dragged, or moved by its menu: no pointer is needed. */
export function TaskBoard({ tasks, group, edits, onOpen }: TaskBoardProps) {
  const { t } = useSpeech();
  const groups = useMemo(() => groupTasks(tasks, group, group === 'state'), [tasks, group]);
  const { move, dialog } = useMoveTasks(edits);
  const [dragged, setDragged] = useState<TaskState | undefined>(undefined);
  const byId = useMemo(() => new Map(tasks.map((task) => [task.taskId, task])), [tasks]);
  return (
    <>
      {group === 'state' && <p className="quiet board-hint">{t.tasks.dragHint}</p>}
      <div className="board">
        {groups.map((one) => (
          <BoardColumn
            key={one.key} column={one} group={group} onOpen={onOpen} onMove={group === 'state' ? (task, state) => move([task], state) : undefined}
            onDrag={setDragged} onDrop={group === 'state' && dragged !== undefined && statesAfter(dragged).includes(one.key as TaskState) ? (taskId) => { const task = byId.get(taskId); if (task !== undefined) move([task], one.key as TaskState); } : undefined}
          />
        ))}
      </div>
      {dialog}
    </>
  );
}

interface BoardColumnProps {
  readonly column: TaskGroup;
  readonly group: Group;
  readonly onOpen: (taskId: string) => void;
  readonly onMove: ((task: TaskJson, state: TaskState) => void) | undefined;
  readonly onDrag: (from: TaskState | undefined) => void;
  /** Undefined where the card under way cannot go. */
  readonly onDrop: ((taskId: string) => void) | undefined;
}

function BoardColumn({ column: { key, tasks }, group, onOpen, onMove, onDrag, onDrop }: BoardColumnProps) {
  const { t, f } = useSpeech();
  const name = useGroupName(group)(key);
  const [most, setMost] = useState(FIRST_CARDS);
  const [over, setOver] = useState(false);
  const cards = useArrowFocus({ rows: 'li', items: '.board-open, button.board-move' });
  return (
    <section
      className={over ? 'board-column board-over' : 'board-column'} aria-label={`${name} ${f.integer(tasks.length)}`}
      onDragOver={(event) => {
        if (onDrop === undefined || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop?.(event.dataTransfer.getData(DRAGGED));
      }}
    >
      <h2>{group === 'light' && <LightIcon light={key as Light} />} {name} <span className="stage-count">{f.integer(tasks.length)}</span></h2>
      <ul ref={cards}>
        {tasks.slice(0, most).map((task) => <BoardCard key={task.taskId} task={task} showState={group !== 'state'} onOpen={onOpen} onMove={onMove} onDrag={onDrag} />)}
      </ul>
      {tasks.length > most && <Button type="link" onClick={() => setMost((n) => n + FIRST_CARDS * 2)}>{t.tasks.showMore(f.integer(Math.min(tasks.length - most, FIRST_CARDS * 2)))}</Button>}
    </section>
  );
}

function BoardCard({ task, showState, onOpen, onMove, onDrag }: { task: TaskJson; showState: boolean; onOpen: (taskId: string) => void; onMove: BoardColumnProps['onMove']; onDrag: BoardColumnProps['onDrag'] }) {
  const { t, pick } = useSpeech();
  const [menu, setMenu] = useState(false);
  return (
    <li className="board-card" draggable={onMove !== undefined} onDragStart={(event) => { event.dataTransfer.setData(DRAGGED, task.taskId); event.dataTransfer.effectAllowed = 'move'; onDrag(task.state); }} onDragEnd={() => onDrag(undefined)}>
      <button type="button" className="board-open" onClick={() => onOpen(task.taskId)}>
        <span className="board-title">{task.title}</span>
        <span className="quiet board-lead">{task.lead.join('、') || t.tasks.nobody}</span>
      </button>
      <div className="board-facts"><LightMark light={task.light} wordless /> <Deadline task={task} /> {task.percent !== null && <TaskProgress task={task} />} {showState && <span className="quiet">{pick(TASK_STATE_WORDS[task.state])}</span>}</div>
      {onMove !== undefined && (menu
        ? <Select autoFocus defaultOpen size="small" className="board-move" aria-label={t.tasks.moveTo} placeholder={t.tasks.moveTo} value={task.state} options={taskOptions(pick).state.filter(({ value }) => value === task.state || statesAfter(task.state).includes(value))} onBlur={() => setMenu(false)} onChange={(state) => { setMenu(false); onMove(task, state); }} />
        : <button type="button" className="link-button board-move" onClick={() => setMenu(true)}>{t.tasks.moveTo}</button>)}
    </li>
  );
}
