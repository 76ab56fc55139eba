/** Documents that are one file, to read and to print: minutes, reviews. What all of them have around their content. */
import { createHash } from 'node:crypto';
import type { Children } from '@kitajs/html';
import type { Locale } from '../domain/meeting/state.js';

/** A text inside CSS: every character by its number, so that none can end the string. */
export const cssText = (text: string): string =>
  [...text].map((c) => `\\${c.codePointAt(0)?.toString(16) ?? '20'} `).join('');

/** For `style-src`: this style and no other. */
export const styleHash = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

interface PrintedProps {
  locale: Locale;
  title: string;
  /** Made by us: it is not escaped. */
  safeStyle: string;
  children: Children;
}

/** The whole file. `title` is escaped here; children are JSX, escaped where they are made. */
export function printedPage({ locale, title, safeStyle, children }: PrintedProps): string {
  const html = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title safe>{title}</title>
        <style>{safeStyle}</style>
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  ) as string;
  return `<!doctype html>${html}`;
}
