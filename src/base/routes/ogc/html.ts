/** The OGC documents as pages: everything the JSON says, with links to follow. No script, no outside file. */
import type { Link } from './documents.ts';

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d2733}
table{border-collapse:collapse;margin:.3rem 0}td,th{border:1px solid #d5dbe3;padding:.2rem .5rem;text-align:left;vertical-align:top;max-width:40rem;overflow-wrap:anywhere}
th{background:#f3f6f9;font-weight:600}ul{margin:.2rem 0;padding-left:1.2rem}nav li{margin:.15rem 0}
@media(prefers-color-scheme:dark){body{background:#141a21;color:#dde4ec}th{background:#1f2832}td,th{border-color:#33404e}a{color:#7db7ff}}`;

export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`;
}

function isLinks(value: unknown): value is Link[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object' && item !== null && 'href' in item && 'rel' in item);
}

function renderLinks(links: readonly Link[]): string {
  const item = (link: Link): string => {
    const text = `${escapeHtml(link.title ?? link.href)} <small>(${escapeHtml(link.rel)}${link.type === undefined ? '' : `, ${escapeHtml(link.type)}`})</small>`;
    return link.templated === true ? `<li><code>${escapeHtml(link.href)}</code> ${text}</li>` : `<li><a href="${escapeHtml(link.href)}">${text}</a></li>`;
  };
  return `<nav><ul>${links.map(item).join('')}</ul></nav>`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function renderFields(value: Record<string, unknown>): string {
  const rows = Object.entries(value).map(([key, inner]) => `<tr><th scope="row">${escapeHtml(key)}</th><td>${renderValue(inner)}</td></tr>`);
  return `<table>${rows.join('')}</table>`;
}

/** Any JSON value: links as links, lists of numbers on one line, everything else as nested tables. */
function renderValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value !== 'object') return String(value);
  if (isLinks(value)) return renderLinks(value);
  if (isRecord(value)) return renderFields(value);
  const list = value as unknown[];
  if (list.every((item) => !isRecord(item) || 'coordinates' in item)) return `<code>${escapeHtml(JSON.stringify(list))}</code>`;
  return `<ul>${list.map((item) => `<li>${renderValue(item)}</li>`).join('')}</ul>`;
}

export function renderDocument(title: string, document: object): string {
  return page(title, renderFields(document as Record<string, unknown>));
}
