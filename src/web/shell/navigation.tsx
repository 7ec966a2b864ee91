import { AimOutlined, AppstoreOutlined, AuditOutlined, DatabaseOutlined, EnvironmentOutlined, FileTextOutlined, MedicineBoxOutlined, ScheduleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { useSpeech } from '../i18n/language.tsx';

interface Entry {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
}

interface NavigationProps {
  readonly cityId: string | undefined;
  readonly wide?: boolean;
  readonly onNavigate?: () => void;
}

/** The pages there are. A stage to come adds its entry here when its pages exist, and not before. */
export function Navigation({ cityId, wide = false, onNavigate }: NavigationProps) {
  const { t } = useSpeech();
  const entries: Entry[] = [
    ...(cityId === undefined
      ? []
      : [
          { to: `/${cityId}/map`, label: t.shell.map, icon: <EnvironmentOutlined /> },
          { to: `/${cityId}/checkup`, label: t.shell.checkup, icon: <MedicineBoxOutlined /> },
          { to: `/${cityId}/findings`, label: t.shell.findings, icon: <AuditOutlined /> },
          { to: `/${cityId}/policies`, label: t.shell.policies, icon: <FileTextOutlined /> },
          { to: `/${cityId}/targets`, label: t.shell.targets, icon: <AimOutlined /> },
          { to: `/${cityId}/tasks`, label: t.shell.tasks, icon: <ScheduleOutlined /> },
          { to: `/${cityId}/data`, label: t.shell.data, icon: <DatabaseOutlined /> },
        ]),
    { to: '/cities', label: t.shell.cities, icon: <AppstoreOutlined /> },
  ];
  return (
    <ul className={wide ? 'nav nav-wide' : 'nav'}>
      {entries.map((entry) => (
        <li key={entry.to}>
          <NavLink to={entry.to} className="nav-link" onClick={onNavigate}>
            <span className="nav-icon" aria-hidden="true">
              {entry.icon}
            </span>
            <span>{entry.label}</span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
