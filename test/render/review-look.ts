/** Writes the fixture's review in every form into a folder, to look at: `node --import ./test/support/register-ts.js test/render/review-look.ts FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales } from '../../locales/index.js';
import { reviewCsv, reviewHtml, reviewMail, reviewPdf } from '../../render/review/index.js';
import { emptyReport, readerIn, richReport } from './review-fixture.js';

const folder = process.argv[2] ?? 'review';
mkdirSync(folder, { recursive: true });
const write = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);

for (const locale of locales) {
  const reader = readerIn(locale);
  for (const [name, report] of [
    ['rich', richReport()],
    ['empty', emptyReport()],
  ] as const) {
    write(`${name}.${locale}.html`, await reviewHtml(report, reader));
    write(`${name}.${locale}.pdf`, await reviewPdf(report, reader));
    write(`${name}.${locale}.csv`, await reviewCsv(report, reader));
    for (const [part, scope] of [
      ['all', 'organisation'],
      ['head', ['d3', 'd10']],
    ] as const) {
      const mail = await reviewMail(report, scope === 'organisation' ? scope : [...scope], reader);
      write(`${name}.${part}.${locale}.mail.html`, mail.html);
      write(`${name}.${part}.${locale}.mail.txt`, `${mail.subject}\n\n${mail.text}`);
    }
  }
}
