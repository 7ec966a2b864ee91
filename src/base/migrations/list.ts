import { sql as city } from './0001-city.ts';
import { sql as overviewIndex } from './0002-overview-index.ts';
import { sql as nameLetters } from './0003-name-letters.ts';
import { sql as checkup } from './0004-checkup.ts';
import { sql as ledger } from './0005-ledger.ts';
import { sql as delivery } from './0006-delivery.ts';
import { sql as ledgerImport } from './0007-ledger-import.ts';
import { sql as findingSurvey } from './0008-finding-survey.ts';
import { sql as reportedYears } from './0009-reported-years.ts';
import { sql as lightSetting } from './0010-light-setting.ts';
import { sql as evidence } from './0011-evidence.ts';

export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/** In the order they run. A migration that was released never changes; a change is a new one at the end. */
export const MIGRATIONS: readonly Migration[] = [
  { id: '0001-city', sql: city },
  { id: '0002-overview-index', sql: overviewIndex },
  { id: '0003-name-letters', sql: nameLetters },
  { id: '0004-checkup', sql: checkup },
  { id: '0005-ledger', sql: ledger },
  { id: '0006-delivery', sql: delivery },
  { id: '0007-ledger-import', sql: ledgerImport },
  { id: '0008-finding-survey', sql: findingSurvey },
  { id: '0009-reported-years', sql: reportedYears },
  { id: '0010-light-setting', sql: lightSetting },
  { id: '0011-evidence', sql: evidence },
];
