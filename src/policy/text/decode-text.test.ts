import iconv from 'iconv-lite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const SAMPLE = '示范市人民政府关于推进城市更新的通知\r\n各县（区）人民政府：\n　　到2030年，新增公园50处。\n';

describe('decodeText', () => {
  it.each([
    ['utf-8', 'utf-8', iconv.encode(SAMPLE, 'utf8')],
    ['UTF-8 with its mark', 'utf-8', iconv.encode(SAMPLE, 'utf8', { addBOM: true })],
    ['UTF-16LE with its mark', 'utf-16le', iconv.encode(SAMPLE, 'utf16le', { addBOM: true })],
    ['UTF-16BE with its mark', 'utf-16be', iconv.encode(SAMPLE, 'utf16be', { addBOM: true })],
    ['UTF-16LE without', 'utf-16le', iconv.encode(SAMPLE, 'utf16le', { addBOM: false })],
    ['UTF-16BE without', 'utf-16be', iconv.encode(SAMPLE, 'utf16be', { addBOM: false })],
    ['GB18030', 'gb18030', iconv.encode(SAMPLE, 'gb18030')],
  ])('reads %s as it was written', (_, encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: SAMPLE, encoding, defects: [] });
  });

  it('reads characters beyond the first plane in GB18030', () => {
    expect(decodeText(iconv.encode('𠮷野家的通知：龘。', 'gb18030')).text).toBe('𠮷野家的通知：龘。');
  });

  it('reads a file pasted together from two encodings, and says where it changes', () => {
    const { text, encoding, defects } = decodeText(Buffer.concat([iconv.encode('第一段是国标码写的文字。\n', 'gb18030'), iconv.encode('第二段是另一种编码写的文字。\n', 'utf8')]));
    expect(text).toBe('第一段是国标码写的文字。\n第二段是另一种编码写的文字。\n');
    expect(encoding).toBe('mixed');
    expect(defects.map(({ kind, span }) => [kind, text.slice(...span)])).toEqual([['encoding', '第二段是另一种编码写的文字。\n']]);
  });

  it('names what it could not read', () => {
    const { text, defects } = decodeText(Buffer.concat([iconv.encode('城市更新的工作通知', 'utf8'), Buffer.from([0xff, 0xfe, 0x80]), iconv.encode('继续推进各项任务。', 'utf8')]));
    expect(text).toContain('城市更新的工作通知');
    expect(text).toContain('继续推进各项任务。');
    expect(defects).not.toEqual([]);
    for (const { span } of defects) expect(text.slice(...span)).toMatch(/^\ufffd+$/);
  });

  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const { text, defects } = decodeText(bytes);
      for (const { span } of defects) expect(span[0] >= 0 && span[1] <= text.length && span[0] <= span[1]).toBe(true);
      expect(defects.length).toBeLessThanOrEqual(200);
      if (text.includes('\ufffd')) expect(defects.length).toBeGreaterThan(0);
    }));
  });

  it('reads text in UTF-8 and GB18030 back as it was', () => {
    const words = fc.array(fc.constantFrom('推进', '城市', '到2030年', '，', '。', '\n', '一、', '（一）', '“好房子”', 'A类', ' '), { minLength: 8, maxLength: 60 }).map((parts) => `人民城市${parts.join('')}`);
    fc.assert(fc.property(words, fc.constantFrom('utf8', 'gb18030'), (text, encoding) => {
      expect(decodeText(iconv.encode(text, encoding)).text).toBe(text);
    }));
  });

  it('reads Big5 where only Big5 makes Chinese of it', () => {
    const text = '關於推進城市更新的意見\n一、總體要求\n到2030年，完成改造任務。\n';
    expect(decodeText(iconv.encode(text, 'big5'))).toEqual({ text, encoding: 'big5', defects: [] });
    expect(decodeText(iconv.encode('城市更新', 'gbk')).encoding).toBe('gb18030');
  });
});
