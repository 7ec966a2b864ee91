import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { ImportOptions } from './model.ts';
import { CORE_LAYERS, PLACE_LEVELS, TABLE_CONTRACTS } from './model.ts';

function unknown(option: string, what: Bilingual, value: string, known: readonly string[]): ChengmaiError {
  return new ChengmaiError('input', `import/unknown-${option}`, {
    zh: `没有${what.zh}“${value}”，可用：${known.join('、')}。`,
    en: `There is no ${what.en} “${value}”; there are: ${known.join(', ')}.`,
  }, { field: option, value });
}

/**
 * Checks the options that are names out of a list; what the file itself decides (columns, members, systems) is checked when it is read.
 *
 * @throws ChengmaiError input `import/unknown-contract`, `import/unknown-layer`, `import/unknown-level`
 */
export function checkImportOptions({ contract, layer, level }: ImportOptions): void {
  if (contract !== undefined && !(TABLE_CONTRACTS as readonly string[]).includes(contract)) throw unknown('contract', { zh: '数据约定', en: 'table contract' }, contract, TABLE_CONTRACTS);
  if (level !== undefined && !(PLACE_LEVELS as readonly string[]).includes(level)) throw unknown('level', { zh: '空间层级', en: 'level of places' }, level, PLACE_LEVELS);
  if (layer === undefined || /^custom:.{1,80}$/.test(layer) || (CORE_LAYERS as readonly string[]).includes(layer)) return;
  throw unknown('layer', { zh: '图层', en: 'layer' }, layer, [...CORE_LAYERS, 'custom:…']);
}
