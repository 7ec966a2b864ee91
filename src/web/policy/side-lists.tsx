import { Button } from 'antd';
import { memo, useMemo, useState } from 'react';
import type { DocumentJson } from '../../delivery/api.ts';
import type { DefectKind, Span } from '../../policy/model.ts';
import { useSpeech } from '../i18n/language.tsx';

type DefectJson = DocumentJson['defects'][number];

interface SideListProps {
  readonly document: DocumentJson;
  readonly onPlace: (span: Span) => void;
}

const FEW = 3;

/** What is wrong with the text, by kind; of a kind the same wording once, with its places. A text that a machine reworded has hundreds of them. */
export const DefectList = memo(function DefectList({ document: { defects, text }, onPlace }: SideListProps) {
  const { t, f } = useSpeech();
  const kinds = useMemo(() => {
    const of = new Map<DefectKind, Map<string, DefectJson[]>>();
    for (const defect of defects) {
      const groups = of.get(defect.kind) ?? new Map<string, DefectJson[]>();
      const key = defect.suggestion === undefined ? defect.text.zh : `${text.slice(...defect.span)}→${defect.suggestion}`;
      groups.set(key, [...(groups.get(key) ?? []), defect]);
      of.set(defect.kind, groups);
    }
    return [...of].map(([kind, groups]) => ({ kind, count: [...groups.values()].reduce((sum, group) => sum + group.length, 0), groups: [...groups].map(([key, list]) => ({ key, list })).toSorted((a, b) => b.list.length - a.list.length || a.list[0].span[0] - b.list[0].span[0]) }));
  }, [defects, text]);
  if (kinds.length === 0) return <p className="quiet panel-empty">{t.policy.noDefects}</p>;
  return (
    <div className="defect-kinds">
      {kinds.map(({ kind, count, groups }) => (
        <details key={kind} open={groups.length <= FEW || kinds.length === 1}>
          <summary>{t.policy.defectKinds[kind]} <span className="quiet">{f.integer(count)}</span></summary>
          <ul className="defect-list">{groups.map(({ key, list }) => <DefectGroup key={key} list={list} text={text} onPlace={onPlace} />)}</ul>
        </details>
      ))}
    </div>
  );
});

function DefectGroup({ list, text, onPlace }: { list: readonly DefectJson[]; text: string; onPlace: (span: Span) => void }) {
  const { t, f, pick } = useSpeech();
  const [at, setAt] = useState(-1);
  const [first] = list;
  function next(): void {
    const following = (at + 1) % list.length;
    setAt(following);
    onPlace(list[following].span);
  }
  return (
    <li>
      <button type="button" className="defect-open" onClick={next} aria-label={`${pick(first.text)}${list.length > 1 ? ` ${t.policy.nextPlace}` : ''}`}>
        {first.suggestion === undefined ? <span>{pick(first.text)}</span> : <span className="defect-words"><del>{text.slice(...first.span)}</del> → <ins>{first.suggestion}</ins></span>}
        {list.length > 1 && <span className="quiet defect-places">{at < 0 ? t.policy.places(f.integer(list.length)) : t.policy.position(f.integer(at + 1), f.integer(list.length))}</span>}
      </button>
    </li>
  );
}

export const BodyList = memo(function BodyList({ document: { bodies }, onPlace }: SideListProps) {
  const { t, f } = useSpeech();
  if (bodies.length === 0) return <p className="quiet panel-empty">{t.policy.noBodies}</p>;
  return <ul className="body-list">{bodies.toSorted((a, b) => b.mentions.length - a.mentions.length).map(({ id, name, mentions }) => <PlaceRow key={id} name={name} more={t.policy.mentions(f.integer(mentions.length))} spans={mentions} onPlace={onPlace} />)}</ul>;
});

function PlaceRow({ name, more, spans, onPlace }: { name: string; more: string; spans: readonly Span[]; onPlace: (span: Span) => void }) {
  const [at, setAt] = useState(-1);
  return (
    <li>
      <button type="button" className="defect-open" onClick={() => { const next = (at + 1) % spans.length; setAt(next); onPlace(spans[next]); }}>
        <span>{name}</span><span className="quiet defect-places">{at < 0 ? more : `${at + 1}/${spans.length}`}</span>
      </button>
    </li>
  );
}

/** What the text reports as reached. */
export const FactList = memo(function FactList({ document: { facts, text }, onPlace }: SideListProps) {
  const { t, f } = useSpeech();
  if (facts.length === 0) return <p className="quiet panel-empty">{t.policy.noFacts}</p>;
  return (
    <>
      <p className="quiet">{t.policy.factsHint}</p>
      <ul className="body-list">
        {facts.map(({ span, subject, value, unit }) => (
          <li key={`${span[0]}-${span[1]}`}>
            <button type="button" className="defect-open" onClick={() => onPlace(span)}>
              <span>{subject === '' ? text.slice(...span) : subject}</span><span className="quiet defect-places">{value === null ? t.policy.masked : `${f.measured(value)} ${unit}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
});

/** Choices over words selected in the text. */
export function SelectionBar({ count, style, onTask, onTarget, onClose }: { count: string; style: { left: number; top: number }; onTask: () => void; onTarget: () => void; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    // the press must not take the selection away before it is read
    <div className="selection-bar" role="toolbar" aria-label={t.policy.selected(count)} style={style} onMouseDown={(event) => event.preventDefault()}>
      <span className="quiet">{t.policy.selected(count)}</span>
      <Button size="small" type="primary" onClick={onTask}>{t.policy.addTask}</Button>
      <Button size="small" onClick={onTarget}>{t.policy.addTarget}</Button>
      <Button size="small" type="text" onClick={onClose}>{t.common.cancel}</Button>
    </div>
  );
}
