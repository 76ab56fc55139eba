/**
 * The HTML of a mail: 600 px, one column, no picture, the one button first. Every text that somebody typed stands in an
 * element with `safe` or in an attribute, both of which escape.
 */
import type { Locale } from '../../domain/meeting/state.js';
import type { Link, MailDocument } from '../document.js';
import { anchor, Facts, html, ink, lines, Sections } from './blocks.js';
import { bodyFont, colour, safeDarkScheme, tones } from './style.js';

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

function Wanted({ sentence, first }: { sentence: string; first: boolean }): JSX.Element {
  const style = `margin:0 0 ${first ? 12 : 8}px;${ink};${lines}${first ? ';font-weight:600' : ''}`;
  return (
    <p class="ink" style={style} safe>
      {sentence}
    </p>
  );
}

const titleStyle = `margin:0 0 4px;font-size:22px;line-height:1.35;font-weight:600;word-break:break-word;overflow-wrap:anywhere;${ink}`;

/** Which meeting and when; what is wanted; the buttons; then everything else. */
function Body({ mail }: { mail: MailDocument }): JSX.Element {
  const [first = '', ...others] = mail.wanted;
  return (
    <>
      {mail.banner ? <Banner banner={mail.banner} /> : null}
      <h1 class="ink" style={titleStyle} safe>
        {mail.title}
      </h1>
      {mail.when.map((line) => (
        <p class="muted" style={`margin:0;color:${colour.muted}`} safe>
          {line}
        </p>
      ))}
      <div style="height:16px;line-height:16px">&#8203;</div>
      <Wanted sentence={first} first={true} />
      {mail.buttons.length > 0 ? (
        <div style="margin:4px 0 8px">
          {mail.buttons.map((link, i) => (
            <Button link={link} main={i === 0} />
          ))}
        </div>
      ) : null}
      {others.map((sentence) => (
        <Wanted sentence={sentence} first={false} />
      ))}
      {mail.facts.length > 0 ? (
        <div class="line" style={`border-top:1px solid ${colour.line};padding-top:12px;margin-top:8px`}>
          <Facts facts={mail.facts} />
        </div>
      ) : null}
    </>
  );
}

function Footer({ mail }: { mail: MailDocument }): JSX.Element {
  return (
    <div class="line" style={`border-top:1px solid ${colour.line};margin-top:24px;padding-top:12px`}>
      {mail.footer.map((line) => (
        <p class="muted" style={`margin:0 0 4px;color:${colour.muted};font-size:13px`} safe>
          {line}
        </p>
      ))}
      {mail.footerLink ? (
        <p style="margin:0 0 4px;font-size:13px">
          <a class="link" href={mail.footerLink.url} style={anchor} safe>
            {mail.footerLink.label}
          </a>
        </p>
      ) : null}
    </div>
  );
}

/** The whole mail as an HTML document. */
export function mailHtml(mail: MailDocument, locale: Locale): string {
  const document = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title safe>{mail.subject}</title>
        <style>{safeDarkScheme}</style>
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
                    <Body mail={mail} />
                    <Sections sections={mail.sections} />
                    <Footer mail={mail} />
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
