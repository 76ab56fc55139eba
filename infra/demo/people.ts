import type { Locale } from '../../domain/meeting/state.js';
import { catalogues, locales } from '../../locales/index.js';
import type { subjects } from '../../locales/zh-TW/subjects.js';
import { filledIn, type Form, formsOf, textOf } from './forms.js';
import type { Mail, Mailbox } from './mailbox.js';
import { StoryProblem } from './problems.js';
import type { Words } from './words.js';

/** Somebody with an address. */
export interface Reader {
  name: string;
  email: string;
}

export type MailKind = keyof typeof subjects;

/** What a mail is about, as its reader sees it: by the beginning of the subject line. */
export function kindOf(subject: string): MailKind | undefined {
  for (const locale of locales) {
    for (const [kind, template] of Object.entries(subjectsOf(locale))) {
      const [beginning = ''] = template.split('{');
      if (beginning !== '' && subject.startsWith(beginning)) return kind as MailKind;
    }
  }
  return undefined;
}

const subjectsOf = (locale: Locale): Record<string, string> => catalogues[locale]['subject'] ?? {};

const answersWithinMs = 15_000;

/** Acts as people do who have nothing but their mail: follows a link, fills in the form, presses the button. */
export class People {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly publicUrl: string,
    private readonly words: Words,
    private readonly locale: Locale,
  ) {}

  /** The newest mail of these kinds to somebody, maybe only one that mentions `about`; undefined when there is none. */
  findMail(reader: Reader, kinds: MailKind[], about = ''): Mail | undefined {
    const fits = (mail: Mail): boolean => {
      const kind = kindOf(mail.subject);
      return kind !== undefined && kinds.includes(kind) && (mail.subject + mail.text).includes(about);
    };
    return this.mailbox.all.filter((mail) => mail.to.address === reader.email && fits(mail)).at(-1);
  }

  /** All mails of a kind to somebody, oldest first. */
  mailsOf(reader: Reader, kind: MailKind): Mail[] {
    return this.mailbox.all.filter((mail) => mail.to.address === reader.email && kindOf(mail.subject) === kind);
  }

  /** As findMail, but the story cannot go on without it. */
  mailFor(reader: Reader, kinds: MailKind[], about?: string): Mail {
    const found = this.findMail(reader, kinds, about);
    if (found) return found;
    const subject = subjectsOf(this.locale)[kinds[0] ?? ''] ?? kinds.join(', ');
    throw new StoryProblem(
      this.words.say('expect.mail', { name: reader.name, subject }),
      this.words.say('expect.noMail'),
    );
  }

  /** Opens the links of a mail until one shows a form with all these fields, fills it in, and what of `more` it asks for, and sends it. */
  async fillIn(
    mail: Mail,
    answers: Readonly<Record<string, string>>,
    more: Record<string, string> = {},
  ): Promise<void> {
    const seen: string[] = [];
    for (const link of this.linksIn(mail)) {
      const { page, url } = await this.open(link);
      const form = formsOf(page, url).find((f) => hasFields(f, answers));
      if (form) {
        const asked = Object.entries(more).filter(([name]) => form.fields.some((f) => f.name === name));
        return this.send(form, { ...answers, ...Object.fromEntries(asked) });
      }
      seen.push(textOf(page).slice(0, 300));
    }
    throw new StoryProblem(this.words.say('expect.form'), `${mail.subject}: ${seen.join(' | ')}`);
  }

  /** Our links in the text part, each once; ?reply=… only fills the form in beforehand. */
  private linksIn(mail: Mail): string[] {
    const own = mail.text.split(/\s+/).filter((word) => word.includes(`${this.publicUrl}/`));
    const found = own.map((word) => /https?:\/\/[^\s<>"]+\/(?:r|feedback)\/[\w.-]+/.exec(word)?.[0]);
    return [...new Set(found.filter((link) => link !== undefined))];
  }

  private async open(link: string): Promise<{ page: string; url: string }> {
    const response = await fetch(link, { signal: AbortSignal.timeout(answersWithinMs) });
    const page = await response.text();
    if (!response.ok) throw new StoryProblem(this.words.say('expect.form'), `${response.status} ${textOf(page)}`);
    return { page, url: response.url };
  }

  private async send(form: Form, answers: Readonly<Record<string, string>>): Promise<void> {
    const response = await fetch(form.action, {
      method: form.method,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: filledIn(form, answers).toString(),
      signal: AbortSignal.timeout(answersWithinMs),
    });
    const page = await response.text();
    if (!response.ok) throw new StoryProblem(this.words.say('expect.posted'), `${response.status} ${textOf(page)}`);
  }
}

function hasFields(form: Form, answers: Readonly<Record<string, string>>): boolean {
  return Object.entries(answers).every(([name, answer]) => {
    const field = form.fields.find((f) => f.name === name);
    if (field === undefined) return false;
    return field.type === 'hidden'
      ? field.value === answer
      : field.choices.length === 0 || field.choices.includes(answer);
  });
}
