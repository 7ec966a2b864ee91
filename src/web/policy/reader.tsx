import { ArrowLeftOutlined, DownloadOutlined, HistoryOutlined, MenuOutlined, MoreOutlined, PrinterOutlined, SendOutlined, UndoOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Dropdown, Popover, Segmented, Tabs } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import type { z } from 'zod';
import type { changedTasksSchema, ReviewItemJson } from '../../delivery/api.ts';
import type { Span } from '../../policy/model.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { changeQuery } from '../checkup/checkup-address.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useSame } from '../map/use-same.ts';
import { followLink, paperGroup } from '../shell/paper-entries.tsx';
import { ProgressBar } from '../shell/progress-bar.tsx';
import { useCramped, useNarrow } from '../shell/use-narrow.ts';
import { ClauseLinks } from './clause-links.tsx';
import { DocumentImport } from './document-import.tsx';
import { DocumentText, LAYERS } from './document-text.tsx';
import type { Layer } from './document-text.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { ItemForm } from './item-form.tsx';
import { ItemPanel } from './item-panel.tsx';
import { OutlineTree } from './outline-tree.tsx';
import { PrintedItems } from './printed-items.tsx';
import { PublishedDate } from './published-date.tsx';
import { readReaderView, TABS } from './policy-address.ts';
import type { Tab } from './policy-address.ts';
import { BodyList, DefectList, FactList, SelectionBar } from './side-lists.tsx';
import { SplitDialog } from './split-dialog.tsx';
import { showSpan } from './show-span.ts';
import type { Desk } from './use-document.ts';
import { useItemDeeds } from './use-item-deeds.ts';
import { useReaderKeys } from './use-reader-keys.ts';
import { useTextSelection } from './use-text-selection.ts';

type ChangedTasks = z.infer<typeof changedTasksSchema>;
type Pane = 'outline' | 'text' | 'panel';

interface ReaderProps {
  readonly cityId: string;
  readonly desk: Desk;
  readonly onReload: () => void;
}

/** Outline, text and items side by side: the reader proposes, a person decides. */
export function Reader({ cityId, desk, onReload }: ReaderProps) {
  const { t, f } = useSpeech();
  const words = t.policy;
  const { document, act, busy } = desk;
  const { items, documentId } = document;
  const { message } = App.useApp();
  const narrow = useNarrow();
  const cramped = useCramped();
  const navigate = useNavigate();
  const { search } = useLocation();
  const view = useSame(readReaderView(useMemo(() => new URLSearchParams(search), [search])));
  const [pane, setPane] = useState<Pane>(view.tab === 'items' ? 'text' : 'panel');
  const [outlineOpen, setOutlineOpen] = useState(false);
  const [historyOpen, setHistoryOpen] = useState(false);
  const [importing, setImporting] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<ReviewItemJson | undefined>(undefined);
  const [splitting, setSplitting] = useState<ReviewItemJson | undefined>(undefined);
  const [hidden, setHidden] = useState<ReadonlySet<Layer>>(new Set());
  const [keysOpen, setKeysOpen] = useState(false);
  const textBox = useRef<HTMLElement>(null);
  const selection = useTextSelection(textBox);

  const go = useCallback((change: Readonly<Record<string, string | undefined>>, replace = true) => void navigate({ search: changeQuery(new URLSearchParams(window.location.search), change).toString() }, { replace }), [navigate]);
  const deeds = useItemDeeds(act, setEditing, setSplitting);
  const shown = useMemo(
    () => items.filter((item) => (view.kind === undefined || item.kind === view.kind) && (view.state === undefined || item.state === view.state) && (!view.only || item.clause === view.clause)),
    [items, view],
  );
  const clauseOf = useMemo(() => new Map(items.map(({ itemId, clause }) => [itemId, clause])), [items]);
  // where the reader has come to: the address follows keys and clicks only after a moment
  const reachedRef = useRef(view.item);
  const onItem = useCallback(
    (itemId: string) => {
      reachedRef.current = itemId;
      go({ item: itemId, tab: undefined, ...(view.only ? {} : { clause: clauseOf.get(itemId) ?? undefined }) });
    },
    [go, clauseOf, view.only],
  );
  const onToggle = useCallback((itemId: string) => setChosen((before) => { const next = new Set(before); if (!next.delete(itemId)) next.add(itemId); return next; }), []);
  const onClause = useCallback((clause: string | undefined) => {
    // the clause of a chosen item is marked too: a click on it leaves the item and keeps the clause
    const ofItem = clause === undefined && new URLSearchParams(window.location.search).has('item');
    go({ item: undefined, ...(!ofItem && { clause, ...(clause === undefined && { only: undefined }) }) });
    setOutlineOpen(false);
    setPane('text');
  }, [go]);
  const onTextClause = useCallback((clause: string) => go({ clause, item: undefined }), [go]);
  const onPlace = useCallback((span: Span) => { setPane('text'); window.requestAnimationFrame(() => textBox.current !== null && showSpan(textBox.current, span)); }, []);

  const canUndo = items.some(({ state, origin }) => state !== 'proposed' || origin === 'person') || document.links.some(({ state }) => state !== 'proposed');

  useReaderKeys({
    items: shown, item: view.item, reachedRef, deeds, onItem, onToggle,
    onUndo: () => { if (canUndo) void desk.undo(); }, onHelp: () => setKeysOpen((open) => !open), onEscape: () => {
      setKeysOpen(false); setChosen(new Set()); selection.clear(); go({ item: undefined }); },
    onOpen: (itemId) => { setPane('panel'); go({ tab: undefined, item: itemId }); window.setTimeout(() => window.document.querySelector<HTMLElement>(`#${CSS.escape(`item-${itemId}`)} .item-open`)?.focus(), 0); },
  });

  const decided = items.filter(({ state }) => state !== 'proposed').length;
  const ready = items.filter(({ kind, state, taskId, span }) => kind === 'task' && taskId === null && span !== null && (state === 'accepted' || state === 'corrected'));
  const at = shown.findIndex(({ itemId }) => itemId === view.item);
  const current = at < 0 ? undefined : shown[at];

  async function toLedger(): Promise<void> {
    let sent = 0;
    const done = await desk.also(async () => { sent = (await sendJson<ChangedTasks>('POST', cityPath(cityId, 'tasks'), { documentId, items: ready.map(({ itemId }) => itemId) })).tasks.length; });
    // the message stands outside the router: a link in it would have none
    if (done) void message.success({ content: <>{words.sent(f.integer(sent))} <button type="button" className="link-button" onClick={() => void navigate(`/${cityId}/tasks?document=${encodeURIComponent(documentId)}`)}>{words.openLedger}</button></>, duration: 8 });
  }
  async function add(kind: 'task' | 'target'): Promise<void> {
    if (selection.selected === undefined) return;
    const { span } = selection.selected;
    selection.clear();
    if (await deeds.add(kind, span)) void message.success(words.added);
  }
  const toggleLayer = (layer: Layer): void => setHidden((before) => { const next = new Set(before); if (!next.delete(layer)) next.add(layer); return next; });

  const outline = <nav className="reader-outline" aria-label={words.outline}><OutlineTree document={document} clause={view.clause} onClause={onClause} /></nav>;
  const text = (
    <section className="reader-text" ref={textBox} aria-label={words.text}>
      <div className="reader-legend" role="group" aria-label={words.legend}>
        {LAYERS.map((layer) => <button key={layer} type="button" className={`legend-layer legend-${layer}`} aria-pressed={!hidden.has(layer)} onClick={() => toggleLayer(layer)}><span className="legend-sample">{words.layers[layer]}</span></button>)}
        <Popover trigger="click" open={keysOpen} onOpenChange={setKeysOpen} title={words.keys} content={<dl className="key-list">{words.keyList.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>}><button type="button" className="legend-keys">{words.keys}</button></Popover>
      </div>
      <DocumentText document={document} item={view.item} clause={view.clause} hidden={hidden} onItem={onItem} onClause={onTextClause} />
      {selection.selected !== undefined && <SelectionBar count={f.integer(selection.selected.span[1] - selection.selected.span[0])} style={selection.place} onTask={() => void add('task')} onTarget={() => void add('target')} onClose={selection.clear} />}
    </section>
  );
  const counts: Readonly<Record<Tab, number>> = { items: shown.length, links: document.links.filter(({ clause, state }) => (clause === null || clause === view.clause) && state !== 'rejected').length, defects: document.defects.length, bodies: document.bodies.length, facts: document.facts.length };
  const panel = (
    <aside className="reader-panel" aria-label={words.panel}>
      <Tabs size="small" activeKey={view.tab} onChange={(tab) => go({ tab: tab === 'items' ? undefined : tab })} items={TABS.map((key) => ({ key, label: <>{words.tabs[key]} <span className="tab-count">{f.integer(counts[key])}</span></> }))} />
      <div className="reader-panel-body">
        {view.tab === 'items' && <ItemPanel cityId={cityId} document={document} view={view} shown={shown} chosen={chosen} deeds={deeds} onItem={onItem} onToggle={onToggle} onChosen={setChosen} onView={go} />}
        {view.tab === 'links' && <ClauseLinks cityId={cityId} desk={desk} clause={view.clause} />}
        {view.tab === 'defects' && <DefectList document={document} onPlace={onPlace} />}
        {view.tab === 'bodies' && <BodyList document={document} onPlace={onPlace} />}
        {view.tab === 'facts' && <FactList document={document} onPlace={onPlace} />}
      </div>
    </aside>
  );

  return (
    <div className="reader">
      <header className="reader-head">
        <div className="reader-title">
          <Link to={`/${cityId}/policies`} aria-label={words.allDocuments} title={words.allDocuments}><ArrowLeftOutlined aria-hidden="true" /></Link>
          <div>
            <h1 title={document.title}>{document.title}</h1>
            <p className="quiet">{words.kinds[document.kind]}{document.issuer !== null && ` · ${document.issuer}`} · <PublishedDate cityId={cityId} desk={desk} /> · {words.characters(f.integer(document.characters))}</p>
          </div>
        </div>
        {items.length > 0 && <div className="reader-progress"><ProgressBar share={decided / items.length} label={words.decided(f.integer(decided), f.integer(items.length))} /><span className="quiet">{words.decided(f.integer(decided), f.integer(items.length))}</span></div>}
        <div className="reader-actions">
          {cramped && !narrow && <Button icon={<MenuOutlined />} onClick={() => setOutlineOpen(true)}>{words.outline}</Button>}
          <Button icon={<UndoOutlined />} disabled={busy || !canUndo} aria-label={words.undo} title={words.undo} onClick={() => void desk.undo()}>{narrow ? null : words.undo}</Button>
          {ready.length > 0 && <Button type="primary" icon={<SendOutlined />} disabled={busy} title={words.toLedgerHint} aria-label={words.toLedger(f.integer(ready.length))} onClick={() => void toLedger()}>{narrow ? f.integer(ready.length) : words.toLedger(f.integer(ready.length))}</Button>}
          <Link className="policy-head-link" to={`/${cityId}/policies/${encodeURIComponent(documentId)}/trace`}>{words.trace}</Link>
          <Dropdown trigger={['click']} autoFocus menu={{ onClick: followLink, items: [
            { key: 'history', icon: <HistoryOutlined />, label: words.history, onClick: () => setHistoryOpen(true) },
            { key: 'targets', label: <Link to={`/${cityId}/targets?document=${encodeURIComponent(documentId)}`}>{words.targetsTitle}</Link> },
            { key: 'another', label: words.another, onClick: () => setImporting(true) },
            { key: 'file', icon: <DownloadOutlined />, label: <a href={cityPath(cityId, 'policies', documentId, 'file')} download>{words.original}</a> },
            { key: 'print', icon: <PrinterOutlined />, label: words.print, onClick: () => window.setTimeout(() => window.print(), 300) },
            paperGroup('brief', t.tasks.briefDocument, `${cityPath(cityId, 'brief')}?document=${encodeURIComponent(documentId)}`, t.tasks),
          ] }}><Button icon={<MoreOutlined />} aria-label={t.shell.more} /></Dropdown>
        </div>
      </header>
      {narrow && <Segmented block className="reader-panes" aria-label={words.views} value={pane} onChange={(next) => setPane(next)} options={[{ value: 'outline' as const, label: words.outline }, { value: 'text' as const, label: words.text }, { value: 'panel' as const, label: words.panel }]} />}
      <div className={`reader-body ${narrow ? `reader-narrow reader-show-${pane}` : cramped ? 'reader-cramped' : ''}`}>
        {(!cramped || narrow) && outline}
        {text}
        {panel}
      </div>
      <PrintedItems document={document} shown={shown} />
      <p className="visually-hidden" role="status">{current === undefined ? '' : `${words.itemKinds[current.kind]} ${words.position(f.integer(at + 1), f.integer(shown.length))}，${words.states[current.state]}：${current.fields.title}`}</p>
      {cramped && !narrow && <Drawer open={outlineOpen} onClose={() => setOutlineOpen(false)} placement="left" size={320} title={words.outline}>{outline}</Drawer>}
      {historyOpen && <HistoryDrawer cityId={cityId} desk={desk} onClose={() => setHistoryOpen(false)} />}
      {editing !== undefined && <ItemForm item={editing} bodies={document.bodies.map(({ name }) => name)} busy={busy} onSave={(fields, reason) => deeds.correct(editing.itemId, fields, reason)} onClose={() => setEditing(undefined)} />}
      {splitting !== undefined && <SplitDialog item={splitting} text={document.text} busy={busy} onSplit={(cuts) => deeds.split(splitting.itemId, cuts)} onClose={() => setSplitting(undefined)} />}
      {importing && <DocumentImport cityId={cityId} documentId={documentId} publishedAt={document.publishedAt} onClose={() => setImporting(false)} onDone={onReload} />}
    </div>
  );
}
