import { MailRefused } from '../ports.js';

/**
 * Why a mail did not go out, as a code for logs and for the host's list: what mail servers answer names addresses, and the
 * archive holds ids only (design §3).
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof MailRefused && /^[a-zA-Z]{1,40}$/.test(error.message)) return error.message;
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const smtp = smtpCode(error.message) ?? (typeof responseCode === 'number' ? String(responseCode) : undefined);
  if (smtp !== undefined) return smtp;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : error.name.slice(0, 40);
}

/** `550 5.1.1` of a server's answer. */
export function smtpCode(text: string): string | undefined {
  const found = /(?:^|[\s:(])([45]\d\d)(?:[ -](\d\.\d{1,3}\.\d{1,3}))?(?=$|[\s:,.)-])/.exec(text);
  return found ? [found[1], found[2]].filter(Boolean).join(' ') : undefined;
}
