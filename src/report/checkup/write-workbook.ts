/** The check-up as an Excel workbook: 指标调查表, the values of every place, and the three lists of findings. */
import writeXlsxFile from 'write-excel-file/node';
import { HEADER_STYLE, workbookCell } from '../../base/workbook-cells.ts';
import { ledgerSheets } from '../../checkup/ledger-workbook.ts';
import { GRADE_WORDS, LEVEL_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { ReportInput } from './report-input.ts';
import { ReportWords } from './report-words.ts';

type Value = string | number | null;
const LEVELS = ['city', 'district', 'block', 'community'];
/** Excel's own limit of rows. */
const MOST_ROWS = 1_048_575;

function sheet(name: string, header: readonly string[], widths: readonly number[], rows: readonly (readonly Value[])[]) {
  return {
    sheet: name,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
    data: [
      header.map((value) => ({ value, type: String, ...HEADER_STYLE })),
      ...rows.slice(0, MOST_ROWS).map((row) => row.map((value) => workbookCell(value, false))),
    ],
  };
}

export async function writeCheckupWorkbook(input: ReportInput): Promise<Uint8Array> {
  const w = new ReportWords(input.language);
  const indicators = sheet(
    w.t('指标调查表', 'Indicators'),
    [w.t('序号', 'No.'), w.t('指标编号', 'Id'), w.t('指标', 'Indicator'), w.t('尺度', 'Level'), w.t('结果', 'Result'), w.t('单位', 'Unit'), w.t('分子', 'Numerator'), w.t('分母', 'Denominator'), w.t('标准', 'Standard'), w.t('评级', 'Grade'), w.t('数据性质', 'Quality'), w.t('缺失原因', 'Why missing'), w.t('所需资料', 'To be supplied'), w.t('来源', 'Source'), w.t('数据文件', 'Files')],
    [6, 30, 40, 12, 12, 10, 14, 14, 18, 10, 12, 40, 40, 40, 40],
    input.details.map(({ line, places, source, provenance }) => {
      const city = places.find(({ level }) => level === 'city');
      return [
        line.number, line.id, w.say(line.name), w.say(LEVEL_WORDS[line.level]), line.value, w.say(line.unit), city?.numerator ?? null, city?.denominator ?? null, line.threshold === null ? null : w.standard(line.threshold),
        line.grade === null ? null : w.say(GRADE_WORDS[line.grade]), w.quality(line.quality), line.missing === null ? null : w.say(line.missing.reason), line.missing === null ? null : w.say(line.missing.supply), source,
        w.list((provenance?.inputs ?? []).map(({ fileName }) => fileName)),
      ];
    }),
  );
  const values = sheet(
    w.t('各单元结果', 'Places'),
    [w.t('指标编号', 'Id'), w.t('指标', 'Indicator'), w.t('尺度', 'Level'), w.t('单元编号', 'Place id'), w.t('单元', 'Place'), w.t('上级单元', 'Within'), w.t('人口', 'Residents'), w.t('结果', 'Result'), w.t('单位', 'Unit'), w.t('分子', 'Numerator'), w.t('分母', 'Denominator'), w.t('样本数', 'n'), w.t('评级', 'Grade'), w.t('数据性质', 'Quality')],
    [30, 36, 12, 16, 20, 16, 12, 12, 10, 14, 14, 10, 10, 12],
    input.details.flatMap(({ line, places }) => places
      .filter(({ level, value }) => LEVELS.includes(level) && value !== null)
      .map((place): Value[] => [line.id, w.say(line.name), w.say(LEVEL_WORDS[place.level]), place.placeId, w.say(place.name), place.parentId, place.population, place.value, w.say(line.unit), place.numerator, place.denominator, place.n, place.grade === null ? null : w.say(GRADE_WORDS[place.grade]), w.quality(line.quality)])),
  );
  const sheets = [indicators, values, ...ledgerSheets(input.findings, input.language)];
  return new Uint8Array(await writeXlsxFile(sheets as Parameters<typeof writeXlsxFile>[0]).toBuffer());
}
