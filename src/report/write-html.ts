/** A report as one HTML page that needs nothing else: styles and pictures are within, it prints on A4, headings make the contents. */
import type { Block, ReportDocument, Text } from './document.ts';
import { FRAME_WORDS } from './document.ts';
import { toSvg } from './draw/to-svg.ts';
import { CELL, PAGE_BOX, PAGE_INDENT, PAGE_LINES } from './page-frame.ts';

const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);
const breaks = (text: string): string => escape(text).replaceAll('\n', '<br>');

const STYLE = `
:root{color-scheme:light;--ink:#1d2733;--faint:#5b6775;--line:#d5dce4;--head:#eef2f6}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1000px;padding:24px;color:var(--ink);background:#fff;font:15px/1.7 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif}
header{padding:48px 0 32px;border-bottom:3px solid var(--ink);margin-bottom:32px}
h1.title{font-size:32px;margin:0 0 8px;line-height:1.3}header p{margin:2px 0;color:var(--faint)}
h1{font-size:24px;margin:40px 0 12px}h2{font-size:19px;margin:28px 0 8px}h3{font-size:16px;margin:20px 0 6px}
nav{background:var(--head);padding:16px 24px;border-radius:6px}nav ol{margin:0;padding:0;list-style:none}nav li.l2{padding-left:1.5em}nav a{color:inherit;text-decoration:none}nav a:hover{text-decoration:underline}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.5}
th,td{border:1px solid var(--line);padding:5px 8px;text-align:start;vertical-align:top;overflow-wrap:anywhere}th{background:var(--head)}
td.end{text-align:end;font-variant-numeric:tabular-nums}td.centre{text-align:center}
figure{margin:16px 0;break-inside:avoid}figure svg{max-width:100%;height:auto;border:1px solid var(--line)}
figcaption,caption{color:var(--faint);font-size:13px;padding:6px 0;text-align:start}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;margin-top:6px}.legend i{display:inline-block;width:14px;height:14px;border:1px solid var(--line);vertical-align:-2px;margin-inline-end:6px}
.mark{padding:1px 8px;border-radius:3px;white-space:nowrap;color:#1d2733}.faint{color:var(--faint)}
@media print{@page{size:A4;margin:18mm 16mm}body{padding:0;font-size:11pt}h1{break-before:page}tr{break-inside:avoid}thead{display:table-header-group}nav{break-after:page}.scroll{overflow:visible}}
`;

/** Over STYLE for the frame `page`: the measures that Word is given, on the screen as a sheet. */
function pageStyle(): string {
  const set = (name: keyof typeof PAGE_LINES): string => {
    const { size, line, before, after } = PAGE_LINES[name];
    return `font-size:${size}pt;line-height:${line}pt;margin:${before}pt 0 ${after}pt;padding:0`;
  };
  const { top, bottom, side, width } = PAGE_BOX;
  return `
body.page{max-width:${width + 2 * side}pt;padding:${top}pt ${side}pt ${bottom}pt;font-size:10.5pt;overflow-wrap:anywhere}
.page header{padding:0;margin:0;border:0}
.page .masthead{${set('masthead')};font-weight:700;color:#b3261e}.page .facts{${set('facts')};border-bottom:1.5pt solid #b3261e}
.page h1.title{${set('title')};text-align:center}
.page h1{${set('heading1')}}.page h2{${set('heading2')}}.page h3{${set('heading3')}}
.page p{${set('body')}}.page ul{margin:0;padding-inline-start:${PAGE_INDENT}pt}.page li{${set('item')}}
.page table{font-size:${PAGE_LINES.small.size}pt;line-height:${PAGE_LINES.small.line}pt;margin-bottom:${PAGE_LINES.gap.line}pt}.page caption{${set('small')}}
.page th,.page td{padding:${CELL.top}pt ${CELL.side}pt;border-width:${CELL.border}pt}.page th{overflow-wrap:break-word}.page .mark{padding:0 3pt}
@media print{@page{size:A4;margin:${top}pt ${side}pt ${bottom}pt}body.page{max-width:none;padding:0;font-size:10.5pt}.page h1{break-before:auto}.page h1,.page h2,.page h3,.page caption,.page thead{break-after:avoid}.page tbody tr:first-child{break-before:avoid}.page .mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
}

function inline(text: Text): string {
  if (typeof text === 'string') return breaks(text);
  return text
    .map(({ text: words, bold, faint, colour }) => {
      let html = breaks(words);
      if (bold === true) html = `<b>${html}</b>`;
      if (faint === true) html = `<span class="faint">${html}</span>`;
      if (colour !== undefined) html = `<span class="mark" style="background:${colour}">${html}</span>`;
      return html;
    })
    .join('');
}

class Page {
  readonly #words: (key: keyof typeof FRAME_WORDS) => string;
  #tables = 0;
  #figures = 0;
  #headings = 0;

  constructor({ language }: ReportDocument) {
    this.#words = (key) => FRAME_WORDS[key][language];
  }

  block(block: Block): string {
    switch (block.type) {
      case 'heading':
        return `<h${block.level} id="h${this.#headings++}">${escape(block.text)}</h${block.level}>`;
      case 'paragraph':
        return `<p>${inline(block.text)}</p>`;
      case 'list':
        return `<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
      case 'page-break':
        return '';
      case 'figure': {
        const legend = block.legend === undefined ? '' : `<div class="legend">${block.legend.map(({ colour, text }) => `<span><i style="background:${colour}"></i>${escape(text)}</span>`).join('')}</div>`;
        return `<figure>${toSvg(block.scene)}${legend}<figcaption>${this.#words('figure')} ${++this.#figures} ${escape(block.caption)}</figcaption></figure>`;
      }
      case 'table': {
        const total = block.columns.reduce((sum, { width }) => sum + width, 0);
        const columns = block.columns.map(({ width }) => `<col style="width:${((100 * width) / total).toFixed(1)}%">`).join('');
        const head = block.columns.map(({ header }) => `<th scope="col">${escape(header)}</th>`).join('');
        const rows = block.rows.map((row) => `<tr>${row.map((cell, i) => `<td${block.columns[i].align === undefined || block.columns[i].align === 'start' ? '' : ` class="${block.columns[i].align}"`}>${inline(cell)}</td>`).join('')}</tr>`).join('');
        const body = block.rows.length === 0 ? `<tr><td colspan="${block.columns.length}" class="centre faint">${escape(block.empty)}</td></tr>` : rows;
        return `<div class="scroll"><table>${block.caption === '' ? '' : `<caption>${this.#words('table')} ${++this.#tables} ${escape(block.caption)}</caption>`}<colgroup>${columns}</colgroup><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
      }
    }
  }
}

export function writeHtml(report: ReportDocument): string {
  const page = new Page(report);
  let heading = 0;
  const contents = report.blocks
    .flatMap((block) => (block.type === 'heading' ? [{ ...block, id: heading++ }] : []))
    .filter(({ level }) => level <= 2)
    .map(({ id, level, text }) => `<li class="l${level}"><a href="#h${id}">${escape(text)}</a></li>`);
  const body = report.blocks.map((block) => page.block(block)).join('\n');
  const isPage = report.frame === 'page';
  const head = isPage
    ? `<header><p class="masthead">${escape(report.subtitle)}</p><p class="facts">${escape(report.facts.join('\u3000'))}</p><h1 class="title">${escape(report.title)}</h1></header>`
    : `<header><h1 class="title">${escape(report.title)}</h1><p>${escape(report.subtitle)}</p>${report.facts.map((fact) => `<p>${escape(fact)}</p>`).join('')}</header>
<nav aria-label="${FRAME_WORDS.contents[report.language]}"><ol>${contents.join('')}</ol></nav>`;
  return `<!doctype html>
<html lang="${report.language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(report.title)}</title><style>${STYLE}${isPage ? pageStyle() : ''}</style></head>
<body${isPage ? ' class="page"' : ''}>
${head}
<main>
${body}
</main>
</body>
</html>
`;
}
