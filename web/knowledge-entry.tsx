/** R5: an entry of the knowledge base as its owner sees it when asked about it. */
import type { Names } from '../api/present/context.js';
import { bounds } from '../api/schemas/base.js';
import type { KnowledgeEntry } from '../archive/knowledge.js';
import { addDays } from '../domain/calendar/index.js';
import type { LocalDate } from '../domain/calendar/index.js';
import type { Translate } from '../locales/index.js';
import type { When } from '../render/when.js';
import { Facts, Input, Text, TextArea } from './parts.js';
import type { Filled } from './parts.js';

export interface Shown {
  entry: KnowledgeEntry;
  say: Translate;
  when: When;
  names: Names;
  today: LocalDate;
  /** By the rule of its kind; undefined: never. */
  next: LocalDate | undefined;
  /** Whether this reader looks after it. */
  may: boolean;
}

export function EntryFacts({ shown }: { shown: Shown }): JSX.Element {
  const { entry, say, when, names } = shown;
  const label = (key: string): string => say(`knowledge.form.${key}`);
  const owners = [
    ...(entry.ownerPerson === undefined ? [] : [names.personName(entry.ownerPerson)]),
    ...(entry.ownerDepartment === undefined ? [] : [names.department(entry.ownerDepartment).name]),
  ];
  return (
    <>
      <h2 safe>{label('content')}</h2>
      <p class="pre" safe>
        {entry.text}
      </p>
      {entry.derived ? (
        <p class="help" safe>
          {label('derived')}
        </p>
      ) : (
        ''
      )}
      <Facts
        facts={[
          [label('kind'), <Text of={say(`knowledge.kind.${entry.kind}`)} />],
          [label('department'), entry.department && <Text of={names.department(entry.department).name} />],
          [label('owner'), <Text of={owners.join(say('words.comma')) || label('none')} />],
          [label('written'), <Text of={when.dateTime(entry.at)} />],
          [label('reviewOn'), entry.reviewOn && <Text of={when.date(entry.reviewOn)} />],
          [label('reviewed'), entry.reviewedAt === undefined ? '' : <Text of={when.dateTime(entry.reviewedAt)} />],
          [label('link'), entry.link && <Text of={entry.link} />],
        ]}
      />
    </>
  );
}

type Props = { shown: Shown; filled: Filled };

/** The answer that most give first; each way is a form of its own, so that nothing needs choosing twice. */
export function Ask({ shown, filled }: Props): JSX.Element {
  const { say, next, today } = shown;
  const label = (key: string): string => say(`knowledge.form.${key}`);
  return (
    <>
      <Way shown={shown} name="right">
        <Input
          filled={filled}
          name="next"
          type="date"
          label={label('field.next')}
          help={label(next === undefined ? 'help.nextNever' : 'help.next')}
          value={next}
          min={addDays(today, 1)}
        />
      </Way>
      <h2 safe>{label('heading.handOn')}</h2>
      <Way shown={shown} name="handOn" second>
        <Input filled={filled} name="owner" type="text" label={label('field.owner')} help={label('help.owner')} />
      </Way>
      <h2 safe>{label('heading.archivist')}</h2>
      <Way shown={shown} name="archivist" second>
        <TextArea
          filled={filled}
          name="note"
          label={label('field.note')}
          help={label('help.note')}
          max={bounds.sentence}
        />
      </Way>
    </>
  );
}

function Way({
  shown,
  name,
  second,
  children,
}: {
  shown: Shown;
  name: string;
  second?: boolean;
  children: JSX.Element;
}): JSX.Element {
  const { say, entry } = shown;
  return (
    <form method="post" novalidate>
      <input type="hidden" name="decision" value={name} />
      <input type="hidden" name="revision" value={String(entry.revision)} />
      {children}
      <div class="buttons">
        <button type="submit" class={second ? 'second' : undefined} safe>
          {say(`knowledge.form.button.${name}`)}
        </button>
      </div>
    </form>
  );
}
