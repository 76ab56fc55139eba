import { ChatAway, ChatBusy, ChatRefused } from './channel.js';

const timeoutMs = 10_000;
/** Bytes of an answer that are read. */
const longest = 65_536;
const busyMs = 60_000;
const longestBusyMs = 3_600_000;

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/**
 * Asks and returns the answer, also when it is a refusal: some vendors say why in the body of a 400. 429 → ChatBusy by
 * Retry-After; 5xx → ChatAway; no answer within 10 s rejects. Redirects are not followed: an address leads where it says.
 */
export async function ask(
  url: URL,
  { method = 'POST', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }), ...headers },
    ...(text === undefined ? {} : { body: text }),
  });
  const answer = (await response.text()).slice(0, longest);
  if (response.status === 429) throw new ChatBusy(retryAfterMs(response.headers.get('retry-after')));
  if (response.status >= 500) throw new ChatAway(`http ${response.status}`);
  return { status: response.status, body: parsed(answer) };
}

/** For who has said nothing in the body: anything but 2xx is a no. */
export function requireOk({ status }: Answer): void {
  if (status < 200 || status > 299) throw new ChatRefused(`http ${status}`);
}

function retryAfterMs(header: string | null): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, longestBusyMs) : busyMs;
}

/** Some answer `ok` instead of JSON. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { text };
  } catch {
    return { text };
  }
}

/** A vendor's numeric code; `otherwise` when there is none. */
export function codeOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) ? value : otherwise;
}
