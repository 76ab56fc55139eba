/** look.md: ink on paper, one accent; for a desk, a phone and A4. */
import type { Locale } from '../../domain/meeting/state.js';
import { cssText } from '../printed.js';
import type { ReviewDocument } from './document.js';

/** Without quotes, for they stand in attributes of the charts as well. */
export const fontStack: Record<Locale, string> = {
  'zh-TW': 'Noto Sans TC,Noto Sans CJK TC,PingFang TC,Microsoft JhengHei,sans-serif',
  'zh-CN': 'Noto Sans SC,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif',
  en: 'Noto Sans,Segoe UI,Helvetica Neue,Arial,Noto Sans CJK TC,sans-serif',
};

/** `Page 1 of 9` with CSS counters where the numbers stand. */
function pageText(page: ReviewDocument['page']): string {
  const [before = '', between = '', after = ''] = page(1, 2).split(/[12]/);
  return `"${cssText(before)}" counter(page) "${cssText(between)}" counter(pages) "${cssText(after)}"`;
}

export function styleOf({ locale, title, period, page }: ReviewDocument): string {
  const font = fontStack[locale];
  const small = `font:8.5pt ${font};color:#57606a`;
  return `
@page{size:A4;margin:20mm 15mm 18mm;@top-left{content:"${cssText(title)}";${small}}@top-right{content:"${cssText(period)}";${small}}@bottom-right{content:${pageText(page)};${small}}}
*{box-sizing:border-box}
:root{color-scheme:light}
body{margin:0;background:#fff;color:#1b1f24;font-family:system-ui,${font};font-size:16px;line-height:${locale === 'en' ? 1.5 : 1.6}}
main{max-width:62rem;margin:0 auto;padding:32px 24px 64px}
h1{font-size:28px;line-height:1.3;margin:0;font-weight:600}
h2{font-size:20px;line-height:1.4;margin:44px 0 12px;padding-bottom:6px;border-bottom:2px solid #1b1f24;font-weight:600;break-after:avoid}
h3{font-size:16px;margin:24px 0 8px;font-weight:600;break-after:avoid}
p{margin:0 0 8px;max-width:46rem;overflow-wrap:anywhere}
.sub{color:#57606a;margin:4px 0 0}.files{margin:12px 0 0}.files a{display:inline-block;padding:4px 0;margin-right:12px}.lead{font-weight:600}
.note{color:#57606a;font-size:14px}
a{color:#0b57a4;text-underline-offset:3px;text-decoration-thickness:1px}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid #0b57a4;outline-offset:2px}
nav{margin:20px 0 0;font-size:14px}nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:0;padding:0}nav a{display:inline-block;padding:4px 0}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:12px;margin:20px 0 0;padding:0;list-style:none}
.tiles li{border:1px solid #d5dae0;border-radius:6px;padding:12px 16px;break-inside:avoid}
.tiles .label{display:block;color:#57606a;font-size:14px}
.tiles .value{font-size:30px;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums}
.tiles .whole{color:#57606a;font-size:14px;margin-left:8px}
.tiles .change{display:block;font-size:14px}
.better{color:#14532d}.worse{color:#7a4a00;font-weight:600}.plain{color:#57606a}
.scroll{overflow-x:auto;margin:8px 0 12px}
table{border-collapse:collapse;width:100%;font-size:15px;line-height:1.45;font-variant-numeric:tabular-nums}
thead{display:table-header-group}tr{break-inside:avoid}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid #d5dae0;overflow-wrap:anywhere}
th:last-child,td:last-child{padding-right:0}
thead th{color:#57606a;font-weight:400;font-size:14px;vertical-align:bottom;border-bottom:1px solid #57606a}
thead th{overflow-wrap:break-word}tbody th{font-weight:400}
.end{text-align:right}td.end,.keep{white-space:nowrap}
td small,th small{display:block;font-size:13px;line-height:1.4;color:#57606a;white-space:normal}
td small.better{color:#14532d}td small.worse{color:#7a4a00;font-weight:600}
td small[class]{white-space:nowrap}.dense table{font-size:14px}.dense th,.dense td{padding-right:10px}
figure{margin:12px 0;break-inside:avoid}figure svg{display:block;width:100%;height:auto}
.wide{max-width:720px}.pair .wide{max-width:440px}.narrow{display:none;max-width:340px}
.pair{display:grid;grid-template-columns:minmax(0,440px) minmax(0,1fr);gap:32px;align-items:start}
.items{list-style:none;margin:0;padding:0}.items>li{padding:14px 0;border-bottom:1px solid #d5dae0;break-inside:avoid}
.items .mark{color:#57606a;font-size:14px;margin-right:8px}.items p{margin:4px 0 0}.items .change{font-weight:600}
.items ul{display:inline;margin:0;padding:0}.items ul li{display:inline-block;margin-right:12px}
.act{display:inline-block;margin-top:8px;padding:8px 16px;border:1px solid #0b57a4;border-radius:6px;font-weight:600;text-decoration:none}
dl{margin:0;display:grid;grid-template-columns:13rem 1fr;gap:8px 16px;font-size:15px}dt{font-weight:600}dd{margin:0;max-width:46rem}
@media(max-width:48rem){main{padding:20px 16px 48px}h1{font-size:24px}.tiles{grid-template-columns:repeat(2,1fr);gap:8px}.tiles li{padding:10px 12px}.tiles .whole{display:block;margin:0}.tiles .value{font-size:26px}
.pair{display:block}.dense table{min-width:40rem}th,td{padding-right:8px}td small{font-size:12px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:12px}}
@media(max-width:40rem){.wide{display:none}.narrow{display:block}}
@media print{body{font-size:10pt}main{max-width:none;padding:0}nav,.act,.files{display:none}h1{font-size:20pt}h2{font-size:13pt;margin:22pt 0 6pt}h3{font-size:10.5pt}
.tiles{grid-template-columns:repeat(3,1fr)}.tiles .value{font-size:18pt}.tiles .label,.tiles .whole,.tiles .change,.note{font-size:9pt}
table,.dense table,dl{font-size:9pt;min-width:0}thead th{font-size:8.5pt}th,td{padding:3pt 8pt 3pt 0}td small,th small{font-size:8pt}
.wide{display:block}.narrow{display:none}.pair{display:grid;grid-template-columns:3fr 2fr;gap:16pt}.scroll{overflow:visible}dl{grid-template-columns:10rem 1fr}
a{color:inherit;text-decoration:none}}
`.trim();
}
