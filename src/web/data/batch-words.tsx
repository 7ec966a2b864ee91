import { Tag } from 'antd';
import type { BatchJson, NoteJson } from '../../base/api.ts';
import { useKindNames } from '../i18n/kind-names.ts';
import { useSpeech } from '../i18n/language.tsx';

export function totalOf(counts: Readonly<Record<string, number>>): number {
  // those with a value are among the cells already
  return Object.entries(counts).reduce((sum, [key, count]) => (key === 'cells with a value' ? sum : sum + count), 0);
}

export function BatchState({ batch }: { batch: BatchJson }) {
  const { t } = useSpeech();
  if (batch.state === 'staging') return <Tag color="processing">{t.data.staging}</Tag>;
  if (batch.current) return <Tag color="success">{t.data.current}</Tag>;
  return <Tag>{batch.state === 'discarded' ? t.data.discarded : t.data.replaced}</Tag>;
}

export const NOTE_LEVELS = ['error', 'warning', 'info'] as const;
const COLOURS = { error: 'error', warning: 'warning', info: 'default' } as const;

/** How many notes of each level, in words for those who do not see the colours. */
export function NoteCounts({ notes }: { notes: readonly NoteJson[] }) {
  const { t, f } = useSpeech();
  if (notes.length === 0) return <span className="quiet">–</span>;
  return (
    <span className="note-counts">
      {NOTE_LEVELS.map((level) => {
        const count = notes.filter((note) => note.level === level).length;
        if (count === 0) return null;
        const label = `${t.data.noteLevel[level]}: ${f.integer(count)}`;
        return (
          <Tag key={level} color={COLOURS[level]} title={label} aria-label={label}>
            {f.integer(count)}
          </Tag>
        );
      })}
    </span>
  );
}

/** A kind of row by its name: `street`, `place/block`, `facility/school`, `population/65+`, `raster/population/total` … */
export function useRowNames(cityId: string): (key: string) => string {
  const { t } = useSpeech();
  const kinds = useKindNames(cityId);
  return (key) => {
    const [first, ...rest] = key.split('/');
    const last = rest.at(-1);
    const whole = t.rowKind[key] ?? t.layer[key] ?? t.importing.contractNames[key];
    if (whole !== undefined) return whole;
    if (key.startsWith('custom:')) return t.importing.contractNames[key.slice(7)] ?? key.slice(7);
    if (last === undefined) return key;
    if (first === 'place') return `${t.layer.place} · ${t.level[last] ?? last}`;
    if (first === 'facility') return kinds.facility(last);
    if (first === 'row') return t.importing.contractNames[last] ?? last;
    return `${t.rowKind[first] ?? t.layer[first] ?? first} · ${last === 'total' ? t.data.total : last}`;
  };
}
