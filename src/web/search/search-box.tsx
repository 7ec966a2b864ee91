import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import type { SearchHit, SearchResult } from '../../base/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useKindNames } from '../i18n/kind-names.ts';
import { writeSelection } from '../map/map-address.ts';
import { ClearIcon } from '../shell/clear-icon.tsx';

const TYPING_PAUSE_MS = 180;

function useDebounced(value: string, delayMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), delayMs);
    return () => window.clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}

/** A combobox (WAI-ARIA 1.2): type, choose with the arrows, Enter flies there. */
export function SearchBox({ cityId, focused, onDone }: { cityId: string; focused: boolean; onDone: () => void }) {
  const { t, f, language } = useSpeech();
  const kinds = useKindNames(cityId);
  const navigate = useNavigate();
  const listId = useId();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const query = useDebounced(text.trim(), TYPING_PAUSE_MS);
  const { data, loading } = useResource<SearchResult>(
    query === '' ? undefined : `${cityPath(cityId, 'search')}?q=${encodeURIComponent(query)}&limit=12`,
  );
  const hits = data?.hits ?? [];
  const shown = open && query !== '' && (data !== undefined || !loading);

  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);

  function choose(hit: SearchHit): void {
    setOpen(false);
    setText(nameOf(hit, language));
    input.current?.blur();
    onDone();
    const search = writeSelection(new URLSearchParams(window.location.pathname.endsWith('/map') ? window.location.search : ''), {
      type: hit.type,
      id: hit.id,
    });
    void navigate({ pathname: `/${cityId}/map`, search: search.toString(), hash: window.location.hash }, { state: { fly: hit.box } });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (hits.length > 0) setActive((active + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length);
    } else if (event.key === 'Enter' && shown && hits[active] !== undefined) {
      event.preventDefault();
      choose(hits[active]);
    } else if (event.key === 'Escape') {
      if (shown) setOpen(false);
      else {
        setText('');
        onDone();
      }
    }
  }

  return (
    <div className="search" role="search">
      <Input
        ref={input}
        value={text}
        allowClear={{ clearIcon: <ClearIcon /> }}
        prefix={<SearchOutlined aria-hidden="true" />}
        placeholder={t.search.placeholder}
        aria-label={t.search.label}
        role="combobox"
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          onDone();
        }}
        onKeyDown={onKeyDown}
      />
      <div className="search-results" hidden={!shown}>
        <ul id={listId} role="listbox" aria-label={t.search.label}>
          {hits.map((hit, index) => (
            <li
              key={`${hit.type}/${hit.id}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className={index === active ? 'search-hit search-hit-active' : 'search-hit'}
              // the input must not lose its focus before the click is taken
              onPointerDown={(event) => event.preventDefault()}
              onMouseEnter={() => setActive(index)}
              onClick={() => choose(hit)}
            >
              <span className="search-hit-name">{nameOf(hit, language)}</span>
              <span className="search-hit-kind">{describe(hit)}</span>
            </li>
          ))}
        </ul>
        {shown && hits.length === 0 && <p className="search-empty">{t.search.empty}</p>}
        <span className="visually-hidden" role="status">
          {shown ? t.search.results(f.integer(hits.length)) : ''}
        </span>
      </div>
    </div>
  );

  function describe(hit: SearchHit): string {
    if (hit.type === 'place') return t.level[hit.layer] ?? hit.layer;
    if (hit.type === 'facility') return kinds.facility(hit.kind);
    return kinds.feature(hit.layer, hit.kind);
  }
}

function nameOf(hit: SearchHit, language: 'zh' | 'en'): string {
  return language === 'en' ? (hit.nameEn ?? hit.name) : hit.name;
}
