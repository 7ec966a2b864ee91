import { Button, Select, Switch } from 'antd';
import { memo, useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import type { DocumentJson, ReviewItemJson } from '../../delivery/api.ts';
import type { ItemKind, ItemState } from '../../delivery/model.ts';
import { ITEM_KINDS, ITEM_STATES } from '../../delivery/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { KindMark, StateMark, useValueText } from './marks.tsx';
import type { ReaderView } from './policy-address.ts';
import type { ItemDeeds } from './use-item-deeds.ts';

interface ItemPanelProps {
  readonly cityId: string;
  readonly document: DocumentJson;
  readonly view: ReaderView;
  readonly shown: readonly ReviewItemJson[];
  readonly chosen: ReadonlySet<string>;
  readonly deeds: ItemDeeds;
  readonly onItem: (itemId: string) => void;
  readonly onToggle: (itemId: string) => void;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  readonly onView: (change: Readonly<Record<string, string | undefined>>) => void;
}

export function ItemPanel({ cityId, document, view, shown, chosen, deeds, onItem, onToggle, onChosen, onView }: ItemPanelProps) {
  const { t, f } = useSpeech();
  const words = t.policy;
  const list = useArrowFocus({ rows: 'li', items: 'input[type="checkbox"], .item-open' });
  const box = useRef<HTMLUListElement>(null);
  const node = document.outline.find(({ id }) => id === view.clause);
  const ofClause = view.clause === undefined ? [] : document.items.filter(({ clause, state }) => clause === view.clause && state === 'proposed');
  const openShown = shown.filter(({ state }) => state === 'proposed');
  const picked = document.items.filter(({ itemId }) => chosen.has(itemId));

  useEffect(() => {
    if (view.item !== undefined) box.current?.querySelector(`#${CSS.escape(`item-${view.item}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [view.item]);

  return (
    <div className="item-panel">
      <div className="item-filters" role="search" aria-label={words.tabs.items}>
        <Select allowClear size="small" aria-label={words.kindFilter} placeholder={words.kindFilter} value={view.kind} onChange={(kind: ItemKind | undefined) => onView({ kind })} options={ITEM_KINDS.map((value) => ({ value, label: words.itemKinds[value] }))} popupMatchSelectWidth={false} />
        <Select allowClear size="small" aria-label={words.stateFilter} placeholder={words.stateFilter} value={view.state} onChange={(state: ItemState | undefined) => onView({ state })} options={ITEM_STATES.map((value) => ({ value, label: words.states[value] }))} popupMatchSelectWidth={false} />
        {node !== undefined && <label className="only-clause"><Switch size="small" checked={view.only} onChange={(on) => onView({ only: on ? '1' : undefined })} /> {words.onlyClause}</label>}
      </div>
      {node !== undefined && <p className="quiet panel-clause" title={node.heading}>{words.clauseOf(`${node.marker ?? ''}${node.heading}`)}</p>}
      <div className="item-batch">
        {ofClause.length > 0 && <Button size="small" onClick={() => deeds.accept(ofClause.map(({ itemId }) => itemId))}>{words.acceptClause(f.integer(ofClause.length))}</Button>}
        {(view.kind !== undefined || view.state !== undefined) && !view.only && openShown.length > 1 && <Button size="small" onClick={() => deeds.accept(openShown.map(({ itemId }) => itemId))}>{words.acceptShown(f.integer(openShown.length))}</Button>}
      </div>
      {chosen.size > 0 && (
        <div className="item-chosen" role="toolbar" aria-label={words.chosen(f.integer(chosen.size))}>
          <strong>{words.chosen(f.integer(chosen.size))}</strong>
          <Button size="small" type="primary" onClick={() => { deeds.accept([...chosen]); onChosen(new Set()); }}>{words.accept}</Button>
          <Button size="small" onClick={() => { deeds.reject([...chosen]); onChosen(new Set()); }}>{words.reject}</Button>
          <Button size="small" onClick={() => { deeds.reopen([...chosen]); onChosen(new Set()); }}>{words.reopen}</Button>
          <Button size="small" title={words.mergeHint} disabled={picked.length < 2 || new Set(picked.map(({ kind }) => kind)).size > 1 || picked.some(({ span }) => span === null)} onClick={() => { deeds.merge([...chosen]); onChosen(new Set()); }}>{words.merge}</Button>
          <Button size="small" type="text" onClick={() => onChosen(new Set())}>{words.unchoose}</Button>
        </div>
      )}
      {shown.length === 0 && <p className="quiet panel-empty">{document.items.length === 0 ? words.noItemsAtAll : words.noItems}</p>}
      <div ref={list}>
        <ul ref={box} className="item-list">
          {shown.map((item) => (
            <ItemRow key={item.itemId} cityId={cityId} item={item} current={item.itemId === view.item} chosen={chosen.has(item.itemId)} deeds={deeds} onItem={onItem} onToggle={onToggle} />
          ))}
        </ul>
      </div>
    </div>
  );
}

interface ItemRowProps {
  readonly cityId: string;
  readonly item: ReviewItemJson;
  readonly current: boolean;
  readonly chosen: boolean;
  readonly deeds: ItemDeeds;
  readonly onItem: (itemId: string) => void;
  readonly onToggle: (itemId: string) => void;
}

const ItemRow = memo(function ItemRow({ cityId, item, current, chosen, deeds, onItem, onToggle }: ItemRowProps) {
  const { t, f } = useSpeech();
  const valueText = useValueText();
  const { fields } = item;
  const facts = [
    valueText(fields), fields.lead.length === 0 ? '' : `${t.policy.lead} ${fields.lead.join('、')}`, fields.support.length === 0 ? '' : `${t.policy.support} ${fields.support.join('、')}`,
    fields.deadline === null ? '' : `${t.policy.deadline} ${f.date(fields.deadline)}`, fields.place === null ? '' : fields.place,
  ].filter((fact) => fact !== '');
  return (
    <li id={`item-${item.itemId}`} className={current ? 'item-row item-row-current' : 'item-row'}>
      <input type="checkbox" checked={chosen} onChange={() => onToggle(item.itemId)} aria-label={`${t.policy.choose}: ${fields.title}`} />
      <div className="item-main">
        <button type="button" className="item-open" aria-current={current ? 'true' : undefined} onClick={() => onItem(item.itemId)}>
          <span className="item-marks"><KindMark kind={item.kind} /> <StateMark state={item.state} />{item.taskId !== null && <span className="item-sent">{item.taskId}</span>}</span>
          <span className={item.state === 'rejected' ? 'item-title item-title-rejected' : 'item-title'}>{fields.title === '' ? item.anchor.quote : fields.title}</span>
          {facts.length > 0 && <span className="quiet item-facts">{facts.join(' · ')}</span>}
        </button>
        {current && <ItemDetail cityId={cityId} item={item} deeds={deeds} />}
      </div>
    </li>
  );
});

function ItemDetail({ cityId, item, deeds }: { cityId: string; item: ReviewItemJson; deeds: ItemDeeds }) {
  const { t, f } = useSpeech();
  const words = t.policy;
  const valueText = useValueText();
  const { fields, proposed } = item;
  const differs = (key: keyof typeof fields): boolean => proposed !== null && JSON.stringify(proposed[key]) !== JSON.stringify(fields[key]);
  const rows: { key: keyof typeof fields; label: string; text: string; was: string }[] = [
    { key: 'subject', label: words.fields.subject, text: fields.subject, was: proposed?.subject ?? '' },
    { key: 'value', label: words.value, text: valueText(fields), was: proposed === null ? '' : valueText(proposed) },
    { key: 'action', label: words.fields.action, text: fields.action, was: proposed?.action ?? '' },
    { key: 'object', label: words.fields.object, text: fields.object, was: proposed?.object ?? '' },
    { key: 'lead', label: words.lead, text: fields.lead.join('、'), was: proposed?.lead.join('、') ?? '' },
    { key: 'support', label: words.support, text: fields.support.join('、'), was: proposed?.support.join('、') ?? '' },
    { key: 'deadline', label: words.deadline, text: fields.deadline === null ? words.noDeadline : f.date(fields.deadline), was: proposed?.deadline ?? words.noDeadline },
    { key: 'place', label: words.place, text: fields.place ?? '', was: proposed?.place ?? '' },
    { key: 'strength', label: words.strength, text: words.strengths[fields.strength], was: proposed === null ? '' : words.strengths[proposed.strength] },
  ];
  const standing = item.span !== null;
  return (
    <div className="item-detail">
      <dl className="facts">
        {rows.filter(({ key, text }) => text !== '' || differs(key)).map(({ key, label, text, was }) => (
          <div key={key}><dt>{label}</dt><dd>{text === '' ? '–' : text}{differs(key) && <small className="quiet"> {words.was}: {was === '' ? '–' : was}</small>}</dd></div>
        ))}
        {fields.title !== item.anchor.quote && <div><dt>{words.quote}</dt><dd>{item.anchor.quote}</dd></div>}
        <div><dt /><dd className="quiet">{words.origin[item.origin]}{item.from.length > 0 && ` · ${words.from(f.integer(item.from.length))}`}</dd></div>
        {item.taskId !== null && <div><dt>{t.shell.tasks}</dt><dd><Link to={`/${cityId}/tasks?task=${encodeURIComponent(item.taskId)}`}>{words.taskOf(item.taskId)}</Link></dd></div>}
      </dl>
      <div className="item-deeds">
        {item.state !== 'accepted' && item.state !== 'corrected' && <Button size="small" type="primary" onClick={() => deeds.accept([item.itemId])} aria-keyshortcuts="a">{words.accept}</Button>}
        {item.state !== 'rejected' && <Button size="small" onClick={() => deeds.reject([item.itemId])} aria-keyshortcuts="r">{words.reject}</Button>}
        <Button size="small" onClick={() => deeds.openForm(item)} aria-keyshortcuts="e">{words.correct}</Button>
        {standing && <Button size="small" onClick={() => deeds.openSplit(item)} aria-keyshortcuts="s">{words.split}</Button>}
        {item.state !== 'proposed' && <Button size="small" type="text" onClick={() => deeds.reopen([item.itemId])} aria-keyshortcuts="u">{words.reopen}</Button>}
      </div>
    </div>
  );
}
