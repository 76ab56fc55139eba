/** M4: the minutes as a page of its own, for reading and for printing on A4 (look.md, Print). */
import type { Locale } from '../../domain/meeting/state.js';
import type { Block, Fact, Item, Section } from '../document.js';
import { marked } from '../document.js';
import type { MinutesDocument } from '../minutes.js';
import { cssText, printedPage, styleHash } from '../printed.js';

const fonts: Record<Locale, string> = {
  'zh-TW': `'Noto Sans TC','Noto Sans CJK TC','PingFang TC','Microsoft JhengHei'`,
  'zh-CN': `'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei'`,
  en: `'Noto Sans','Segoe UI','Helvetica Neue',Arial,'Noto Sans CJK TC'`,
};

function styleOf({ locale, meeting, version }: MinutesDocument): string {
  return `
@page{size:A4;margin:22mm 18mm 20mm;@top-left{content:"${cssText(meeting)}";font:9pt sans-serif;color:#57606a}
@top-right{content:"${cssText(version)}";font:9pt sans-serif;color:#57606a}
@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#57606a}}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1b1f24;font-family:system-ui,${fonts[locale]},sans-serif;font-size:16px;line-height:${locale === 'en' ? 1.5 : 1.6}}
main{max-width:46rem;margin:0 auto;padding:32px 24px 48px}
h1{font-size:24px;line-height:1.35;margin:0 0 16px;font-weight:600;overflow-wrap:anywhere}
h2{font-size:18px;line-height:1.4;margin:28px 0 8px;padding-bottom:4px;border-bottom:1px solid #d5dae0;font-weight:600;break-after:avoid}
p{margin:0 0 8px;white-space:pre-line;overflow-wrap:anywhere}
.draft{border-left:4px solid #b87500;background:#fff3dc;color:#5f3f00;padding:8px 12px;font-weight:600}
dl{display:grid;grid-template-columns:7.5rem 1fr;gap:4px 16px;margin:0}
dt{color:#57606a}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
ol,ul{list-style:none;margin:0;padding:0}
li{padding:8px 0;border-bottom:1px solid #eceff2;break-inside:avoid}li:last-child{border-bottom:0}
li>div:first-child{display:flex;justify-content:space-between;gap:16px}
b{font-weight:600;overflow-wrap:anywhere;white-space:pre-line}
.aside,.note{color:#57606a;font-size:14px}.aside{white-space:nowrap}
.body,.note{white-space:pre-line;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:8px 0;font-size:14px;font-variant-numeric:tabular-nums}
thead{display:table-header-group}tr{break-inside:avoid}
th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #d5dae0;overflow-wrap:anywhere}
th{color:#57606a;font-weight:400}.end{text-align:right}
ins{background:#e3f3e6;color:#14532d}del{background:#fdecea;color:#8a1c12}
@media print{body{font-size:10.5pt}main{max-width:none;padding:0}h1{font-size:17pt}h2{font-size:12.5pt}.aside,.note,table{font-size:9.5pt}
p,.body,.note{orphans:2;widows:2}}
@media(max-width:30rem){dl{grid-template-columns:1fr}dt{font-size:14px;margin-top:4px}}
`.trim();
}

/** For `style-src`: this document's style and no other. */
export const pageStyleHash = (document: MinutesDocument): string => styleHash(styleOf(document));

export function minutesPage(document: MinutesDocument): string {
  const { locale, title } = document;
  const children = (
    <>
      {document.draft ? (
        <p class="draft" safe>
          {document.status}
        </p>
      ) : (
        ''
      )}
      <h1 safe>{document.title}</h1>
      <Facts facts={document.facts} />
      {document.sections.map((s) => (
        <SectionOf section={s} />
      ))}
    </>
  );
  return printedPage({ locale, title, safeStyle: styleOf(document), children });
}

function Facts({ facts }: { facts: Fact[] }): JSX.Element {
  return (
    <dl>
      {facts.map((f) => (
        <>
          <dt safe>{f.label}</dt>
          <dd safe>{f.lines.join('\n')}</dd>
        </>
      ))}
    </dl>
  );
}

function SectionOf({ section }: { section: Section }): JSX.Element {
  return (
    <section>
      <h2 safe>{section.heading}</h2>
      {section.blocks.map((b) => (
        <BlockOf block={b} />
      ))}
    </section>
  );
}

function BlockOf({ block }: { block: Block }): JSX.Element {
  switch (block.type) {
    case 'text':
      return <p safe>{block.text}</p>;
    case 'note':
      return (
        <p class="note" safe>
          {block.text}
        </p>
      );
    case 'facts':
      return <Facts facts={block.facts} />;
    case 'difference':
      return <p safe>{block.spans.map(marked).join('')}</p>;
    case 'items':
      return (
        <ul>
          {block.items.map((i) => (
            <ItemOf item={i} />
          ))}
        </ul>
      );
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.columns.map((c) => (
                <th scope="col" class={c.end ? 'end' : undefined} safe>
                  {c.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr>
                {row.map((cell, i) => (
                  <td class={block.columns[i]?.end ? 'end' : undefined} safe>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function ItemOf({ item }: { item: Item }): JSX.Element {
  return (
    <li>
      <div>
        <b safe>{item.mark === undefined ? item.title : `${item.mark} ${item.title}`}</b>
        {item.aside === undefined ? (
          ''
        ) : (
          <span class="aside" safe>
            {item.aside}
          </span>
        )}
      </div>
      {item.body === undefined ? (
        ''
      ) : (
        <div class="body" safe>
          {item.body}
        </div>
      )}
      {(item.notes ?? []).map((note) => (
        <div class="note" safe>
          {note}
        </div>
      ))}
    </li>
  );
}
