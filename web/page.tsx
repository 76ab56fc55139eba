/** The frame of every plain page: one column, the language switch, nothing that needs JavaScript. */
import type { Children } from '@kitajs/html';
import type { Locale } from '../domain/meeting/state.js';
import type { Translate } from '../locales/index.js';
import { locales, translator } from '../locales/index.js';
import { safeCss } from './style.js';

export interface Frame {
  locale: Locale;
  say: Translate;
  /** The page's own path, for the language switch. */
  path: string;
}

interface PageProps {
  frame: Frame;
  title: string;
  /** Set when the page answers a POST that was refused. */
  refused?: boolean | undefined;
  children: Children;
}

/** A whole page. `title` is escaped here; children are JSX, escaped where they are made. */
export function Page({ frame, title, refused, children }: PageProps): string {
  const { locale, say } = frame;
  const heading = refused === true ? `${say('forms.error.prefix')}${title}` : title;
  const document = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title safe>{heading}</title>
        <style>{safeCss}</style>
      </head>
      <body>
        <header class="bar">
          <span class="brand">Convoke</span>
          <Languages frame={frame} />
        </header>
        <main>{children}</main>
        <footer class="foot" safe>
          {say('forms.footer')}
        </footer>
      </body>
    </html>
  ) as string;
  return `<!doctype html>${document}`;
}

function Languages({ frame }: { frame: Frame }): JSX.Element {
  return (
    <nav aria-label={frame.say('forms.language')}>
      <ul class="langs">
        {locales.map((l) => (
          <li>
            {l === frame.locale ? (
              <span lang={l} aria-current="true" safe>
                {languageName(l)}
              </span>
            ) : (
              <a lang={l} hreflang={l} rel="nofollow" href={`${frame.path}?lang=${l}`} safe>
                {languageName(l)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

const languageName = (locale: Locale): string => translator(locale)('words.language');

/** A page of one explanation: what is so, and what to do. */
export function Explanation({ frame, title, texts }: { frame: Frame; title: string; texts: string[] }): string {
  return (
    <Page frame={frame} title={title}>
      <h1 safe>{title}</h1>
      {texts.map((text) => (
        <p safe>{text}</p>
      ))}
    </Page>
  ) as string;
}
