/** The facts that several forms show above what they ask. */
import { sentenceOf } from '../api/present/follow-up.js';
import type { Instant } from '../domain/calendar/index.js';
import type { Item } from '../domain/meeting/follow-up/items.js';
import { isPlan } from '../domain/meeting/follow-up/items.js';
import type { TrackedStatus } from '../domain/meeting/state.js';
import type { FormContext } from './form.js';
import { Facts, State, Text } from './parts.js';
import type { Mark } from './parts.js';

/** Absolute with zone, relative beside it (look.md, Time). */
export function Moment({ context, at }: { context: FormContext; at: Instant }): JSX.Element {
  const { when, now } = context;
  return (
    <>
      <time datetime={new Date(at).toISOString()} safe>
        {when.full(at)}
      </time>{' '}
      <span class="ago" safe>
        {`· ${when.relative(now, at)}`}
      </span>
    </>
  );
}

export function Heading({ context, title }: { context: FormContext; title: string }): JSX.Element {
  const { state, say } = context;
  return (
    <>
      <h1 safe>{title}</h1>
      <p class="of" safe>
        {say('forms.of', { title: state.title })}
      </p>
    </>
  );
}

export function MeetingFacts({ context }: { context: FormContext }): JSX.Element {
  const { state, say, when, telling, now } = context;
  const label = (key: string): string => say(`mail.label.${key}`);
  const mine = when.readerSpan(state.startsAt, state.plannedEndAt);
  return (
    <Facts
      facts={[
        [
          label('when'),
          <>
            <time datetime={new Date(state.startsAt).toISOString()} safe>
              {when.span(state.startsAt, state.plannedEndAt)}
            </time>{' '}
            <span class="ago" safe>
              {`· ${when.relative(now, state.startsAt)}`}
            </span>
          </>,
        ],
        [label('yourTime'), mine === undefined ? undefined : <Text of={mine} />],
        [label('place'), state.place === undefined ? undefined : <Text of={state.place} />],
        [label('online'), state.onlineLink === undefined ? undefined : <Link href={state.onlineLink} />],
        [label('host'), <Text of={telling.names.personName(state.actingHost ?? state.host)} />],
        [label('goal'), <Text of={state.goal} />],
        [label('sharedGoal'), state.sharedGoal === undefined ? undefined : <Text of={state.sharedGoal} />],
      ]}
    />
  );
}

/** Only web addresses get here; the schema has refused the rest. */
function Link({ href }: { href: string }): JSX.Element {
  return (
    <a href={href} rel="noopener noreferrer" safe>
      {href}
    </a>
  );
}

const marks: Record<TrackedStatus, Mark> = {
  open: 'ontime',
  overdue: 'missed',
  escalated: 'escalated',
  reported: 'waiting',
  done: 'ontime',
  cancelled: 'waiting',
};

/** `brief`: the obstacles stand elsewhere on the page. The exact sentence of E14 first, then due, misses as small marks, who waits for whom (look.md, Actions). */
export function ItemFacts({
  context,
  item,
  brief,
}: {
  context: FormContext;
  item: Item;
  brief?: boolean;
}): JSX.Element {
  const { state, say, telling } = context;
  const sentence = isPlan(item) ? say('words.planOf', { title: state.title }) : sentenceOf(telling, item);
  const obstacle = item.obstacles.at(-1);
  const waits = waitsText(context, item);
  const note = item.notes.filter((n) => n.note !== undefined).at(-1)?.note;
  // F2: the note with which it was said to wait is its obstacle too.
  const noted = note === obstacle?.text ? undefined : note;
  return (
    <>
      <p class="sentence" safe>
        {sentence}
      </p>
      <Facts
        facts={[
          [say('forms.label.status'), <State mark={marks[item.status]} word={say(`words.status.${item.status}`)} />],
          [say('mail.label.owner'), isPlan(item) ? <Text of={telling.names.personName(item.owner)} /> : undefined],
          [say('forms.label.waitsFor'), waits === undefined ? undefined : <Text of={waits} />],
          [say('forms.label.due'), <Moment context={context} at={item.dueAt} />],
          [say('forms.label.missed'), item.missed === 0 ? undefined : <Misses context={context} item={item} />],
          [say('forms.label.progress'), <Text of={`${item.percent} %`} />],
          [say('mail.heading.obstacles'), brief || obstacle === undefined ? undefined : <Text of={obstacle.text} />],
          [say('mail.label.note'), noted === undefined ? undefined : <Text of={noted} />],
        ]}
      />
    </>
  );
}

/** F2: who waits for whom. */
function waitsText({ say, telling, when }: FormContext, { block, dueAt }: Item): string | undefined {
  if (block === undefined) return undefined;
  const department = telling.names.department(block.department).name;
  return block.acceptedAt === undefined
    ? say('forms.block.asked', { department })
    : say('forms.block.accepted', { department, until: when.when(block.until ?? dueAt) });
}

function Misses({ context, item }: { context: FormContext; item: Item }): JSX.Element {
  const most = Math.max(context.state.norms.missesToEscalate, item.missed);
  return (
    <>
      <span class="marks" aria-hidden="true" safe>
        {'●'.repeat(item.missed) + '○'.repeat(most - item.missed)}
      </span>{' '}
      <span safe>{context.say('forms.misses', { n: item.missed, most })}</span>
    </>
  );
}

/** F3: every date it had, a missed one marked; nobody is ranked. */
export function Dates({ context, item }: { context: FormContext; item: Item }): JSX.Element {
  const { say, when } = context;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" safe>
            {say('forms.label.due')}
          </th>
          <th scope="col" safe>
            {say('forms.label.status')}
          </th>
          <th scope="col" safe>
            {say('mail.label.reason')}
          </th>
        </tr>
      </thead>
      <tbody>
        {item.dues.map((d) => (
          <tr>
            <td>
              <time datetime={new Date(d.dueAt).toISOString()} safe>
                {when.day(d.dueAt)}
              </time>
            </td>
            <td>
              {d.missed ? (
                <State mark="missed" word={say('mail.escalation.missedDate')} />
              ) : (
                <State mark="due" word={say('mail.escalation.current')} />
              )}
            </td>
            <td safe>{d.reason === undefined ? '' : reasonWord(context, d.reason)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Reasons that a rule gave are codes, those that a person gave are their words. */
function reasonWord({ say }: FormContext, reason: string): string {
  const codes = ['silence', 'returned', 'reassign', 'simplify', 'extend', 'leave', 'unblocked'];
  return codes.includes(reason) ? say(`forms.moved.${reason}`) : reason;
}
