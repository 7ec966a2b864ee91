import { BellOutlined, CalendarOutlined, ControlOutlined, DownloadOutlined, FileTextOutlined, HistoryOutlined, MoreOutlined, PlusOutlined, PrinterOutlined, TableOutlined, UndoOutlined, UploadOutlined } from '@ant-design/icons';
import { Badge, Button, Dropdown } from 'antd';
import { quarterAfter, quarterName, quarterOf, quarterText } from '../../delivery/ledger/quarter.ts';
import { useSpeech } from '../i18n/language.tsx';
import { followLink, paperGroup } from '../shell/paper-entries.tsx';
import { useReminders } from './reminders.tsx';
import { tasksQuery } from './tasks-address.ts';
import type { Panel, TaskFilter } from './tasks-address.ts';
import type { TaskEdits } from './use-task-edits.ts';

interface TaskActionsProps {
  /** `/api/cities/<city>/tasks` */
  readonly base: string;
  readonly filter: TaskFilter;
  readonly fresh: string;
  /** The day of the ledger, once it is known. */
  readonly today: string | undefined;
  readonly empty: boolean;
  readonly edits: TaskEdits;
  readonly onNew: () => void;
  readonly onImport: () => void;
  readonly onPanel: (panel: Panel) => void;
  readonly onPrint: () => void;
  readonly onSync: () => void;
}

export function TaskActions({ base, filter, fresh, today, empty, edits, onNew, onImport, onPanel, onPrint, onSync }: TaskActionsProps) {
  const { t, f, pick, language } = useSpeech();
  const city = base.replace(/\/tasks$/, '');
  const late = useReminders(city, 0, fresh).data?.reminders.filter(({ days }) => days < 0).length ?? 0;
  const quarter = today === undefined ? undefined : quarterOf(today);
  const query = tasksQuery(filter, { lang: language });
  return (
    <div className="tasks-actions">
      {edits.canUndo > 0 && <Button icon={<UndoOutlined />} loading={edits.busy} onClick={() => void edits.undo()}>{t.tasks.undo(f.integer(edits.canUndo))}</Button>}
      <Badge count={late} overflowCount={999} offset={[-12, 0]}><Button icon={<BellOutlined />} onClick={() => onPanel('reminders')}>{t.tasks.reminders}</Button></Badge>
      {!empty && quarter !== undefined && (
        <Dropdown
          trigger={['click']} autoFocus
          menu={{
            onClick: followLink,
            items: [
              ...[quarter, quarterAfter(quarter, -1)].map((one, i) => paperGroup(quarterText(one), t.tasks.bulletinOf(pick(quarterName(one)), i === 0), `${city}/task-bulletin?quarter=${quarterText(one)}`, t.tasks)),
              paperGroup('brief', t.tasks.briefCity, `${city}/brief`, t.tasks),
            ],
          }}
        >
          <Button icon={<FileTextOutlined />} aria-haspopup="menu">{t.tasks.papers}</Button>
        </Dropdown>
      )}
      <Dropdown
        trigger={['click']} autoFocus
        menu={{
          onClick: followLink,
          items: [
            { key: 'import', icon: <UploadOutlined />, label: t.tasks.importBook, onClick: onImport },
            ...(empty ? [] : [
              { key: 'xlsx', icon: <DownloadOutlined />, label: <a href={`${base}.xlsx?${query}`} download>{t.tasks.exportBook}</a> },
              { key: 'ics', icon: <CalendarOutlined />, label: <a href={`${base}.ics?${query}`} download>{t.tasks.exportCalendar}</a> },
              { key: 'print', icon: <PrinterOutlined />, label: t.tasks.printAll, onClick: onPrint },
            ]),
            { key: 'lights', icon: <ControlOutlined />, label: t.tasks.lightRules, onClick: () => onPanel('lights') },
            { key: 'changes', icon: <HistoryOutlined />, label: t.tasks.ledgerChanges, onClick: () => onPanel('changes') },
            { key: 'sync', icon: <TableOutlined />, label: t.tasks.syncTable, onClick: onSync },
          ],
        }}
      >
        <Button icon={<MoreOutlined />} aria-haspopup="menu">{t.tasks.more}</Button>
      </Dropdown>
      <Button type="primary" icon={<PlusOutlined />} onClick={onNew}>{t.tasks.newTask}</Button>
    </div>
  );
}
