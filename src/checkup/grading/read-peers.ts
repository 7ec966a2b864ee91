/**
 * Values of other cities from peers.csv, to be compared with: of each peer and indicator the latest year up to the one that is checked.
 *
 * An indicator may stand under its id, its number in the national list or its Chinese name, as in the departments' statistics. What cannot be used
 * (an unknown indicator, no number, a later year, the same peer, indicator and year again, a share beyond 0–100 %) is noted and left out.
 */
import { NoteBook } from '../../core/note.ts';
import type { Note } from '../../core/note.ts';
import type { AttributeValue } from '../../import/model.ts';
import type { CityTable } from '../city/city-data.ts';
import type { Indicator } from '../model.ts';
import { isFilled, numberOf, plainText, yearOf } from '../operators/cell-values.ts';
import { indicatorsByWord } from './indicator-words.ts';
import { isPossible } from './possible-values.ts';

export interface PeerValue {
  readonly peer: string;
  readonly year: number;
  readonly value: number;
  readonly source: string;
}

export interface Peers {
  /** By indicator id, peers in the order of their names. */
  readonly values: ReadonlyMap<string, readonly PeerValue[]>;
  readonly notes: readonly Note[];
}

const FILE = 'peers.csv';
const text = (cell: AttributeValue | undefined): string => (isFilled(cell) ? String(cell).trim() : '');

export function readPeers({ rowCount, columns }: Pick<CityTable, 'rowCount' | 'columns'>, indicators: readonly Indicator[], period: number): Peers {
  const notes = new NoteBook();
  const byWord = indicatorsByWord(indicators);
  const latest = new Map<string, Map<string, PeerValue>>();
  const seen = new Set<string>();
  for (let row = 0; row < rowCount; row++) {
    const [peer, word, source] = ['peer', 'indicator_id', 'source'].map((name) => text(columns[name]?.[row]));
    const [year, value] = [yearOf(columns['year']?.[row]), numberOf(columns['value']?.[row])];
    const indicator = byWord.get(plainText(word).replace(/^#/, ''));
    const leave = (what: string, zh: string, en: string, field: string): void =>
      notes.add('warning', `checkup/peer-${what}`, { zh: `${FILE}：${zh}，未用于比较。`, en: `${FILE}: ${en}; left out of the comparison.` }, { file: FILE, field, value: `${peer} ${word} ${year ?? ''} ${text(columns['value']?.[row])}` });
    if (indicator === undefined) leave('unknown-indicator', '没有这个指标', 'there is no such indicator', 'indicator_id');
    else if (peer === '' || year === undefined || value === undefined) leave('incomplete', '缺少城市、年份或数值', 'a city, year or number is missing', 'value');
    else if (!isPossible(value, indicator)) leave('impossible', '数值不可能', 'a value that cannot be', 'value');
    else if (year > period) leave('later', `年份晚于体检年份 ${period}`, `a year after the ${period} that is checked`, 'year');
    else if (seen.has(`${peer}\n${indicator.id}\n${year}`)) leave('twice', '同一城市、指标、年份重复，采用第一行', 'a city, indicator and year occur again, the first row counts', 'value');
    else {
      seen.add(`${peer}\n${indicator.id}\n${year}`);
      const ofIndicator = latest.get(indicator.id) ?? new Map<string, PeerValue>();
      latest.set(indicator.id, ofIndicator);
      if (year >= (ofIndicator.get(peer)?.year ?? -Infinity)) ofIndicator.set(peer, { peer, year, value, source });
    }
  }
  return { values: new Map([...latest].map(([id, byPeer]) => [id, [...byPeer.values()].sort((a, b) => (a.peer < b.peer ? -1 : 1))])), notes: notes.list() };
}
