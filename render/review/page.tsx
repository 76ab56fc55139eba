/**
 * R3: the report as one file that needs nothing else: style and charts inside, no script. Every text stands in an element
 * with `safe` or in an attribute, both of which escape; charts escape their own.
 */
import type { Locale } from '../../domain/meeting/state.js';
import type { ReviewReport } from '../../domain/review/report.js';
import { printedPage, styleHash } from '../printed.js';
import { reviewDocument } from './content.js';
import type {
  Cell,
  Chart,
  ReviewBlock,
  ReviewColumn,
  ReviewDocument,
  ReviewItem,
  ReviewTable,
  Tile,
} from './document.js';
import type { ReviewReader } from './reader.js';
import { rowsDocument, type RowsList } from './rows.js';
import { fontStack, styleOf } from './style.js';

/** For `style-src`: this report's style and no other. */
export const reviewStyleHash = (report: ReviewReport, reader: ReviewReader): string =>
  styleHash(styleOf(reviewDocument(report, reader)));
export const rowsStyleHash = (report: ReviewReport, reader: ReviewReader, list: RowsList): string =>
  styleHash(styleOf(rowsDocument(report, reader, list)));

export const reviewHtml = (report: ReviewReport, reader: ReviewReader): string =>
  documentHtml(reviewDocument(report, reader));
export const rowsHtml = (report: ReviewReport, reader: ReviewReader, list: RowsList): string =>
  documentHtml(rowsDocument(report, reader, list));

function documentHtml(document: ReviewDocument): string {
  const { locale, title } = document;
  const children = (
    <>
      <Head document={document} />
      {document.sections.map((section) => (
        <section>
          <h2 id={section.id} safe>
            {section.heading}
          </h2>
          {section.blocks.map((block) => (
            <BlockOf block={block} locale={locale} />
          ))}
        </section>
      ))}
    </>
  );
  return printedPage({ locale, title, safeStyle: styleOf(document), children });
}

function Head({ document }: { document: ReviewDocument }): JSX.Element {
  return (
    <header>
      <h1 safe>{document.title}</h1>
      <p class="sub" safe>
        {`${document.period} · ${document.made}`}
      </p>
      {document.links === undefined ? (
        ''
      ) : (
        <p class="files">
          {document.links.map((cell) => (
            <>
              <Linked cell={cell} />{' '}
            </>
          ))}
        </p>
      )}
      {document.sections.length > 1 ? <Contents document={document} /> : ''}
    </header>
  );
}

function Contents({ document }: { document: ReviewDocument }): JSX.Element {
  return (
    <nav aria-label={document.contents}>
      <ul>
        {document.sections.map((section) => (
          <li>
            <a href={`#${section.id}`} safe>
              {section.heading}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function BlockOf({ block, locale }: { block: ReviewBlock; locale: Locale }): JSX.Element {
  switch (block.type) {
    case 'text':
      return (
        <p class={block.strong ? 'lead' : undefined} safe>
          {block.text}
        </p>
      );
    case 'note':
      return (
        <p class="note" safe>
          {block.text}
        </p>
      );
    case 'heading':
      return <h3 safe>{block.text}</h3>;
    case 'tiles':
      return (
        <ul class="tiles">
          {block.tiles.map((tile) => (
            <TileOf tile={tile} />
          ))}
        </ul>
      );
    case 'chart':
      return <Figure chart={block.chart} locale={locale} />;
    case 'pair':
      return (
        <div class="pair">
          <Figure chart={block.chart} locale={locale} />
          <TableOf table={block.table} />
        </div>
      );
    case 'table':
      return <TableOf table={block} />;
    case 'items':
      return (
        <ol class="items">
          {block.items.map((item) => (
            <ItemOf item={item} />
          ))}
        </ol>
      );
    case 'terms':
      return (
        <dl>
          {block.terms.map(({ term, text }) => (
            <>
              <dt safe>{term}</dt>
              <dd safe>{text}</dd>
            </>
          ))}
        </dl>
      );
  }
}

/** The same chart for a desk and paper, and for a phone; the style shows one of them. */
function Figure({ chart, locale }: { chart: Chart; locale: Locale }): JSX.Element {
  const font = fontStack[locale];
  const safeWide = scaled(chart.draw('wide', font).svg);
  const safeNarrow = scaled(chart.draw('narrow', font).svg);
  return (
    <figure>
      <div class="wide" role="img" aria-label={chart.alt}>
        {safeWide}
      </div>
      <div class="narrow" role="img" aria-label={chart.alt}>
        {safeNarrow}
      </div>
    </figure>
  );
}

/** As wide as the page lets it be. */
const scaled = (svg: string): string =>
  svg.replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg aria-hidden="true" focusable="false"');

function Linked({ cell }: { cell: Cell }): JSX.Element {
  const content = cell.strong ? <b safe>{cell.text}</b> : <span safe>{cell.text}</span>;
  return cell.href === undefined ? content : <a href={cell.href}>{content}</a>;
}

function TileOf({ tile }: { tile: Tile }): JSX.Element {
  return (
    <li>
      <span class="label" safe>
        {tile.label}
      </span>
      <span class="value">
        <Linked cell={{ text: tile.text, ...(tile.href === undefined ? {} : { href: tile.href }) }} />
      </span>
      <span class="whole" safe>
        {tile.note}
      </span>
      {tile.change === undefined ? (
        ''
      ) : (
        <span class={`change ${tile.change.verdict}`} safe>
          {tile.change.text}
        </span>
      )}
    </li>
  );
}

/** A table that may be wider than a phone is moved sideways, also by keyboard. */
function TableOf({ table }: { table: ReviewTable }): JSX.Element {
  const place = table.dense
    ? { class: 'scroll dense', role: 'region', tabindex: 0, 'aria-label': table.label }
    : { class: 'scroll' };
  return (
    <div {...place}>
      <table aria-label={table.label}>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th scope="col" class={column.end ? 'end' : undefined} safe>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>
              {row.map((cell, i) =>
                i === 0 ? (
                  <th scope="row" class={classOf(table.columns[i])}>
                    <CellOf cell={cell} />
                  </th>
                ) : (
                  <td class={classOf(table.columns[i])}>
                    <CellOf cell={cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const classOf = (column: ReviewColumn | undefined): string | undefined =>
  column?.end ? 'end' : column?.keep ? 'keep' : undefined;

function CellOf({ cell }: { cell: Cell }): JSX.Element {
  return (
    <>
      <Linked cell={cell} />
      {(cell.notes ?? []).map((small) => (
        <small class={small.verdict} safe>
          {small.text}
        </small>
      ))}
    </>
  );
}

function ItemOf({ item }: { item: ReviewItem }): JSX.Element {
  return (
    <li>
      <div>
        {item.mark === undefined ? (
          ''
        ) : (
          <span class="mark" safe>
            {item.mark}
          </span>
        )}
        <span safe>{item.title}</span>
      </div>
      <p class="change" safe>
        {item.body}
      </p>
      {item.notes.map((text) => (
        <p class="note" safe>
          {text}
        </p>
      ))}
      {item.because === undefined ? (
        ''
      ) : (
        <p class="note">
          <span safe>{item.because}</span>{' '}
          {item.links.map((cell) => (
            <>
              <Linked cell={cell} />{' '}
            </>
          ))}
        </p>
      )}
      {item.action === undefined ? (
        ''
      ) : (
        <a class="act" href={item.action.href} safe>
          {item.action.text}
        </a>
      )}
    </li>
  );
}
