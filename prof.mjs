import { Document, Paragraph, TextRun, Packer } from 'docx';
import { layoutDocument } from 'docx/layout';
import { readFileSync } from 'node:fs';
const text = readFileSync('/tmp/w4/rep/all.txt', 'utf8');
const chars = [...new Set(text)].filter((c) => c > ' ');
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: process.argv[2] ?? 'Microsoft YaHei', cs: 'Calibri' };
const bad = [];
for (const c of chars) {
  const d = new Document({ styles: { default: { document: { run: { font: FONT, size: 21, language: { value: 'zh-CN', eastAsia: 'zh-CN' } } } } }, sections: [{ children: [new Paragraph({ children: [new TextRun('中' + c)] })] }] });
  const l = layoutDocument(d);
  if (l.stoppedAt) bad.push(`${c} U+${c.codePointAt(0).toString(16)} ${l.stoppedAt.slice(0, 40)}`);
}
console.log(chars.length, bad);
