import { ChatBusy, ChatRefused } from './channel.js';

const timeoutMs = 10_000;
/** Bytes of an answer that are read. */
const longest = 65_536;
const busyMs = 60_000;

/**
 * Asks and returns the JSON answer. 429 → ChatBusy by Retry-After; another 4xx → ChatRefused with the status; 5xx, no answer
 * within 10 s or a broken one → an error to be tried again. Redirects are not followed: an address leads where it says.
 */
export async function askJson(
  url: URL,
  { method = 'POST', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Record<string, unknown>> {
  const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }), ...headers },
    ...(text === undefined ? {} : { body: text }),
  });
  const answer = (await response.text()).slice(0, longest);
  if (response.status === 429) throw new ChatBusy(retryAfterMs(response.headers.get('retry-after')));
  if (response.status >= 400 && response.status < 500) throw new ChatRefused(`http ${response.status}`);
  if (!response.ok) throw new Error(`http ${response.status}`);
  return parsed(answer);
}

function retryAfterMs(header: string | null): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) * 1_000 : busyMs;
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
