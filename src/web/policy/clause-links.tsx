import { AutoComplete, Button, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import type { PlaceDetail, SearchResult } from '../../base/api.ts';
import type { DocumentJson } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Desk, LinkEdits } from './use-document.ts';

type LinkJson = DocumentJson['links'][number];
type LinkKind = LinkJson['to'];
/** What a person can say of a link. */
type LinkState = 'proposed' | 'confirmed' | 'rejected';
const KINDS: readonly LinkKind[] = ['indicator', 'place', 'project', 'body'];
const TYPING_MS = 250;

interface ClauseLinksProps {
  readonly cityId: string;
  readonly desk: Desk;
  readonly clause: string | undefined;
}

/** What measures or serves the chosen clause: proposals to confirm or reject, and more by hand. */
export function ClauseLinks({ cityId, desk, clause }: ClauseLinksProps) {
  const { t } = useSpeech();
  const words = t.policy;
  const { document, link, busy } = desk;
  const node = document.outline.find(({ id }) => id === clause);
  const own = useMemo(() => document.links.filter((one) => one.clause === clause), [document.links, clause]);
  const lost = <LostLinks desk={desk} clause={node?.id} />;
  if (node === undefined) return <><p className="quiet panel-empty">{words.linksHint}</p>{lost}</>;
  const of = (to: LinkKind): readonly LinkJson[] => own.filter((one) => one.to === to);
  const set = (edits: readonly { to: LinkKind; target: string; state: LinkState }[]): void => void link(edits.map((edit): LinkEdits[number] => ({ clause: node.id, ...edit })));
  const proposed = own.filter(({ state }) => state === 'proposed');
  return (
    <div className="clause-links">
      <p className="panel-clause" title={node.heading}>{words.clauseOf(`${node.marker ?? ''}${node.heading}`)}</p>
      {proposed.length > 1 && <Button size="small" disabled={busy} onClick={() => set(proposed.map(({ to, target }) => ({ to, target, state: 'confirmed' })))}>{words.confirmAll}</Button>}
      {KINDS.map((to) => (
        <section key={to}>
          <h3>{words.linkKinds[to]}</h3>
          {of(to).length === 0 && <p className="quiet">{words.noLinks}</p>}
          <ul className="link-list">{of(to).map((one) => <LinkRow key={one.linkId} cityId={cityId} link={one} busy={busy} onState={(state) => set([{ to, target: one.target, state }])} />)}</ul>
          <AddLink cityId={cityId} to={to} document={document} standing={of(to)} onAdd={(target) => set([{ to, target, state: 'confirmed' }])} />
        </section>
      ))}
      {lost}
    </div>
  );
}

/** A place's own name; its id until it has come, or where the city no longer has it. */
function usePlaceName(cityId: string, placeId: string | undefined): string | undefined {
  const { pick } = useSpeech();
  const { data } = useResource<PlaceDetail>(placeId === undefined ? undefined : cityPath(cityId, 'places', placeId));
  return data === undefined ? undefined : pick(data.name);
}

function LinkRow({ cityId, link, busy, onState }: { cityId: string; link: LinkJson; busy: boolean; onState: (state: LinkState) => void }) {
  const { t, f, pick } = useSpeech();
  const words = t.policy;
  const to = link.to === 'indicator' ? `/${cityId}/checkup?indicator=${encodeURIComponent(link.target)}` : link.to === 'place' ? `/${cityId}/checkup?place=${encodeURIComponent(link.target)}` : undefined;
  const place = usePlaceName(cityId, link.to === 'place' ? link.target : undefined);
  const name = place ?? pick(link.name);
  return (
    <li className={`link-row link-${link.state}`}>
      <div>
        {to === undefined ? <strong>{name}</strong> : <Link to={to}>{name}</Link>} <span className={`link-state link-state-${link.state}`}>{words.linkStates[link.state]}</span>
        {(link.words.length > 0 || link.score !== null) && <small className="quiet link-why">{link.words.length > 0 && words.byWords(link.words.join('、'))}{link.score !== null && ` · ${words.score(f.percent(link.score))}`}</small>}
      </div>
      <span className="link-deeds">
        {link.state !== 'confirmed' && <Button size="small" type="primary" ghost disabled={busy} aria-label={`${words.confirm}: ${name}`} onClick={() => onState('confirmed')}>{words.confirm}</Button>}
        {link.state === 'proposed' && <Button size="small" disabled={busy} aria-label={`${words.deny}: ${name}`} onClick={() => onState('rejected')}>{words.deny}</Button>}
        {link.state !== 'proposed' && <Button size="small" type="text" disabled={busy} aria-label={`${link.score === null ? words.remove : words.reopen}: ${name}`} onClick={() => onState('proposed')}>{link.score === null ? words.remove : words.reopen}</Button>}
      </span>
    </li>
  );
}

interface AddLinkProps {
  readonly cityId: string;
  readonly to: LinkKind;
  readonly document: DocumentJson;
  /** Of this kind at the clause: to add one that is proposed is to confirm it. */
  readonly standing: readonly LinkJson[];
  readonly onAdd: (target: string) => void;
}

type Known = ReadonlyMap<string, LinkJson['state']>;

function AddLink({ cityId, to, document, standing, onAdd }: AddLinkProps) {
  const { t } = useSpeech();
  const has: Known = new Map(standing.map(({ target, state }) => [target, state]));
  if (to === 'indicator') return <AddIndicator cityId={cityId} has={has} onAdd={onAdd} />;
  if (to === 'place') return <AddPlace cityId={cityId} has={has} onAdd={onAdd} />;
  if (to === 'project') return <AddProject known={projectsOf(document, has)} onAdd={onAdd} />;
  const bodies = document.bodies.map(({ name }) => name).filter((name) => has.get(name) !== 'confirmed');
  return <Select className="link-add" mode="tags" value={[]} aria-label={t.policy.addBody} placeholder={t.policy.addBody} tokenSeparators={['，', ',', '、']} options={bodies.map((name) => ({ value: name, label: name }))} onChange={([name]: string[]) => name !== undefined && name.trim() !== '' && onAdd(name.trim())} />;
}

interface IndicatorOption {
  readonly id: string;
  readonly number?: number | string | null;
  readonly name: { readonly zh: string; readonly en: string };
}

function AddIndicator({ cityId, has, onAdd }: { cityId: string; has: Known; onAdd: (target: string) => void }) {
  const { t, pick } = useSpeech();
  const marked = useMarked(has);
  const [wanted, setWanted] = useState(false);
  const { data, loading } = useResource<{ indicators: IndicatorOption[] }>(wanted ? cityPath(cityId, 'indicators') : undefined);
  const options = useMemo(() => (data?.indicators ?? []).filter(({ id }) => has.get(id) !== 'confirmed').map(({ id, name }) => ({ value: id, label: marked(id, pick(name)), find: `${name.zh} ${name.en} ${id}` })), [data, has, marked, pick]);
  return (
    <Select className="link-add" value={null} aria-label={t.policy.addIndicator} placeholder={t.policy.addIndicator} loading={wanted && loading} options={options} showSearch={{ optionFilterProp: 'find' }}
      onOpenChange={(open) => open && setWanted(true)} onChange={(id: string | null) => id !== null && onAdd(id)} />
  );
}

function AddPlace({ cityId, has, onAdd }: { cityId: string; has: Known; onAdd: (target: string) => void }) {
  const { t } = useSpeech();
  const marked = useMarked(has);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(text.trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  const { data, loading } = useResource<SearchResult>(asked === '' ? undefined : `${cityPath(cityId, 'search')}?q=${encodeURIComponent(asked)}&limit=20`);
  const options = (data?.hits ?? []).filter(({ type, id }) => type === 'place' && has.get(id) !== 'confirmed').map(({ id, name }) => ({ value: id, label: marked(id, `${name} (${id})`) }));
  return (
    <Select className="link-add" value={null} aria-label={t.policy.addPlace} placeholder={t.policy.addPlace} loading={loading} options={options} notFoundContent={asked === '' ? null : undefined}
      showSearch={{ filterOption: false, onSearch: setText }} onChange={(id: string | null) => id !== null && onAdd(id)} />
  );
}

/** Names in a choice, with what is said of them already: 建议, 已否定. */
function useMarked(has: Known): (target: string, name: string) => string {
  const { t } = useSpeech();
  return (target, name) => { const state = has.get(target); return state === undefined ? name : t.policy.linkChoice(name, t.policy.linkStates[state]); };
}

/** Projects that other clauses of the document are linked to. */
function projectsOf({ links }: DocumentJson, has: Known): string[] {
  return [...new Set(links.flatMap(({ to, target }) => (to === 'project' && has.get(target) !== 'confirmed' ? [target] : [])))];
}

/** Links whose words are gone from the text: kept until somebody moves or removes them. */
function LostLinks({ desk: { document, link, busy }, clause }: { desk: Desk; clause: string | undefined }) {
  const { t, pick } = useSpeech();
  const words = t.policy;
  const lost = document.links.filter((one) => one.clause === null);
  if (lost.length === 0) return null;
  return (
    <section className="clause-lost" aria-label={words.lostLinks}>
      <h3>{words.lostLinks}</h3>
      <p className="quiet">{words.lostLinksHint}</p>
      <ul className="link-list">
        {lost.map(({ linkId, to, target, name, state, quote }) => (
          <li key={linkId} className={`link-row link-${state}`}>
            <div>
              <strong>{pick(name)}</strong> <span className={`link-state link-state-${state}`}>{words.linkStates[state]}</span>
              <small className="quiet link-why">{words.linkKinds[to]}{quote !== null && `：“${quote}”`}</small>
            </div>
            <span className="link-deeds">
              {clause !== undefined && <Button size="small" disabled={busy} aria-label={`${words.moveHere}: ${pick(name)}`} onClick={() => void link([{ clause, to, target, state: 'confirmed' }, { linkId, state: 'proposed' }])}>{words.moveHere}</Button>}
              <Button size="small" type="text" disabled={busy} aria-label={`${words.remove}: ${pick(name)}`} onClick={() => void link([{ linkId, state: 'proposed' }])}>{words.remove}</Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AddProject({ known, onAdd }: { known: readonly string[]; onAdd: (target: string) => void }) {
  const { t } = useSpeech();
  const [name, setName] = useState('');
  return (
    <form className="link-add link-add-project" onSubmit={(event) => { event.preventDefault(); if (name.trim() === '') return; onAdd(name.trim()); setName(''); }}>
      <AutoComplete className="link-add-name" aria-label={t.policy.addProject} placeholder={t.policy.addProject} maxLength={300} value={name} onChange={setName} options={known.filter((one) => one.includes(name.trim())).map((value) => ({ value }))} />
      <Button htmlType="submit" disabled={name.trim() === ''}>{t.policy.add}</Button>
    </form>
  );
}
