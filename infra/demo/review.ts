/** R1, R3: the quarter of the story's meetings, reviewed at once: every meeting's clock has been pushed to its end. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReviewAnswer } from '../../api/schemas/reviews.js';
import { quarterOf } from '../../domain/review/quarter.js';
import type { Quarter } from '../../domain/review/report.js';
import { translator } from '../../locales/index.js';
import { figureText, quarterName, wholeText } from '../../render/review/numbers.js';
import type { Stage } from './stage.js';

/** What the story has something to say about. */
const told = [
  'held',
  'replies',
  'minutesOnTime',
  'actionCompletion',
  'repeatedTopics',
  'survey',
  'effectiveness',
] as const;
const mailsWithinMs = 5_000;
const lookEveryMs = 50;

/** The report's files for the addresses at the end. */
export async function reviewAct(stage: Stage, folder: string): Promise<[label: string, file: string][]> {
  const { say } = stage.words;
  const { teller, locale, api } = stage.props;
  teller.heading(say('act.review'));
  stage.doing = say('step.review');
  const quarter = await busiestQuarter(stage);
  const text = translator(locale);
  const name = quarterName(text, quarter);
  await heads(stage);
  const report = await api.post<ReviewAnswer>('/v1/reviews', { quarter });
  teller.plain(say('reviewed', { quarter: name }), 'green');
  const { now } = report.organisation;
  teller.table(
    told.map((figure) => [
      text(`review.figure.${figure}`),
      text('words.brackets', {
        text: figureText(text, figure, now[figure]),
        note: wholeText(text, figure, now[figure]),
      }),
    ]),
  );
  await tellMails(stage);
  const files = await Promise.all(
    (['html', 'pdf'] as const).map(async (format) => {
      const file = path.join(folder, `review-${quarter}.${format}`);
      await writeFile(file, await api.file(`/v1/reviews/${quarter}.${format}?lang=${locale}`));
      return [say(`look.${format}`), file] as [string, string];
    }),
  );
  return files;
}

/** A story may go over the end of a quarter: the one with most meetings, the later of two alike. */
async function busiestQuarter({ props: { api, zone } }: Stage): Promise<Quarter> {
  const { items } = await api.get<{ items: { startsAt: string }[] }>('/v1/meetings?limit=100');
  const counts = new Map<Quarter, number>();
  for (const { startsAt } of items) {
    const quarter = quarterOf(Date.parse(startsAt), zone);
    counts.set(quarter, (counts.get(quarter) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? 1 : -1));
  if (most === undefined) throw new Error('there is no meeting to review');
  return most[0];
}

/** R3: the report goes to who leads a department; the scenario's heads lead theirs, where nobody does. */
async function heads(stage: Stage): Promise<void> {
  const { api } = stage.props;
  const { participants } = await stage.meeting();
  const { items } = await api.get<{ items: { id: string; head?: unknown }[] }>('/v1/departments?limit=200');
  for (const { role, person, department } of participants) {
    const known = items.find((d) => d.id === department.id);
    if (role !== 'head' || known === undefined || known.head !== undefined) continue;
    await api.put(`/v1/departments/${encodeURIComponent(department.name)}`, { head: person });
    known.head = person;
  }
}

/** The mails are sent beside the answer. Where nobody leads a department, none comes. */
async function tellMails(stage: Stage): Promise<void> {
  for (const end = Date.now() + mailsWithinMs; Date.now() < end; await delay(lookEveryMs)) {
    const mails = await stage.props.mailbox.look();
    if (mails.length > 0) return stage.showMails(mails);
  }
}
