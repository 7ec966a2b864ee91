/** The filters of the ledger in the address: a link shows another reader the same rows. */
export const FILTER_KEYS = ['stage', 'kind', 'severity', 'priority', 'dimension', 'indicator', 'level', 'place', 'body', 'q'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];
export type LedgerFilter = Readonly<Partial<Record<FilterKey, string>>>;

export const ORDERS = ['severity', 'indicator', 'place', 'updated', 'persons'] as const;
export type Order = (typeof ORDERS)[number];

export interface LedgerView {
  readonly period: number | undefined;
  readonly filter: LedgerFilter;
  readonly order: Order;
  /** From 1. */
  readonly page: number;
  readonly shown: 'table' | 'map';
  readonly finding: string | undefined;
}

export const PAGE_ROWS = 50;

export function readLedgerView(query: URLSearchParams): LedgerView {
  const period = query.get('period');
  const filter: Partial<Record<FilterKey, string>> = {};
  for (const key of FILTER_KEYS) {
    const value = query.get(key);
    if (value !== null && value.trim() !== '') filter[key] = value;
  }
  const page = Number(query.get('page'));
  return {
    period: period !== null && /^\d{4}$/.test(period) ? Number(period) : undefined,
    filter,
    order: ORDERS.find((order) => order === query.get('order')) ?? 'severity',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    shown: query.get('view') === 'map' ? 'map' : 'table',
    finding: query.get('finding') ?? undefined,
  };
}

/** The query of a request to the ledger. */
export function ledgerQuery(filter: LedgerFilter, more: Readonly<Record<string, string | number>> = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...filter, ...more })) if (value !== undefined) query.set(key, String(value));
  return query.toString();
}
