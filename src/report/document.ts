/** A report as blocks, in one language: what the writers of HTML and Word are given. */
import type { Language } from '../core/bilingual.ts';
import type { Scene } from './draw/scene.ts';

/** A piece of text; a `colour` is its background (`#rrggbb`), for grades. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly faint?: boolean;
  readonly colour?: string;
}
export type Text = string | readonly Run[];

export interface TableColumn {
  readonly header: string;
  /** Share of the width; shares are relative to one another. */
  readonly width: number;
  readonly align?: 'start' | 'end' | 'centre';
}

export type Block =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; /** In Word. */ readonly newPage?: boolean }
  | { readonly type: 'paragraph'; readonly text: Text }
  | { readonly type: 'list'; readonly items: readonly Text[] }
  | { readonly type: 'table'; /** Empty: none, and the table is not numbered. */ readonly caption: string; readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly Text[])[]; /** In place of rows where there are none. */ readonly empty: string }
  | { readonly type: 'figure'; readonly caption: string; readonly scene: Scene; /** Colours and what they mean. */ readonly legend?: readonly { readonly colour: string; readonly text: string }[] }
  | { readonly type: 'page-break' };

export interface ReportDocument {
  readonly language: Language;
  /** `report` (unless said): title page and contents. `page`: neither, closer set; the subtitle is a masthead above the title. Its measures: page-frame.ts. */
  readonly frame?: 'report' | 'page';
  readonly title: string;
  readonly subtitle: string;
  /** Lines of the title page: city, year, who made it, when. */
  readonly facts: readonly string[];
  readonly blocks: readonly Block[];
}

/** The words of a report's frame. */
export const FRAME_WORDS = {
  contents: { zh: '目录', en: 'Contents' },
  table: { zh: '表', en: 'Table' },
  figure: { zh: '图', en: 'Figure' },
} as const;
