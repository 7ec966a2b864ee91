import { EditOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import type { DocumentJson } from '../../delivery/api.ts';
import { cityPath, getBytes } from '../api/client.ts';
import { useSpeech } from '../i18n/language.tsx';
import { sendDocument } from './send-document.ts';
import type { Desk } from './use-document.ts';

/** The day that 明年 and 年底前 are meant from: corrected here, and the same file is read again against it. */
export function PublishedDate({ cityId, desk: { document, also, busy } }: { cityId: string; desk: Desk }) {
  const { t, f } = useSpeech();
  const words = t.policy;
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState(document.publishedAt ?? '');
  async function save(): Promise<void> {
    const done = await also(async () => {
      const bytes = await getBytes(cityPath(cityId, 'policies', document.documentId, 'file'));
      await sendDocument(cityId, bytes, { name: document.fileName, published: day, documentId: document.documentId } satisfies { name: string; published: string; documentId: DocumentJson['documentId'] }, () => undefined, new AbortController().signal);
    });
    if (done) setOpen(false);
  }
  return (
    <Popover
      trigger="click" placement="bottomLeft" open={open} onOpenChange={(next) => { setOpen(next); setDay(document.publishedAt ?? ''); }} title={words.setPublished}
      content={
        <form className="published-form" onSubmit={(event) => { event.preventDefault(); if (day !== '' && day !== document.publishedAt) void save(); }}>
          <p className="quiet">{words.setPublishedHint}</p>
          <Input type="date" autoFocus aria-label={words.published} value={day} onChange={({ target }) => setDay(target.value)} />
          <Button htmlType="submit" type="primary" loading={busy} disabled={day === '' || day === document.publishedAt}>{words.readAgain}</Button>
        </form>
      }
    >
      <button type="button" className="link-button published-date" title={words.setPublished}>{document.publishedAt === null ? words.unknownDate : f.date(document.publishedAt)} <EditOutlined aria-hidden="true" /></button>
    </Popover>
  );
}
