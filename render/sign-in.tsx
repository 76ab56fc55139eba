/** E3: the sign-in sheet for the table in the room: A4, page numbers, meeting and version on each page, a code for phones. */
import { createHash } from 'node:crypto';
import type { Instant } from '../domain/calendar/index.js';
import { toLocal } from '../domain/calendar/index.js';
import { invitees, participantOf } from '../domain/meeting/people.js';
import type { Locale, MeetingState, PersonId } from '../domain/meeting/state.js';
import { translator } from '../locales/index.js';
import type { Translate } from '../locales/index.js';
import { namesIn } from './names.js';
import type { Names } from './names.js';
import { manyLines, oneLine } from './text.js';
import type { DepartmentCard, PersonCard } from './types.js';
import { whenFor } from './when.js';

export interface SignInInput {
  state: MeetingState;
  locale: Locale;
  people: PersonCard[];
  departments: DepartmentCard[];
  /** Where the code leads. */
  url: string;
  now: Instant;
}

/** Lines for people whom nobody expected. */
const guests = 5;

/** A text inside a CSS string; whatever is not a letter or digit is escaped, so that nothing ends the string or the element. */
const cssText = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} ]/gu, (c) => `\\${c.codePointAt(0)?.toString(16) ?? ''} `)}"`;

function sheetCss(left: string, right: string): string {
  return `
@page{size:A4;margin:16mm 14mm 20mm;
@bottom-left{content:${cssText(left)};font:9pt system-ui,"Noto Sans TC","Noto Sans SC",sans-serif;color:#444}
@bottom-center{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif;color:#444}
@bottom-right{content:${cssText(right)};font:9pt system-ui,"Noto Sans TC","Noto Sans SC",sans-serif;color:#444}}
*{box-sizing:border-box}
html{font:11pt/1.5 system-ui,"Noto Sans TC","PingFang TC","Microsoft JhengHei",sans-serif;color:#1c1f21;background:#fff}
html:lang(zh-CN){font-family:system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
body{margin:0 auto;max-width:182mm;overflow-wrap:anywhere}
.top{display:grid;grid-template-columns:1fr 40mm;gap:8mm;align-items:start;margin:0 0 6mm}
h1{font-size:18pt;line-height:1.3;font-weight:600;margin:0 0 1mm}
.kind{margin:0 0 3mm;color:#565d61}
dl{margin:0}dl div{display:grid;grid-template-columns:7em 1fr;gap:0 3mm;padding:.6mm 0}
dt{color:#565d61}dd{margin:0;white-space:pre-line}
.code{text-align:center;font-size:9pt;color:#1c1f21}
.code svg{width:40mm;height:40mm;display:block;margin:0 0 2mm}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #767d7a;padding:1.5mm 2mm;text-align:left;vertical-align:middle;font-weight:400}
th{background:#f4f4f1;color:#1c1f21;font-weight:600;font-size:9.5pt}
.running{border:0;background:none;padding:0 0 1.5mm;font-size:9.5pt;color:#565d61;font-weight:400}
tbody td{height:11mm}tr{break-inside:avoid}
.no{width:13mm;white-space:nowrap;text-align:right}.name{width:37mm}.dept{width:32mm}.role{width:28mm}.time{width:26mm}
td.no,td.time{font-variant-numeric:tabular-nums}
.role,.time{font-size:9.5pt}
@media screen{body{padding:8mm}}
`.trim();
}

/** A whole page, and the hash of its style for the Content-Security-Policy. */
export async function signInSheet(input: SignInInput): Promise<{ html: string; cssHash: string }> {
  const { state, locale, people, departments, url, now } = input;
  const say = translator(locale);
  const names = namesIn(locale, people, departments);
  const when = whenFor(locale, state.zone);
  const title = oneLine(state.title);
  const version = say('signIn.version', { v: state.revision, at: when.time(now) });
  const css = sheetCss(title.length > 40 ? `${title.slice(0, 39)}…` : title, version);
  const { default: QRCode } = await import('qrcode');
  const qr = await QRCode.toString(url, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  const body = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <title safe>{say('signIn.title', { title })}</title>
        <Style safeCss={css} />
      </head>
      <body>
        <header class="top">
          <div>
            <h1 safe>{title}</h1>
            <p class="kind" safe>
              {say('signIn.sheet')}
            </p>
            <Facts
              facts={[
                [say('mail.label.when'), when.span(state.startsAt, state.plannedEndAt)],
                [say('mail.label.place'), oneLine(state.place ?? state.onlineLink ?? '')],
                [say('words.host'), names.person(state.actingHost ?? state.host)],
                [say('mail.label.goal'), manyLines(state.goal)],
                [say('mail.label.sharedGoal'), manyLines(state.sharedGoal ?? '')],
              ]}
            />
          </div>
          <Code safeQr={qr} say={say} />
        </header>
        <List
          state={state}
          say={say}
          names={names}
          running={`${title} · ${when.span(state.startsAt, state.plannedEndAt)}`}
        />
      </body>
    </html>
  ) as string;
  const hash = createHash('sha256').update(css).digest('base64');
  return { html: `<!doctype html>${body}`, cssHash: `'sha256-${hash}'` };
}

const Style = ({ safeCss }: { safeCss: string }): JSX.Element => <style>{safeCss}</style>;

/** The code is made by us of our own address; it holds nothing that somebody typed. */
function Code({ safeQr, say }: { safeQr: string; say: Translate }): JSX.Element {
  return (
    <div class="code" role="img" aria-label={say('signIn.scan')}>
      {safeQr}
      <span safe>{say('signIn.scan')}</span>
    </div>
  );
}

function Facts({ facts }: { facts: [string, string][] }): JSX.Element {
  return (
    <dl>
      {facts
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div>
            <dt safe>{label}</dt>
            <dd safe>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

interface ListProps {
  state: MeetingState;
  say: Translate;
  names: Names;
  running: string;
}

/** The head of the table is printed again on each page. */
function List({ state, say, names, running }: ListProps): JSX.Element {
  const all = invitees(state);
  return (
    <table>
      <colgroup>
        {['no', 'name', 'dept', 'role', 'sign', 'time'].map((column) => (
          <col class={column} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th class="running" colspan="6" safe>
            {running}
          </th>
        </tr>
        <tr>
          <th class="no" scope="col" safe>
            {say('signIn.no')}
          </th>
          <th class="name" scope="col" safe>
            {say('signIn.name')}
          </th>
          <th class="dept" scope="col" safe>
            {say('signIn.department')}
          </th>
          <th class="role" scope="col" safe>
            {say('signIn.role')}
          </th>
          <th scope="col" safe>
            {say('signIn.signature')}
          </th>
          <th class="time" scope="col" safe>
            {say('signIn.time')}
          </th>
        </tr>
      </thead>
      <tbody>
        {all.map((person, i) => (
          <Row n={i + 1} name={names.person(person)} of={aboutOf(state, say, names, person)} />
        ))}
        {Array.from({ length: guests }, (_, i) => (
          <Row n={all.length + i + 1} name="" of={['', '', '']} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ n, name, of }: { n: number; name: string; of: [string, string, string] }): JSX.Element {
  const [department, role, time] = of;
  return (
    <tr>
      <td class="no">{n}</td>
      <td class="name" safe>
        {name}
      </td>
      <td class="dept" safe>
        {department}
      </td>
      <td class="role" safe>
        {role}
      </td>
      <td></td>
      <td class="time" safe>
        {time}
      </td>
    </tr>
  );
}

/** Department, role, and when somebody arrived who is here already. */
function aboutOf(state: MeetingState, say: Translate, names: Names, person: PersonId): [string, string, string] {
  const seat = participantOf(state, person);
  const offices: [string, PersonId | undefined][] = [
    ['host', state.host],
    ['deputyHost', state.deputyHost],
    ['coordinator', state.coordinator],
    ['recorder', state.recorder],
  ];
  const office = offices.find(([, p]) => p === person)?.[0];
  const entry = state.attendance[person];
  const arrived = entry?.present ? entry.log.at(-1)?.at : undefined;
  return [
    seat === undefined ? '' : names.department(seat.department),
    office === undefined ? (seat === undefined ? '' : say(`words.role.${seat.role}`)) : say(`words.${office}`),
    arrived === undefined ? '' : say('signIn.arrived', { time: toLocal(state.zone, arrived).time }),
  ];
}
