/**
 * The HTML of a mail: 600 px, one column, no picture, the one button first. Every text that somebody typed stands in an
 * element with `safe` or in an attribute, both of which escape.
 */
import type { Locale } from '../../domain/meeting/state.js';
import type { Block, Fact, Item, Link, MailDocument, Section } from '../document.js';
import { bodyFont, colour, darkScheme, tones } from './style.js';

const ink = `color:${colour.ink}`;
const muted = `color:${colour.muted};font-size:14px`;
const anchor = `color:${colour.accent};text-decoration:underline;word-break:break-word`;
const lines = 'white-space:pre-line;word-break:break-word;overflow-wrap:anywhere';

/** Our components never wait for anything, so their result is text; a promise here is a programming error. */
function html(element: JSX.Element): string {
  if (typeof element !== 'string') throw new TypeError('a mail component returned a promise');
  return element;
}

function Banner({ banner }: { banner: NonNullable<MailDocument['banner']> }): JSX.Element {
  const tone = tones[banner.tone];
  const style = `background:${tone.back};color:${tone.ink};border-left:4px solid ${tone.bar};padding:8px 12px;margin:0 0 16px;font-weight:600`;
  return (
    <div class={banner.tone} style={style} safe>
      {banner.text}
    </div>
  );
}

/** A table, because some mail programs give links no padding. */
function Button({ link, main }: { link: Link; main: boolean }): JSX.Element {
  const [back, front] = main ? [colour.accent, '#ffffff'] : [colour.paper, colour.accent];
  const cell = `background:${back};border:1px solid ${colour.accent};border-radius:6px;text-align:center`;
  const style = `display:inline-block;padding:10px 20px;color:${front};font-weight:600;text-decoration:none`;
  return (
    <table role="presentation" cellpadding="0" cellspacing="0" style="display:inline-table;margin:0 8px 8px 0">
      <tr>
        <td class={main ? 'main' : 'side'} style={cell}>
          <a href={link.url} style={style} safe>
            {link.label}
          </a>
        </td>
      </tr>
    </table>
  );
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

function Facts({ facts }: { facts: Fact[] }): JSX.Element {
  const label = `padding:4px 12px 4px 0;width:92px;vertical-align:top;${muted};line-height:1.7`;
  const rows = facts.map((f) => (
    <tr>
      <th scope="row" class="muted" style={`${label};font-weight:400;text-align:left`} safe>
        {f.label}
      </th>
      <td class="ink" style={`padding:4px 0;vertical-align:top;${ink}`}>
        {f.lines.map((line) => html(<FactLine line={line} href={f.href} />))}
      </td>
    </tr>
  ));
  return (
    <table cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse;margin:0 0 8px">
      {rows as string[]}
    </table>
  );
}

function ItemNotes({ item }: { item: Item }): JSX.Element {
  const notes = (item.notes ?? []).map((text) => (
    <div class="muted" style={`${muted};${lines}`} safe>
      {text}
    </div>
  ));
  const link = item.link && (
    <div style="padding-top:4px">
      <a class="link" href={item.link.url} style={anchor} safe>
        {item.link.label}
      </a>
    </div>
  );
  const body = item.body === undefined ? '' : item.body;
  return (
    <>
      {body === '' ? (
        ''
      ) : (
        <div class="ink" style={`${ink};${lines}`} safe>
          {body}
        </div>
      )}
      {notes as string[]}
      {(link ?? '') as string}
    </>
  );
}

/** Two columns at most, so that it fits a phone: what, and something short; what belongs to it takes the full width below. */
function ItemRows({ item, last }: { item: Item; last: boolean }): JSX.Element {
  const title = item.mark === undefined ? item.title : `${item.mark} ${item.title}`;
  const more = html(<ItemNotes item={item} />);
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
          {more}
        </td>
      </tr>
    </>
  );
}

function Items({ list }: { list: Item[] }): JSX.Element {
  const rows = list.map((item, i) => html(<ItemRows item={item} last={i === list.length - 1} />));
  return (
    <table cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse">
      {rows}
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
  }
}

/** Sections alone, for a page that has a frame of its own (the minutes). */
export function sectionsHtml(sections: Section[]): string {
  return sections
    .map((section) =>
      html(
        <>
          <h2 class="ink" style={`margin:24px 0 8px;font-size:18px;line-height:1.4;font-weight:600;${ink}`} safe>
            {section.heading}
          </h2>
          {section.blocks.map((block) => html(<BlockHtml block={block} />))}
        </>,
      ),
    )
    .join('');
}

function Body({ mail }: { mail: MailDocument }): JSX.Element {
  const paragraphs = mail.wanted.map((sentence, i) => (
    <p class="ink" style={`margin:0 0 ${i === 0 ? 12 : 8}px;${ink};${lines}${i === 0 ? ';font-weight:600' : ''}`} safe>
      {sentence}
    </p>
  ));
  const buttons = mail.buttons.map((link, i) => html(<Button link={link} main={i === 0} />));
  return (
    <>
      {mail.banner ? html(<Banner banner={mail.banner} />) : ''}
      <h1
        class="ink"
        style={`margin:0 0 4px;font-size:22px;line-height:1.35;font-weight:600;word-break:break-word;overflow-wrap:anywhere;${ink}`}
        safe
      >
        {mail.title}
      </h1>
      {mail.when.map((line) =>
        html(
          <p class="muted" style={`margin:0;color:${colour.muted}`} safe>
            {line}
          </p>,
        ),
      )}
      <div style="height:16px;line-height:16px">&#8203;</div>
      {(paragraphs.slice(0, 1) as string[]).join('')}
      {buttons.length > 0 ? <div style="margin:4px 0 8px">{buttons}</div> : ''}
      {(paragraphs.slice(1) as string[]).join('')}
      {mail.facts.length > 0 ? (
        <div class="line" style={`border-top:1px solid ${colour.line};padding-top:12px;margin-top:8px`}>
          {html(<Facts facts={mail.facts} />)}
        </div>
      ) : (
        ''
      )}
    </>
  );
}

/** The whole mail as an HTML document. */
export function mailHtml(mail: MailDocument, locale: Locale): string {
  const footer = mail.footer.map((line) =>
    html(
      <p class="muted" style={`margin:0 0 4px;color:${colour.muted};font-size:13px`} safe>
        {line}
      </p>,
    ),
  );
  const document = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title safe>{mail.subject}</title>
        <style>{darkScheme}</style>
      </head>
      <body class="page" style={`margin:0;padding:0;background:${colour.page}`}>
        <table
          role="presentation"
          cellpadding="0"
          cellspacing="0"
          width="100%"
          class="page"
          style={`background:${colour.page}`}
        >
          <tr>
            <td align="center" style="padding:16px 8px">
              {'<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->'}
              <table
                role="presentation"
                cellpadding="0"
                cellspacing="0"
                width="100%"
                class="paper"
                style={`max-width:600px;background:${colour.paper};border:1px solid ${colour.line};border-radius:8px;${bodyFont(locale)}`}
              >
                <tr>
                  <td class="pad" align="left" style="padding:28px 32px">
                    {html(<Body mail={mail} />)}
                    {sectionsHtml(mail.sections)}
                    <div class="line" style={`border-top:1px solid ${colour.line};margin-top:24px;padding-top:12px`}>
                      {footer}
                    </div>
                  </td>
                </tr>
              </table>
              {'<!--[if mso]></td></tr></table><![endif]-->'}
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
  return `<!doctype html>${html(document)}`;
}
