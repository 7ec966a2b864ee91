import { describe, expect, it } from 'vitest';
import { readTasksView, tasksQuery } from './tasks-address.ts';

const read = (query: string) => readTasksView(new URLSearchParams(query));

describe('the address of the ledger of tasks', () => {
  it('is the list of everything where it says nothing', () => {
    expect(read('')).toEqual({ view: 'table', filter: {}, order: 'light', page: 1, group: undefined, scale: 'fit', month: undefined, task: undefined, panel: undefined });
  });

  it('tells view, filters, groups, scale, month and the open task', () => {
    expect(read('view=gantt&light=red&body=市住建局&dueTo=2026-12-31&group=body&scale=quarter&order=deadline&page=3&task=D2026-0001&panel=reminders')).toMatchObject({
      view: 'gantt', filter: { light: 'red', body: '市住建局', dueTo: '2026-12-31' }, group: 'body', scale: 'quarter', order: 'deadline', page: 3, task: 'D2026-0001', panel: 'reminders',
    });
    expect(read('view=calendar&month=2027-02').month).toBe('2027-02');
  });

  it('passes over what is no answer', () => {
    expect(read('view=pie&panel=sky&order=x&page=-1&month=2026-13&scale=&group=moon&q=%20')).toEqual(read(''));
  });

  it('makes the request of a filter', () => {
    expect(tasksQuery({ light: 'red', q: '小区 改造' }, { limit: 50, offset: undefined })).toBe('light=red&q=%E5%B0%8F%E5%8C%BA+%E6%94%B9%E9%80%A0&limit=50');
  });
});
