import { CloseCircleOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { NoteJson } from '../../base/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { PlaceOfTrouble } from '../shell/place-of-trouble.tsx';
import { NOTE_LEVELS } from './batch-words.tsx';

const ICONS = { error: <CloseCircleOutlined />, warning: <WarningOutlined />, info: <InfoCircleOutlined /> };

interface NotesListProps {
  readonly notes: readonly NoteJson[];
  /** The file they are about, which its examples need not name again. */
  readonly file?: string;
  /** Examples wait behind a click. */
  readonly folded?: boolean;
}

/** Notes by level, gravest first, each with how often and where it happened. */
export function NotesList({ notes, file, folded = false }: NotesListProps) {
  const { t, f, pick } = useSpeech();
  if (notes.length === 0) return <p className="quiet">{t.data.noNotes}</p>;
  return (
    <div className="notes">
      {NOTE_LEVELS.map((level) => {
        const group = notes.filter((note) => note.level === level).toSorted((a, b) => b.count - a.count);
        if (group.length === 0) return null;
        return (
          <section key={level} className={`note-group note-${level}`}>
            <h4>
              <span aria-hidden="true">{ICONS[level]}</span> {t.data.noteLevel[level]}
            </h4>
            <ul>
              {group.map((note) => (
                <li key={note.code} className="note">
                  <p>
                    {pick(note.text)} {note.count > 1 && <span className="note-count">{t.data.times(f.integer(note.count))}</span>}
                  </p>
                  {note.examples.length > 0 &&
                    (folded ? (
                      <details>
                        <summary>{t.data.examples}</summary>
                        <Examples note={note} file={file} />
                      </details>
                    ) : (
                      <Examples note={note} file={file} />
                    ))}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Examples({ note, file }: { note: NoteJson; file: string | undefined }) {
  const { t } = useSpeech();
  return (
    <ul className="note-examples" aria-label={t.data.examples}>
      {note.examples.map((place, index) => (
        // examples have no identity of their own and never change order
        <li key={index}>
          <PlaceOfTrouble place={place.file === file ? { ...place, file: undefined } : place} />
        </li>
      ))}
    </ul>
  );
}
