/** What of the ledger of tasks is in the address: a link shows another reader the same tasks in the same view. */
export const FILTER_KEYS = ['light', 'state', 'document', 'source', 'body', 'lead', 'district', 'place', 'dueFrom', 'dueTo', 'q'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];
export type TaskFilter = Readonly<Partial<Record<FilterKey, string>>>;

export const VIEWS = ['table', 'board', 'gantt', 'calendar', 'bodies'] as const;
export type ViewName = (typeof VIEWS)[number];
export const ORDERS = ['light', 'deadline', 'number', 'updated', 'body'] as const;
export type Order = (typeof ORDERS)[number];
export const BOARD_GROUPS = ['state', 'light', 'body', 'source'] as const;
export const GANTT_GROUPS = ['none', 'body', 'light', 'state', 'source'] as const;
export type Group = (typeof BOARD_GROUPS)[number] | (typeof GANTT_GROUPS)[number];
export const SCALES = ['fit', 'year', 'quarter', 'month'] as const;
export type Scale = (typeof SCALES)[number];

export const PANELS = ['reminders', 'changes', 'lights'] as const;
export type Panel = (typeof PANELS)[number];

export interface TasksView {
  readonly view: ViewName;
  readonly filter: TaskFilter;
  readonly order: Order;
  /** From 1. */
  readonly page: number;
  /** Undefined: what the view groups by of itself. */
  readonly group: Group | undefined;
  readonly scale: Scale;
  /** `2026-06` */
  readonly month: string | undefined;
  readonly task: string | undefined;
  /** What stands open beside the ledger. */
  readonly panel: Panel | undefined;
}

export const PAGE_ROWS = 50;
/** The other views take so many at once; more than a thousand bars or cards help nobody. */
export const MOST_DRAWN = 1000;

const oneOf = <Choice extends string>(text: string | null, choices: readonly Choice[]): Choice | undefined => choices.find((choice) => choice === text);

export function readTasksView(query: URLSearchParams): TasksView {
  const filter: Partial<Record<FilterKey, string>> = {};
  for (const key of FILTER_KEYS) {
    const value = query.get(key);
    if (value !== null && value.trim() !== '') filter[key] = value;
  }
  const page = Number(query.get('page'));
  const month = query.get('month');
  return {
    view: oneOf(query.get('view'), VIEWS) ?? 'table',
    filter,
    order: oneOf(query.get('order'), ORDERS) ?? 'light',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    group: oneOf(query.get('group'), [...BOARD_GROUPS, ...GANTT_GROUPS]),
    scale: oneOf(query.get('scale'), SCALES) ?? 'fit',
    month: month !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined,
    task: query.get('task') ?? undefined,
    panel: oneOf(query.get('panel'), PANELS),
  };
}

/** The query of a request to the ledger. */
export function tasksQuery(filter: TaskFilter, more: Readonly<Record<string, string | number | undefined>> = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...filter, ...more })) if (value !== undefined) query.set(key, String(value));
  return query.toString();
}
