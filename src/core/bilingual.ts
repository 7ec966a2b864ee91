/** Text in the two languages of the product. Chinese first, English complete: neither may be left out. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Bilingual;

