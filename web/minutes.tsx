/** The minutes on a page: the same structure as in the mail, escaped here. */
import type { Block, Item, Section } from '../render/document.js';
import { marked } from '../render/document.js';
import type { MinutesDocument } from '../render/minutes.js';
import { Facts, Text } from './parts.js';

export function Minutes({ document }: { document: MinutesDocument }): JSX.Element {
  return (
    <div class="doc" lang={document.locale}>
      <h2 safe>{document.title}</h2>
      <FactsOf facts={document.facts} />
      {document.sections.map((s) => (
        <SectionOf section={s} />
      ))}
    </div>
  );
}

function SectionOf({ section }: { section: Section }): JSX.Element {
  return (
    <>
      <h3 safe>{section.heading}</h3>
      {section.blocks.map((b) => (
        <BlockOf block={b} />
      ))}
    </>
  );
}

function FactsOf({ facts }: { facts: { label: string; lines: string[] }[] }): JSX.Element {
  return <Facts facts={facts.map((f) => [f.label, <Text of={f.lines.join('\n')} />])} />;
}

function BlockOf({ block }: { block: Block }): JSX.Element {
  switch (block.type) {
    case 'text':
    case 'note':
      return (
        <p class="pre" safe>
          {block.text}
        </p>
      );
    case 'facts':
      return <FactsOf facts={block.facts} />;
    case 'items':
      return (
        <ul class="plain">
          {block.items.map((i) => (
            <ItemOf item={i} />
          ))}
        </ul>
      );
    case 'difference':
      return (
        <p class="pre">
          {block.spans.map((s) =>
            s.kind === 'added' ? (
              <ins safe>{marked(s)}</ins>
            ) : s.kind === 'removed' ? (
              <del safe>{marked(s)}</del>
            ) : (
              <span safe>{s.text}</span>
            ),
          )}
        </p>
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
  const lines = [...(item.body === undefined ? [] : [item.body]), ...(item.notes ?? [])];
  return (
    <li>
      <strong safe>{item.mark === undefined ? item.title : `${item.mark} ${item.title}`}</strong>
      {item.aside === undefined ? '' : <span class="soft" safe>{` · ${item.aside}`}</span>}
      {lines.map((line) => (
        <div class="pre" safe>
          {line}
        </div>
      ))}
    </li>
  );
}
