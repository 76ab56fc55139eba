/** One meeting, as the people in it see it: HTTP, their mails, the links in these. */
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { meetingWorkflowId } from '../../workflows/contracts.js';
import { ok } from '../faults/caller.js';
import type { Told } from '../faults/caller.js';
import { until } from '../faults/until.js';
import { at } from '../support/meeting.js';
import { linksIn } from './mailroom.js';
import type { Letter } from './mailroom.js';
import type { Product } from './product.js';

const day = 86_400_000;

/** The date of the first Wednesday that is at least four days ahead: its last working day before is a Tuesday. */
export function aWednesday(now = Date.now()): string {
  for (let t = now + 4 * day; ; t += day) {
    const date = new Date(t + 8 * 3_600_000);
    if (date.getUTCDay() === 3) return date.toISOString().slice(0, 10);
  }
}

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);

/** `2026-12-02T09:30:00+08:00`, as the API tells an instant of Taipei. */
export const taipeiTime = (date: string, time: string): string => `${date}T${time}:00+08:00`;

export interface Delivery {
  mail: string;
  person: { name: string; email: string };
  status: string;
  at: string;
}

export class Meeting {
  private constructor(
    readonly product: Product,
    readonly id: string,
    readonly title: string,
  ) {}

  static async create(product: Product, body: { title: string } & Record<string, unknown>): Promise<Meeting> {
    const { id } = await ok(product.api.post('/v1/meetings', body));
    return new Meeting(product, id as string, body.title);
  }

  path = (rest = ''): string => `/v1/meetings/${this.id}${rest}`;
  read = () => ok(this.product.api.get(this.path()));
  ask = (rest: string): Promise<Told> => this.product.api.get(this.path(rest));
  post = (rest: string, body: object = {}) => ok(this.product.api.post(this.path(rest), body));
  put = (rest: string, body: object) => ok(this.product.api.put(this.path(rest), body));
  /** What is said against it; an acceptance fails the test. */
  async refused(rest: string, body: object = {}, method: 'post' | 'put' | 'patch' = 'post') {
    const told = await this.product.api[method](this.path(rest), body);
    if (told.status < 400) throw new Error(`${rest} was accepted: ${JSON.stringify(told.body)}`);
    const { status, body: problem } = told;
    return { status, code: problem.errors[0].code as string, detail: problem.detail as string };
  }

  /** Forward to a moment of Taipei's clock in the meeting's own time, then until nothing is under way. */
  async goTo(date: string, time: string): Promise<void> {
    const { client } = this.product.temporal;
    const ahead = at(date, time) - (await virtualNow(client, meetingWorkflowId(this.id)));
    if (ahead > 0) await fastForward(client, meetingWorkflowId(this.id), (ahead + 1) / 1000);
    await this.quiet();
  }

  /** Lets so many seconds of the meeting's own time go by: what is bundled (N4) goes out. */
  async pass(seconds: number): Promise<void> {
    await this.quiet();
    await fastForward(this.product.temporal.client, meetingWorkflowId(this.id), seconds);
    await this.quiet();
  }

  async quiet(): Promise<void> {
    const { client, namespace } = this.product.temporal;
    const request = { namespace, execution: { workflowId: meetingWorkflowId(this.id) } };
    await until(`${this.title} has nothing under way`, async () => {
      const told = await client.workflowService.describeWorkflowExecution(request);
      return told.pendingActivities.length === 0 && !told.pendingWorkflowTask;
    });
  }

  deliveries = async (): Promise<Delivery[]> => (await ok(this.product.api.get(this.path('/deliveries')))).items;

  /** Who was sent a kind of mail, and when by the meeting's clock: `an@example.com 2026-12-01 10:00`. */
  async sent(kind: string): Promise<string[]> {
    await this.quiet();
    const all = (await this.deliveries()).filter(({ mail, status }) => mail === kind && status === 'sent');
    return all.map(({ person, at: t }) => `${person.email} ${t.slice(0, 10)} ${t.slice(11, 16)}`).sort();
  }

  /** Mails about this meeting so far; one person's, if named. */
  letters(to?: string): Letter[] {
    const all = this.product.mailroom.letters.filter(({ subject, text }) => `${subject}\n${text}`.includes(this.title));
    return to === undefined ? all : all.filter((letter) => letter.to === to);
  }

  /** The newest mail to somebody whose subject begins like this, once there are as many. */
  letter(to: string, subject: string, atLeast = 1): Promise<Letter> {
    const found = () => this.letters(to).filter((letter) => letter.subject.startsWith(subject));
    return until(`"${subject}" to ${to}`, () => (found().length < atLeast ? undefined : found().at(-1)));
  }

  /** The newest link to somebody whose page shows all of this: in a digest there are several. */
  async linkTo(to: string, marks: string[]): Promise<string> {
    for (const letter of [...this.letters(to)].reverse())
      for (const link of linksIn(letter)) {
        const { html } = await show(link);
        if (marks.every((mark) => html.includes(mark))) return link;
      }
    throw new Error(`no link to ${to} shows ${marks.join(', ')}`);
  }

  /** Where the button of that mail leads. */
  async link(to: string, subject: string): Promise<string> {
    const [first] = linksIn(await this.letter(to, subject));
    if (first === undefined) throw new Error(`no link in "${subject}"`);
    return first;
  }
}

/** A form as a browser without scripts uses it. */
export async function show(link: string): Promise<{ status: number; html: string }> {
  const response = await fetch(link, { headers: { 'accept-language': 'zh-TW' } });
  return { status: response.status, html: await response.text() };
}

export async function fill(link: string, fields: Record<string, string>): Promise<{ status: number; html: string }> {
  const body = new URLSearchParams(fields);
  const response = await fetch(link, { method: 'POST', body, redirect: 'manual' });
  return { status: response.status, html: await response.text() };
}
