import { CalendarOutlined, DownloadOutlined, FileZipOutlined, TableOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Skeleton } from 'antd';
import type { TaskBodies } from '../../delivery/api.ts';
import { LIGHT_WORDS } from '../../delivery/ledger/task-words.ts';
import { LIGHTS } from '../../delivery/model.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { followLink } from '../shell/paper-entries.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { LightIcon } from './task-marks.tsx';
import { tasksQuery } from './tasks-address.ts';
import type { TaskFilter } from './tasks-address.ts';
import { useLetter } from './use-letter.ts';

interface TasksByBodyProps {
  /** `/api/cities/<city>` */
  readonly city: string;
  readonly filter: TaskFilter;
  readonly version: string;
  readonly onBody: (body: string, light?: string) => void;
}

/** A row a body: what it leads, by lights, what it supports; its sheet, calendar and letter to take away. */
export function TasksByBody({ city, filter, version, onBody }: TasksByBodyProps) {
  const { t, f, pick, language } = useSpeech();
  const words = t.tasks;
  const { message } = App.useApp();
  const { data, error, reload } = useResource<TaskBodies>(`${city}/task-bodies?${tasksQuery(filter)}`, version);
  const rows = useArrowFocus({ rows: 'tbody tr', items: 'button, a' });
  const copyLetter = useLetter(city);
  if (data === undefined) return error === undefined ? <Skeleton active paragraph={{ rows: 8 }} /> : <ProblemAlert problem={error} onRetry={reload} />;
  const named = data.bodies.filter(({ name }) => name !== '').length;
  return (
    <section className="by-body" aria-label={words.views.bodies}>
      <header className="by-body-head">
        <p className="quiet">{words.bodiesHint(f.integer(named))}</p>
        <Button icon={<FileZipOutlined />} href={`${city}/tasks-by-body.zip?${tasksQuery(filter, { lang: language })}`} download title={words.bodyFoldersHint}>{words.bodyFolders}</Button>
      </header>
      <div className="by-body-scroll">
        <table ref={rows} className="plain-table by-body-table">
          <thead><tr><th scope="col">{words.body}</th><th scope="col" className="number">{words.leads}</th>{LIGHTS.map((light) => <th key={light} scope="col" className="number"><LightIcon light={light} /> {pick(LIGHT_WORDS[light])}</th>)}<th scope="col" className="number">{words.supports}</th><th scope="col">{words.nextDue}</th><th scope="col" className="by-body-files"><span className="visually-hidden">{words.bodyFiles}</span></th></tr></thead>
          <tbody>
            {data.bodies.map(({ name, lead, counts, support, nextDue }) => {
              const query = tasksQuery({ ...filter, body: name }, { lang: language });
              return (
                <tr key={name}>
                  <th scope="row">{name === '' ? <span className="quiet">{words.nobody}</span> : <button type="button" className="link-button" onClick={() => onBody(name)}>{name}</button>}</th>
                  <td className="number" data-label={words.leads}>{f.integer(lead)}</td>
                  {LIGHTS.map((light) => <td key={light} className="number" data-label={pick(LIGHT_WORDS[light])}>{counts[light] === 0 ? <span className="quiet">–</span> : name === '' ? f.integer(counts[light]) : <button type="button" className={`link-button by-body-${light}`} aria-label={`${name} ${pick(LIGHT_WORDS[light])} ${f.integer(counts[light])}`} onClick={() => onBody(name, light)}>{f.integer(counts[light])}</button>}</td>)}
                  <td className="number" data-label={words.supports}>{support === 0 ? <span className="quiet">–</span> : f.integer(support)}</td>
                  <td data-label={words.nextDue}>{nextDue === null ? <span className="quiet">–</span> : f.date(nextDue)}</td>
                  <td className="by-body-files">
                    {name !== '' && (
                      <Dropdown trigger={['click']} autoFocus menu={{ onClick: followLink, items: [
                        { key: 'xlsx', icon: <TableOutlined />, label: <a href={`${city}/tasks.xlsx?${query}`} download={`${name}.xlsx`}>{words.bodySheet}</a> },
                        { key: 'ics', icon: <CalendarOutlined />, label: <a href={`${city}/tasks.ics?${query}`} download={`${name}.ics`}>{words.exportCalendar}</a> },
                        { key: 'letter', icon: <DownloadOutlined />, label: words.copyLetter, onClick: () => void copyLetter(name).then((copied) => { if (copied === 'none') void message.info(words.noReminders); }) },
                      ] }}>
                        <Button size="small" aria-haspopup="menu" aria-label={`${words.bodyFiles}: ${name}`}>{words.bodyFiles}</Button>
                      </Dropdown>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
