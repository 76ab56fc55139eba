/**
 * Facts, lists and sections as HTML. Every text that somebody typed stands in an element with `safe` or in an attribute,
 * both of which escape.
 */
import type { Block, Fact, Item, Section } from '../document.js';
import { marked } from '../document.js';
import { colour } from './style.js';

export const ink = `color:${colour.ink}`;
const muted = `color:${colour.muted};font-size:14px`;
export const anchor = `color:${colour.accent};text-decoration:underline;word-break:break-word`;
export const lines = 'white-space:pre-line;word-break:break-word;overflow-wrap:anywhere';

/** Our components never wait for anything, so their result is text; a promise here is a programming error. */
export function html(element: JSX.Element): string {
  if (typeof element !== 'string') throw new TypeError('a mail component returned a promise');
  return element;
}

function FactLine({ line, href }: { line: string; href: string | undefined }): JSX.Element {
  if (href === undefined)
    return (
      <div style={lines} safe>
        {line}
      </div>
    );
  return (
    <a class="link" href={href} style={anchor} safe>
      {line}
    </a>
  );
}

export function Facts({ facts }: { facts: Fact[] }): JSX.Element {
  const label = `padding:4px 12px 4px 0;width:92px;vertical-align:top;${muted};line-height:1.7`;
  const rows = facts.map((f) => (
    <tr>
      <th scope="row" class="muted" style={`${label};font-weight:400;text-align:left`} safe>
        {f.label}
      </th>
      <td class="ink" style={`padding:4px 0;vertical-align:top;${ink}`}>
        {f.lines.map((line) => (
          <FactLine line={line} href={f.href} />
        ))}
      </td>
    </tr>
  ));
  return (
    <table cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse;margin:0 0 8px">
      {rows}
    </table>
  );
}

function ItemNotes({ item }: { item: Item }): JSX.Element {
  return (
    <>
      {item.body ? (
        <div class="ink" style={`${ink};${lines}`} safe>
          {item.body}
        </div>
      ) : null}
      {(item.notes ?? []).map((text) => (
        <div class="muted" style={`${muted};${lines}`} safe>
          {text}
        </div>
      ))}
      {item.link ? (
        <div style="padding-top:4px">
          <a class="link" href={item.link.url} style={anchor} safe>
            {item.link.label}
          </a>
        </div>
      ) : null}
    </>
  );
}

/** Two columns at most, so that it fits a phone: what, and something short; what belongs to it takes the full width below. */
function ItemRows({ item, last }: { item: Item; last: boolean }): JSX.Element {
  const title = item.mark === undefined ? item.title : `${item.mark} ${item.title}`;
  const end = `padding:0 0 8px;${last ? '' : `border-bottom:1px solid ${colour.line}`}`;
  return (
    <>
      <tr>
        <td
          class="ink"
          style={`padding:8px 0 0;vertical-align:top;word-break:break-word;overflow-wrap:anywhere;${ink}`}
          safe
        >
          {title}
        </td>
        <td
          class="muted"
          align="right"
          style={`padding:8px 0 0 12px;vertical-align:top;white-space:nowrap;${muted}`}
          safe
        >
          {item.aside ?? ''}
        </td>
      </tr>
      <tr>
        <td class="line" colspan="2" style={end}>
          <ItemNotes item={item} />
        </td>
      </tr>
    </>
  );
}

function Items({ list }: { list: Item[] }): JSX.Element {
  return (
    <table cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse">
      {list.map((item, i) => (
        <ItemRows item={item} last={i === list.length - 1} />
      ))}
    </table>
  );
}

function BlockHtml({ block }: { block: Block }): JSX.Element {
  switch (block.type) {
    case 'text':
      return (
        <p class="ink" style={`margin:0 0 8px;${ink};${lines}`} safe>
          {block.text}
        </p>
      );
    case 'note':
      return (
        <p class="muted" style={`margin:0 0 8px;${muted};${lines}`} safe>
          {block.text}
        </p>
      );
    case 'items':
      return <Items list={block.items} />;
    case 'facts':
      return <Facts facts={block.facts} />;
    case 'difference':
      return <Difference spans={block.spans} />;
    case 'table':
      return <Table columns={block.columns} rows={block.rows} links={block.links} />;
  }
}

/** Colour and line and sign (look.md: never colour alone). */
function Difference({ spans }: { spans: Extract<Block, { type: 'difference' }>['spans'] }): JSX.Element {
  return (
    <p class="ink" style={`margin:0 0 8px;${ink};${lines}`}>
      {spans.map((s) =>
        s.kind === 'added' ? (
          <ins class="ontime" style="background:#e3f3e6;color:#14532d;text-decoration:underline" safe>
            {marked(s)}
          </ins>
        ) : s.kind === 'removed' ? (
          <del class="urgent" style="background:#fdecea;color:#8a1c12;text-decoration:line-through" safe>
            {marked(s)}
          </del>
        ) : (
          <span safe>{s.text}</span>
        ),
      )}
    </p>
  );
}

function Table({ columns, rows, links }: Omit<Extract<Block, { type: 'table' }>, 'type'>): JSX.Element {
  const url = (row: number, column: number): string | undefined =>
    links?.column === column ? links.urls[row] : undefined;
  const cell = (i: number): string =>
    `padding:4px ${i === columns.length - 1 ? 0 : 12}px 4px 0;vertical-align:top;border-bottom:1px solid ${colour.line};text-align:${columns[i]?.end ? 'right' : 'left'};font-size:14px;${lines}`;
  return (
    <table class="line" cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse;margin:0 0 8px">
      <tr>
        {columns.map((c, i) => (
          <th scope="col" class="muted line" style={`${cell(i)};color:${colour.muted};font-weight:400`} safe>
            {c.label}
          </th>
        ))}
      </tr>
      {rows.map((row, n) => (
        <tr>
          {row.map((text, i) =>
            url(n, i) === undefined ? (
              <td class="ink line" style={`${cell(i)};${ink}`} safe>
                {text}
              </td>
            ) : (
              <td class="ink line" style={`${cell(i)};${ink}`}>
                <a class="link" href={url(n, i)} style={anchor} safe>
                  {text}
                </a>
              </td>
            ),
          )}
        </tr>
      ))}
    </table>
  );
}

export function Sections({ sections }: { sections: Section[] }): JSX.Element {
  return (
    <>
      {sections.map((section) => (
        <>
          <h2 class="ink" style={`margin:24px 0 8px;font-size:18px;line-height:1.4;font-weight:600;${ink}`} safe>
            {section.heading}
          </h2>
          {section.blocks.map((block) => (
            <BlockHtml block={block} />
          ))}
        </>
      ))}
    </>
  );
}

/** Sections alone, for a page that has a frame of its own (the minutes). */
export function sectionsHtml(sections: Section[]): string {
  return html(<Sections sections={sections} />);
}
