/** What the GTFS reader says about rows: level and text by code. A note names the member, row and field beside it. */
import type { Bilingual } from '../../core/bilingual.ts';
import type { ErrorPlace } from '../../core/errors.ts';
import type { NoteBook, NoteLevel } from '../../core/note.ts';

const TEXTS = {
  'no-agency': ['info', '没有 agency.txt，线路不注明运营方。', 'There is no agency.txt; routes name no operator.'],
  'unknown-file': ['info', '不属于 GTFS 或未使用的文件，未读取。', 'Files that are not of GTFS or not used were not read.'],
  'guessed-encoding': ['warning', '文字不是 UTF-8，按内容推测了编码；如有乱码请在导入时说明编码。', 'The text is not UTF-8; its encoding was guessed from the content. State it on import if names come out wrong.'],
  'long-row': ['error', '行内引号未闭合（超过 1 MB），已略去该行。', 'A row of more than 1 MB, with a quote left open, was left out.'],
  'bad-id': ['error', '编号为空或过长，已略去该行。', 'The id is empty or too long; the row was left out.'],
  'duplicate-stop': ['error', '站点编号重复，保留第一个。', 'The stop id occurs twice; the first stop is kept.'],
  'duplicate-route': ['error', '线路编号重复，保留第一条。', 'The route id occurs twice; the first route is kept.'],
  'duplicate-trip': ['error', '班次编号重复，保留第一个。', 'The trip id occurs twice; the first trip is kept.'],
  'duplicate-service': ['error', '运营日历编号重复，保留第一个。', 'The service id occurs twice; the first is kept.'],
  'bad-coordinate': ['error', '坐标缺失、越界或为 0,0，已略去该点。', 'Coordinates are missing, out of range or 0,0; the point was left out.'],
  'position-from-parent': ['info', '没有坐标，取所属车站的坐标。', 'Without coordinates; those of the parent station are used.'],
  'bad-location-type': ['warning', 'location_type 无效，按普通站点处理。', 'The location_type is not known; taken as a plain stop.'],
  'unknown-parent': ['warning', 'parent_station 不存在，已忽略。', 'The parent_station does not exist; ignored.'],
  'bad-route-type': ['warning', 'route_type 无效，线路类别记为 other。', 'The route_type is not known; the route’s kind is other.'],
  'bad-date': ['warning', '日期无效（应为 YYYYMMDD），按未给出处理。', 'The date is not valid (YYYYMMDD is wanted); taken as not given.'],
  'dates-backwards': ['warning', '结束日期早于开始日期，该运营日历不会运行。', 'The end date lies before the start date; the service never runs.'],
  'bad-weekday': ['warning', '星期标志应为 0 或 1，按 0 处理。', 'A weekday flag is neither 0 nor 1; taken as 0.'],
  'bad-exception-type': ['error', 'exception_type 应为 1 或 2，已略去该行。', 'The exception_type is neither 1 nor 2; the row was left out.'],
  'unknown-route': ['error', '班次的线路不存在，已略去该班次。', 'The trip’s route does not exist; the trip was left out.'],
  'unknown-service': ['error', '班次的运营日历不存在，已略去该班次。', 'The trip’s service does not exist; the trip was left out.'],
  'unknown-shape': ['warning', '班次的走向（shape）不存在，按站点顺序连线。', 'The trip’s shape does not exist; its stops are joined instead.'],
  'short-shape': ['warning', '走向（shape）不足两个有效点，已略去。', 'The shape has fewer than two usable points; it was left out.'],
  'bad-direction': ['warning', 'direction_id 应为 0 或 1，按未给出处理。', 'The direction_id is neither 0 nor 1; taken as not given.'],
  'unknown-trip': ['error', '班次不存在或已略去，该行未用。', 'The trip does not exist or was left out; the row is not used.'],
  'unknown-stop': ['error', '站点不存在，该行未用。', 'The stop does not exist; the row is not used.'],
  'stop-without-position': ['error', '站点没有可用坐标，该行未用。', 'The stop has no usable coordinates; the row is not used.'],
  'bad-sequence': ['error', 'stop_sequence 不是非负整数，该行未用。', 'The stop_sequence is no whole number from 0; the row is not used.'],
  'unsorted-sequence': ['info', '班次的停靠未按 stop_sequence 排列，已排序。', 'The trip’s stops do not stand in the order of stop_sequence; they were sorted.'],
  'duplicate-sequence': ['warning', '同一班次内 stop_sequence 重复，按文件顺序排列。', 'A stop_sequence occurs twice in a trip; the order of the file is kept.'],
  'bad-time': ['warning', '时刻无效（应为 H:MM:SS），按未给出处理。', 'The time is not valid (H:MM:SS is wanted); taken as not given.'],
  interpolated: ['info', '中间站没有时刻，按距离插值。', 'Stops in between without times; times were interpolated by distance.'],
  'untimed-end': ['warning', '班次首末站没有时刻，已截去这些站。', 'The trip’s first or last stops have no times; those stops were cut off.'],
  'past-midnight': ['warning', '时刻跨午夜后未按 24 时以后书写，已加 24 小时。', 'Times after midnight are not written past 24:00; 24 hours were added.'],
  'time-backwards': ['warning', '时刻早于前一时刻，已改为不早于前一时刻。', 'A time lies before the one before it; it was raised to that.'],
  'short-trip': ['error', '班次不足两个有时刻的停靠，已略去。', 'The trip has fewer than two stops with times; it was left out.'],
  'long-trip': ['error', '班次停靠超过 10000 次，已略去。', 'The trip has more than 10,000 stops; it was left out.'],
  'bad-frequency': ['error', '发车间隔或起止时刻无效，已略去该行。', 'The headway or the times are not valid; the row was left out.'],
  'route-by-stops': ['info', '线路没有走向（shape），按站点顺序连线。', 'The route has no shape; its stops are joined in order.'],
  'route-without-line': ['error', '线路没有可用的班次，无法成线，已略去。', 'The route has no usable trip to draw it by; it was left out.'],
} as const satisfies Record<string, readonly [NoteLevel, string, string]>;

export type FeedNoteCode = keyof typeof TEXTS;

const BILINGUAL = new Map<string, Bilingual>(Object.entries(TEXTS).map(([code, [, zh, en]]) => [code, { zh, en }]));

export function addFeedNote(notes: NoteBook, code: FeedNoteCode, place: ErrorPlace, count = 1): void {
  notes.add(TEXTS[code][0], `import/gtfs-${code}`, BILINGUAL.get(code) as Bilingual, place, count);
}
