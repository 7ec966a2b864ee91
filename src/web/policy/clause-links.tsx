import { Button, Input, Select } from 'antd';
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
  if (node === undefined) return <p className="quiet panel-empty">{words.linksHint}</p>;
  const of = (to: LinkKind): readonly LinkJson[] => own.filter((one) => one.to === to);
  const set = (edits: readonly { to: LinkKind; target: string; state: LinkJson['state'] }[]): void => void link(edits.map((edit): LinkEdits[number] => ({ clause: node.id, ...edit })));
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
          <AddLink cityId={cityId} to={to} document={document} taken={of(to)} onAdd={(target) => set([{ to, target, state: 'confirmed' }])} />
        </section>
      ))}
    </div>
  );
}

/** A place's own name; its id until it has come, or where the city no longer has it. */
function usePlaceName(cityId: string, placeId: string | undefined): string | undefined {
  const { pick } = useSpeech();
  const { data } = useResource<PlaceDetail>(placeId === undefined ? undefined : cityPath(cityId, 'places', placeId));
  return data === undefined ? undefined : pick(data.name);
}

function LinkRow({ cityId, link, busy, onState }: { cityId: string; link: LinkJson; busy: boolean; onState: (state: LinkJson['state']) => void }) {
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
  readonly taken: readonly LinkJson[];
  readonly onAdd: (target: string) => void;
}

function AddLink({ cityId, to, document, taken, onAdd }: AddLinkProps) {
  const { t } = useSpeech();
  const has = new Set(taken.map(({ target }) => target));
  if (to === 'indicator') return <AddIndicator cityId={cityId} has={has} onAdd={onAdd} />;
  if (to === 'place') return <AddPlace cityId={cityId} has={has} onAdd={onAdd} />;
  if (to === 'project') return <AddProject onAdd={onAdd} />;
  const bodies = document.bodies.map(({ name }) => name).filter((name) => !has.has(name));
  return <Select className="link-add" mode="tags" value={[]} aria-label={t.policy.addBody} placeholder={t.policy.addBody} tokenSeparators={['，', ',', '、']} options={bodies.map((name) => ({ value: name, label: name }))} onChange={([name]: string[]) => name !== undefined && name.trim() !== '' && onAdd(name.trim())} />;
}

interface IndicatorOption {
  readonly id: string;
  readonly number?: number | string | null;
  readonly name: { readonly zh: string; readonly en: string };
}

function AddIndicator({ cityId, has, onAdd }: { cityId: string; has: ReadonlySet<string>; onAdd: (target: string) => void }) {
  const { t, pick } = useSpeech();
  const [wanted, setWanted] = useState(false);
  const { data, loading } = useResource<{ indicators: IndicatorOption[] }>(wanted ? cityPath(cityId, 'indicators') : undefined);
  const options = useMemo(() => (data?.indicators ?? []).filter(({ id }) => !has.has(id)).map(({ id, name }) => ({ value: id, label: pick(name), find: `${name.zh} ${name.en} ${id}` })), [data, has, pick]);
  return (
    <Select className="link-add" value={null} aria-label={t.policy.addIndicator} placeholder={t.policy.addIndicator} loading={wanted && loading} options={options} showSearch={{ optionFilterProp: 'find' }}
      onOpenChange={(open) => open && setWanted(true)} onChange={(id: string | null) => id !== null && onAdd(id)} />
  );
}

function AddPlace({ cityId, has, onAdd }: { cityId: string; has: ReadonlySet<string>; onAdd: (target: string) => void }) {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(text.trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  const { data, loading } = useResource<SearchResult>(asked === '' ? undefined : `${cityPath(cityId, 'search')}?q=${encodeURIComponent(asked)}&limit=20`);
  const options = (data?.hits ?? []).filter(({ type, id }) => type === 'place' && !has.has(id)).map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
  return (
    <Select className="link-add" value={null} aria-label={t.policy.addPlace} placeholder={t.policy.addPlace} loading={loading} options={options} notFoundContent={asked === '' ? null : undefined}
      showSearch={{ filterOption: false, onSearch: setText }} onChange={(id: string | null) => id !== null && onAdd(id)} />
  );
}

function AddProject({ onAdd }: { onAdd: (target: string) => void }) {
  const { t } = useSpeech();
  const [name, setName] = useState('');
  return (
    <form className="link-add link-add-project" onSubmit={(event) => { event.preventDefault(); if (name.trim() === '') return; onAdd(name.trim()); setName(''); }}>
      <Input aria-label={t.policy.addProject} placeholder={t.policy.addProject} maxLength={300} value={name} onChange={({ target }) => setName(target.value)} />
      <Button htmlType="submit" disabled={name.trim() === ''}>{t.policy.add}</Button>
    </form>
  );
}
