/** calendar.txt and calendar_dates.txt: the days on which services run. */
import type { TransitServiceRecord } from '../model.ts';
import { KeyIndex } from './columns.ts';
import type { Feed } from './feed.ts';
import { columnOf, readFeedTable } from './feed.ts';
import { addFeedNote } from './feed-notes.ts';
import type { TableColumns, TableRow } from './table.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

interface Service {
  readonly id: string;
  weekdays: boolean[];
  startDate: string | undefined;
  endDate: string | undefined;
  readonly addedDates: Set<string>;
  readonly removedDates: Set<string>;
}

export interface Services {
  readonly index: KeyIndex;
  readonly list: readonly Service[];
}

/** YYYY-MM-DD of YYYYMMDD, or undefined where there is no such day. One string a day, however many rows name it. */
function dateParser(): (yyyymmdd: number) => string | undefined {
  const known = new Map<number, string | undefined>();
  return (yyyymmdd) => {
    if (known.has(yyyymmdd)) return known.get(yyyymmdd);
    const [y, m, d] = [Math.floor(yyyymmdd / 10_000), Math.floor(yyyymmdd / 100) % 100, yyyymmdd % 100];
    const day = new Date(Date.UTC(y, m - 1, d));
    const valid = y >= 1900 && y <= 2200 && day.getUTCMonth() === m - 1 && day.getUTCDate() === d;
    const text = valid ? day.toISOString().slice(0, 10) : undefined;
    if (known.size < 100_000) known.set(yyyymmdd, text);
    return text;
  };
}

export async function readServices(feed: Feed): Promise<Services> {
  const index = new KeyIndex();
  const list: Service[] = [];
  const { notes } = feed.context;
  const parseDate = dateParser();
  const readDate = (row: TableRow, columns: TableColumns, field: string): string | undefined => {
    const date = parseDate(row.integer(columnOf(columns, field)));
    if (date === undefined) addFeedNote(notes, 'bad-date', row.place(columns, field));
    return date;
  };
  const readFlag = (row: TableRow, columns: TableColumns, day: string): boolean => {
    const flag = row.integer(columns[day]);
    if (flag !== 0 && flag !== 1) addFeedNote(notes, 'bad-weekday', row.place(columns, day));
    return flag === 1;
  };
  const addService = (row: TableRow, column: number): number => {
    const number = index.add(row.buffer, row.starts[column], row.ends[column]);
    if (number >= 0) {
      list.push({
        id: feed.idPrefix + row.text(column),
        weekdays: WEEKDAYS.map(() => false),
        startDate: undefined,
        endDate: undefined,
        addedDates: new Set(),
        removedDates: new Set(),
      });
    }
    return number;
  };

  await readFeedTable(feed, 'calendar', ['service_id', ...WEEKDAYS], (row, columns) => {
    if (!row.isKey(columns.service_id)) return addFeedNote(notes, 'bad-id', row.place(columns, 'service_id'));
    const number = addService(row, columns.service_id);
    if (number < 0) return addFeedNote(notes, 'duplicate-service', row.place(columns, 'service_id'));
    list[number].weekdays = WEEKDAYS.map((day) => readFlag(row, columns, day));
    list[number].startDate = readDate(row, columns, 'start_date');
    list[number].endDate = readDate(row, columns, 'end_date');
    const { startDate, endDate } = list[number];
    if (startDate !== undefined && endDate !== undefined && endDate < startDate) addFeedNote(notes, 'dates-backwards', row.place(columns, 'end_date'));
  });
  await readFeedTable(feed, 'calendar_dates', ['service_id', 'date', 'exception_type'], (row, columns) => {
    const column = columns.service_id;
    if (!row.isKey(column)) return addFeedNote(notes, 'bad-id', row.place(columns, 'service_id'));
    const exception = row.integer(columns.exception_type);
    if (exception !== 1 && exception !== 2) return addFeedNote(notes, 'bad-exception-type', row.place(columns, 'exception_type'));
    const date = readDate(row, columns, 'date');
    if (date === undefined) return;
    const found = index.find(row.buffer, row.starts[column], row.ends[column]);
    const service = list[found >= 0 ? found : addService(row, column)];
    (exception === 1 ? service.addedDates : service.removedDates).add(date);
  });
  return { index, list };
}

export function serviceToRecord(service: Service): TransitServiceRecord {
  return {
    type: 'transit-service',
    serviceId: service.id,
    weekdays: service.weekdays,
    startDate: service.startDate,
    endDate: service.endDate,
    addedDates: [...service.addedDates].toSorted(),
    removedDates: [...service.removedDates].toSorted(),
  };
}
