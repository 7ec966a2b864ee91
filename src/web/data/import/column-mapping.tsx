import { Alert, Select } from 'antd';
import type { PreviewJson } from '../../../base/api.ts';
import { useSpeech } from '../../i18n/language.tsx';

interface ColumnMappingProps {
  readonly preview: PreviewJson;
  /** What the reader chose so far, role → column name. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly updating: boolean;
  /** Role → column name, all of them. */
  readonly onColumns: (columns: Record<string, string>) => void;
}

const NO_ROLE = '';

/** Which column plays which role. A role belongs to one column: giving it to another takes it from the first. */
export function ColumnMapping({ preview, chosen, updating, onColumns }: ColumnMappingProps) {
  const { t, f, pick } = useSpeech();
  const { roles } = preview;
  // a role may wait for its pair (longitude for latitude) before the server shows it as taken
  const columns = preview.columns.map((column) => {
    const picked = Object.keys(chosen).find((role) => chosen[role] === column.name);
    return { ...column, role: picked ?? (column.role !== null && chosen[column.role] !== undefined ? null : column.role) };
  });
  const missing = roles.filter((role) => role.required && !columns.some((column) => column.role === role.id));

  function give(columnName: string, roleId: string): void {
    const next: Record<string, string> = {};
    for (const column of columns) {
      if (column.role !== null && column.name !== columnName && column.role !== roleId) next[column.role] = column.name;
    }
    if (roleId !== NO_ROLE) next[roleId] = columnName;
    onColumns(next);
  }

  return (
    <div className="column-mapping">
      <h4>{t.importing.columns}</h4>
      {missing.length > 0 && <Alert type="warning" showIcon title={t.importing.missingRoles(f.list(missing.map((role) => pick(role.label))))} />}
      <div className="column-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t.importing.column}</th>
              <th scope="col">{t.importing.samples}</th>
              <th scope="col">{t.importing.role}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">{column.name}</th>
                <td className="column-samples">{column.samples.slice(0, 3).join(' · ')}</td>
                <td>
                  <Select
                    size="small"
                    className="column-role"
                    aria-label={`${t.importing.role}: ${column.name}`}
                    disabled={updating}
                    value={column.role ?? NO_ROLE}
                    onChange={(role) => give(column.name, role)}
                    options={[
                      { value: NO_ROLE, label: t.importing.roleNone },
                      ...roles.map((role) => ({ value: role.id, label: role.required ? `${pick(role.label)} *` : pick(role.label) })),
                    ]}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
