import { InboxOutlined, PlusOutlined } from '@ant-design/icons';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { useSpeech } from '../../i18n/language.tsx';

export function DropZone({ compact, onFiles }: { compact: boolean; onFiles: (files: Iterable<File>) => void }) {
  const { t } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    onFiles(event.dataTransfer.files);
  }

  return (
    <>
      <button
        type="button"
        className={['drop-zone', compact ? 'drop-zone-compact' : '', over ? 'drop-zone-over' : ''].join(' ')}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {compact ? (
          <span>
            <PlusOutlined aria-hidden="true" /> {t.importing.addMore}
          </span>
        ) : (
          <>
            <InboxOutlined className="drop-zone-icon" aria-hidden="true" />
            <strong>{t.importing.drop}</strong>
            <span className="quiet">{t.importing.dropHint}</span>
          </>
        )}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="import-input"
        onChange={(event) => {
          if (event.target.files !== null) onFiles([...event.target.files]);
          // the same file may be chosen again after it was removed
          event.target.value = '';
        }}
      />
    </>
  );
}
