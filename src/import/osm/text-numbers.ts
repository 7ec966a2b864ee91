/** Texts of many blocks, each once, by number; 0 is the empty text. */
import type { BlockStrings } from './block-strings.ts';

/** Numbers of one block's strings, looked up once each. */
export interface BlockNumbers {
  /** 0 for keys that are left out. */
  key(string: number): number;
  value(string: number): number;
}

export class TextNumbers {
  readonly #texts: string[] = [''];
  readonly #numbers = new Map<string, number>([['', 0]]);

  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.#texts.push(text) - 1));
    return number;
  }

  ofBlock(strings: BlockStrings, count: number, keysLeftOut: RegExp): BlockNumbers {
    const keys = new Int32Array(count).fill(-1);
    const values = new Int32Array(count).fill(-1);
    return {
      key: (string) => {
        if (keys[string] >= 0) return keys[string];
        const text = strings.get(string);
        return (keys[string] = keysLeftOut.test(text) ? 0 : this.number(text));
      },
      value: (string) => (values[string] >= 0 ? values[string] : (values[string] = this.number(strings.get(string)))),
    };
  }

  /** The texts by number, as they are now. */
  lookUp(): (number: number) => string {
    const texts = this.#texts;
    return (number) => texts[number] ?? '';
  }
}
