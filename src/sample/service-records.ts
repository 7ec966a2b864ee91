/** What the city's operations centre holds: cases (数字城管), 12345 tickets, sensors and their readings. */
import { join } from 'node:path';
import { Random } from '../core/random.ts';
import type { BuiltCell } from './cell.ts';
import { metresToLonLat } from './ground.ts';
import type { Cell, CityPlan } from './plan.ts';
import { WGS84 } from './registries.ts';
import { CsvWriter } from './write-csv.ts';

export const RECORD_COLUMNS = {
  cases: ['code', 'type', 'big_code', 'small_code', 'standard_id', 'source', 'lon', 'lat', 'crs', 'grid', 'resp_grid', 'status', 'node', 'handler', 'dept', 'limit_type', 'limit_value', 'deadline', 'report_time', 'accept_time', 'dispatch_time', 'receive_time', 'finish_time', 'check_time', 'close_time', 'description'],
  hotline: ['id', 'time', 'channel', 'caller', 'lon', 'lat', 'crs', 'location', 'unit_id', 'category1', 'category2', 'category3', 'kind', 'urgency', 'dept', 'deadline', 'response_time', 'result', 'solved', 'satisfied', 'callback_time', 'duplicates', 'text'],
  sensors: ['sensor_id', 'object', 'type', 'unit', 'name', 'lon', 'lat', 'crs', 'limit_red', 'limit_orange', 'limit_yellow', 'limit_blue'],
  readings: ['sensor_id', 'ts', 'value'],
} as const;

const PERSONS_PER_CASE = 160;
const PERSONS_PER_TICKET = 100;
const YEAR_START_S = Date.UTC(2025, 0, 1) / 1000;
const DAYS = 270;
/** Rain falls on these days after 1 January 2025: 24 June, 9 July, 18 August. */
const RAIN_DAYS = [174, 189, 229];
const READING_DAYS = 7;
const READING_START_S = YEAR_START_S + 226 * 86_400;

/** big, small, name, limit type, limit, department, weight: a cut of the catalogue in standards.md, appendix A. */
const CASE_KINDS: readonly (readonly [string, string, string, string, number, string, number])[] = [
  ['01', '10', '暴露垃圾', '小时', 4, '环卫处', 18],
  ['01', '12', '道路不洁', '小时', 2, '环卫处', 12],
  ['01', '13', '道路破损', '自然日', 5, '市政处', 7],
  ['01', '08', '飞线充电', '小时', 4, '街道办事处', 5],
  ['01', '01', '私搭乱建', '工作日', 15, '综合执法局', 3],
  ['02', '01', '非法小广告', '自然日', 1, '综合执法局', 11],
  ['03', '04', '工地扬尘', '小时', 2, '住建局', 3],
  ['03', '01', '施工扰民', '紧急工作时', 2, '综合执法局', 3],
  ['04', '01', '无照经营游商', '紧急工作时', 2, '综合执法局', 10],
  ['04', '06', '占道经营', '紧急工作时', 2, '综合执法局', 9],
  ['04', '10', '非机动车乱停放', '小时', 2, '综合执法局', 12],
  ['04', '96', '占用消防通道', '小时', 2, '消防救援支队', 3],
  ['05', '03', '排水堵塞', '小时', 4, '排水处', 3],
  ['05', '05', '路面塌陷', '紧急工作时', 2, '市政处', 1],
];

/** topic, wording, department, weight: the mix of a real city's 12 topics (standards §3.6). */
const TICKET_TOPICS: readonly (readonly [string, string, string, string, number])[] = [
  ['环境保护', '噪声扰民', '夜间施工噪声，影响休息', '生态环境局', 20],
  ['交通管理', '交通秩序', '路口拥堵，信号灯配时不合理', '交警支队', 12],
  ['停车管理', '停车难', '小区车位不足，道路乱停车', '街道办事处', 14],
  ['房屋住宅', '房屋质量', '屋面渗水，物业迟迟不修', '住建局', 10],
  ['市政管网', '排水管道', '下水道堵塞返水', '排水处', 9],
  ['城市更新', '加装电梯', '老楼没有电梯，老人上下楼困难', '更新办', 7],
  ['物业服务', '物业管理', '物业服务不到位，公共部位无人打扫', '街道办事处', 9],
  ['环境卫生', '垃圾清运', '垃圾桶满溢，异味明显', '环卫处', 6],
  ['建设施工', '工地管理', '渣土车带泥上路', '住建局', 4],
  ['街面秩序', '占道经营', '流动摊贩占道，行人无法通行', '综合执法局', 4],
  ['公共服务', '设施缺乏', '附近没有幼儿园和菜市场', '民政局', 3],
  ['消防安全', '通道堵塞', '电动车楼道充电，消防通道被占', '消防救援支队', 2],
];
const TICKET_KINDS: readonly (readonly [string, number])[] = [['投诉', 0.818], ['咨询', 0.12], ['建议', 0.039], ['求助', 1]];

const WEIGHT_OF_CASES = CASE_KINDS.reduce((sum, kind) => sum + kind[6], 0);
const WEIGHT_OF_TOPICS = TICKET_TOPICS.reduce((sum, topic) => sum + topic[4], 0);

/** `YYYY-MM-DD hh:mm:ss`, local time of the city. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function pickWeighted<T extends readonly unknown[]>(random: Random, list: readonly T[], weightAt: number, total: number): T {
  let rest = random.next() * total;
  for (const entry of list) {
    rest -= Number(entry[weightAt]);
    if (rest < 0) return entry;
  }
  return list[list.length - 1];
}

export class ServiceRecords {
  readonly #plan: CityPlan;
  readonly #cases: CsvWriter;
  readonly #hotline: CsvWriter;
  readonly #sensors: CsvWriter;
  readonly #readings: CsvWriter;

  constructor(dir: string, plan: CityPlan) {
    this.#plan = plan;
    const open = (name: keyof typeof RECORD_COLUMNS): CsvWriter => new CsvWriter(join(dir, `${name}.csv`), RECORD_COLUMNS[name]);
    this.#cases = open('cases');
    this.#hotline = open('hotline');
    this.#sensors = open('sensors');
    this.#readings = open('readings');
  }

  add(built: BuiltCell): void {
    const { cell, homes } = built;
    const random = new Random(cell.seed + 4);
    const place = (): [number, number] => {
      const home = homes.length > 0 ? homes[random.integer(0, homes.length - 1)].ring[random.integer(0, 3)] : this.#plan.ground.toLonLat(cell.column + random.next(), cell.row + random.next());
      return [home[0], home[1]];
    };
    for (let n = Math.round(cell.persons / PERSONS_PER_CASE); n > 0; n--) this.#addCase(cell, pickWeighted(random, CASE_KINDS, 6, WEIGHT_OF_CASES), place(), this.#anyTime(random), random);
    for (let n = Math.round(cell.persons / PERSONS_PER_TICKET); n > 0; n--) this.#addTicket(cell, pickWeighted(random, TICKET_TOPICS, 4, WEIGHT_OF_TOPICS), place(), this.#anyTime(random), random);
    if (cell.deficits.has('ponding')) this.#addPonding(cell, random);
    this.#addSensors(built, random);
  }

  #anyTime(random: Random): number {
    return YEAR_START_S + random.integer(0, DAYS - 1) * 86_400 + random.integer(6 * 3600, 22 * 3600);
  }

  #addCase(cell: Cell, kind: (typeof CASE_KINDS)[number], [lon, lat]: readonly [number, number], reported: number, random: Random): void {
    const [big, small, name, limitType, limit, dept] = kind;
    const limitS = limit * (limitType === '自然日' || limitType === '工作日' ? 86_400 : 3600);
    const accepted = reported + random.integer(120, 900);
    const dispatched = accepted + random.integer(120, 1200);
    const received = dispatched + random.integer(60, 1800);
    const late = random.chance(0.13);
    const finished = dispatched + Math.round(limitS * (late ? random.between(1.05, 2.4) : random.between(0.15, 0.95)));
    const checked = finished + random.integer(1800, 7200);
    const open = random.chance(0.05);
    const code = `${cell.unitId}${String(this.#cases.rows + 1).padStart(7, '0')}`;
    this.#cases.add([
      code, '事件', big, small, `${big}${small}`, random.pick(['采集员', '采集员', '采集员', '公众', '12345', '视频']), lon.toFixed(7), lat.toFixed(7), WGS84,
      `${cell.unitId}${String(random.integer(1, 49)).padStart(4, '0')}`, cell.unitId, open ? '处置中' : '已结案', open ? '任务处理' : '综合评价', undefined, dept,
      limitType, limit, formatTime(dispatched + limitS), formatTime(reported), formatTime(accepted), formatTime(dispatched), formatTime(received),
      open ? undefined : formatTime(finished), open ? undefined : formatTime(checked), open ? undefined : formatTime(checked + 600), `${cell.name.zh}${name}`,
    ]);
  }

  #addTicket(cell: Cell, topic: (typeof TICKET_TOPICS)[number], [lon, lat]: readonly [number, number], time: number, random: Random): void {
    const [category, second, wording, dept] = topic;
    let rest = random.next();
    const kind = TICKET_KINDS.find(([, share]) => (rest -= share) < 0)?.[0] ?? '求助';
    const urgency = random.chance(0.04) ? '紧急' : '一般';
    const responded = time + (random.chance(0.93) ? random.integer(600, 80_000) : random.integer(90_000, 200_000));
    const called = responded + random.integer(86_400, 6 * 86_400);
    const solved = random.chance(0.83);
    this.#hotline.add([
      `H2025${String(this.#hotline.rows + 1).padStart(8, '0')}`, formatTime(time), random.pick(['电话', '电话', '电话', '微信', '网站', '随手拍']), `${random.pick(['张', '李', '王', '刘', '陈', '杨'])}**`, lon.toFixed(7), lat.toFixed(7), WGS84,
      `${cell.block.district.name.zh}${cell.block.name.zh}${cell.name.zh}`, cell.unitId, category, second, undefined, kind, urgency, dept,
      formatTime(time + (urgency === '紧急' ? 86_400 : 7 * 86_400)), formatTime(responded), solved ? '已办结' : '已答复，持续跟进', solved, solved ? random.chance(0.92) : random.chance(0.3), formatTime(called), undefined, wording,
    ]);
  }

  /** On each day of rain: tickets and cases within some 60 m of one spot. */
  #addPonding(cell: Cell, random: Random): void {
    const [x, y] = this.#plan.ground.toMetres(cell.column + 0.5, cell.row + 0.97);
    for (const day of RAIN_DAYS) {
      const at = YEAR_START_S + day * 86_400 + 17 * 3600;
      const near = (): [number, number] => metresToLonLat(x + random.between(-40, 40), y + random.between(-40, 40));
      for (let n = 0; n < 9; n++) this.#addTicket(cell, ['市政管网', '道路积水', '下雨积水严重，车辆熄火，行人无法通过', '排水处', 0], near(), at + random.integer(0, 9000), random);
      for (let n = 0; n < 2; n++) this.#addCase(cell, ['05', '06', '道路积水', '紧急工作时', 2, '排水处', 0], near(), at + random.integer(0, 9000), random);
    }
  }

  #addSensors(built: BuiltCell, random: Random): void {
    const { cell } = built;
    const [lon, lat] = this.#plan.ground.toLonLat(cell.column + 0.5, cell.row + 0.97);
    const put = (suffix: string, object: string, type: string, unit: string, name: string, limits: readonly (number | undefined)[], value: (hour: number) => number): void => {
      const id = `Z${cell.unitId}${suffix}`;
      this.#sensors.add([id, object, type, unit, name, lon.toFixed(7), lat.toFixed(7), WGS84, ...limits]);
      for (let hour = 0; hour < READING_DAYS * 24; hour++) this.#readings.add([id, formatTime(READING_START_S + hour * 3600), value(hour).toFixed(2)]);
    };
    const wave = (hour: number): number => Math.sin((hour / 24) * 2 * Math.PI);
    if (cell.deficits.has('ponding')) {
      // the rain of 18 August falls from the 89th hour on: 41 cm at its height
      put('W', '排水', '积水深度', 'cm', `${cell.stem}下穿积水监测`, [40, 27, 15, 5], (hour) => Math.max(0, 41 * Math.exp(-(((hour - 91) / 2.2) ** 2)) + random.between(0, 0.6)));
    }
    if (cell.deficits.has('corroded-risers')) {
      put('G', '燃气', '相邻空间甲烷浓度', '%LEL', `${cell.stem}燃气相邻空间监测`, [50, 25, 10, 5], (hour) => 1.2 + hour * 0.06 + random.between(0, 0.8));
    }
    if (cell.row === this.#plan.riverRow && cell.column % 2 === 0) {
      put('L', '水位', '河道水位', 'm', `示范江${cell.stem}水位站`, [31.5, 30.8, 30, 29.5], (hour) => 27.4 + 0.15 * wave(hour) + random.between(0, 0.05));
    }
    if (cell.zone === 'estate80' || cell.zone === 'commercial') {
      put('P', '供水', '管网压力', 'MPa', `${cell.stem}供水压力监测`, [undefined, undefined, undefined, undefined], (hour) => 0.31 - 0.04 * Math.abs(wave(hour)) + random.between(-0.01, 0.01));
    }
  }

  close(): Record<string, number> {
    const cell = this.#plan.cells[this.#plan.columns * this.#plan.mapRow + this.#plan.mapColumn];
    const [lon, lat] = this.#plan.ground.toLonLat(cell.column + 0.5, cell.row + 0.5);
    // wrong on purpose: a date that does not exist, a sensor nobody knows, a reading that is no number
    this.#cases.add(['C-BAD-DATE', '事件', '01', '10', '0110', '公众', lon.toFixed(7), lat.toFixed(7), WGS84, undefined, cell.unitId, '处置中', '任务处理', undefined, '环卫处', '小时', 4, undefined, '2025-02-30 10:00:00', undefined, undefined, undefined, undefined, undefined, undefined, '日期错误']);
    this.#readings.add(['Z-BAD-SENSOR', formatTime(READING_START_S), '1.00']);
    this.#readings.add([`Z${cell.unitId}P`, formatTime(READING_START_S), '故障']);
    const files = this.#files();
    for (const csv of Object.values(files)) csv.close();
    return Object.fromEntries(Object.entries(files).map(([name, csv]) => [`${name}.csv`, csv.rows]));
  }

  #files(): Record<string, CsvWriter> {
    return { cases: this.#cases, hotline: this.#hotline, sensors: this.#sensors, readings: this.#readings };
  }

  abandon(): void {
    for (const csv of Object.values(this.#files())) csv.abandon();
  }
}
