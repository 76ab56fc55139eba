/** H2: a digest is read line by line, each as the reminder that it stands for. */
import { catalogues, locales } from '../../locales/index.js';
import type { Mail } from './mailbox.js';
import { kindOf, type MailKind } from './people.js';

/** A line's heading, or the form behind its link, says what it is. */
const byPurpose: Readonly<Record<string, MailKind>> = {
  talk: 'missed',
  check: 'pleaseCheck',
  survey: 'surveyReminder',
  decision: 'escalation',
};

/** A mail as what its reader finds in it: a digest is several reminders, any other mail itself. */
export function remindersIn(mail: Mail): Mail[] {
  if (kindOf(mail.subject) !== 'digest') return [mail];
  return mail.text.split(/^== /m).flatMap((section) => {
    const [heading = '', ...rest] = section.split('\n');
    const lines = rest.join('\n').split(/^- /m).slice(1);
    return lines.flatMap((line) => reminderOf(mail, heading.replace(/ ==$/, ''), line));
  });
}

function reminderOf(mail: Mail, heading: string, line: string): Mail[] {
  const token = /\/(?:r|feedback)\/([\w-]+)\.([\w-]+)\./.exec(line)?.[2];
  if (token === undefined) return [];
  const { purpose } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { purpose: string };
  const mails = locales.map((locale) => catalogues[locale]['mail'] ?? {});
  const isOverdue = mails.some((texts) => texts['digest.heading.overdue'] === heading);
  const isNews = mails.some((texts) => texts['digest.heading.news'] === heading);
  const kind = byPurpose[purpose] ?? (isNews ? 'decided' : isOverdue ? 'missed' : 'actionReminder');
  const [title = ''] = line.split('\n');
  const [beginning = ''] = (catalogues['zh-TW']['subject']?.[kind] ?? '').split('{');
  return [{ ...mail, subject: `${beginning}${title}`, text: line }];
}
