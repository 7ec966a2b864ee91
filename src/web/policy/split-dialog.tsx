import { ScissorOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { Fragment, useRef, useState } from 'react';
import type { ReviewItemJson } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { listGaps } from './split-gaps.ts';

interface SplitDialogProps {
  readonly item: ReviewItemJson;
  readonly text: string;
  readonly busy: boolean;
  /** Positions in the document's text. */
  readonly onSplit: (at: readonly number[]) => Promise<boolean>;
  readonly onClose: () => void;
}

const SHOWN = 6;

/** Where an item's words are cut: at a stop, by its scissors; anywhere else, by the caret. */
export function SplitDialog({ item, text, busy, onSplit, onClose }: SplitDialogProps) {
  const { t, f } = useSpeech();
  const words = t.policy;
  const area = useRef<HTMLTextAreaElement>(null);
  const [cuts, setCuts] = useState<ReadonlySet<number>>(new Set());
  const [start, end] = item.span ?? [0, 0];
  const own = text.slice(start, end);
  const gaps = listGaps(own, [...cuts]);
  function toggle(at: number): void {
    const next = new Set(cuts);
    if (!next.delete(at)) next.add(at);
    setCuts(next);
  }
  function cutAtCaret(): void {
    const at = area.current?.selectionStart ?? 0;
    if (at > 0 && at < own.length && !cuts.has(at)) toggle(at);
  }
  const places = [0, ...gaps, own.length];
  return (
    <Modal open width={640} title={words.splitTitle} onCancel={onClose} okText={words.splitParts(f.integer(cuts.size + 1))} okButtonProps={{ disabled: cuts.size === 0, loading: busy }} cancelText={t.common.cancel} destroyOnHidden
      onOk={() => void onSplit([...cuts].sort((a, b) => a - b).map((at) => start + at)).then((done) => done && onClose())}>
      <p className="quiet">{words.splitHint}</p>
      <p className="split-words" lang="zh-CN">
        {places.slice(0, -1).map((from, i) => (
          <Fragment key={from}>
            {from > 0 && <button type="button" className={cuts.has(from) ? 'split-gap split-cut' : 'split-gap'} aria-pressed={cuts.has(from)} aria-label={words.splitAt(own.slice(Math.max(0, from - SHOWN), from), own.slice(from, from + SHOWN))} onClick={() => toggle(from)}><ScissorOutlined aria-hidden="true" /></button>}
            {own.slice(from, places[i + 1])}
          </Fragment>
        ))}
      </p>
      <textarea ref={area} className="split-caret" readOnly rows={3} value={own} aria-label={words.caretLabel} />
      <Button size="small" onClick={cutAtCaret}>{words.splitCaret}</Button>
    </Modal>
  );
}
