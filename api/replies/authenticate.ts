/** Whether the mail server in front of us vouches for the sender (RFC 8601). */

export type Vouched = 'yes' | 'no' | 'unsaid';

/**
 * Reads the results that our own front server wrote: only fields with its name count, since anybody can write others, and
 * of those only the topmost. `yes`: DMARC passed, or DKIM or SPF passed for the domain of the sender.
 */
export function vouchedFor(authenticationResults: string[], authserv: string, from: string): Vouched {
  const ours = authenticationResults.find((field) => nameOf(field) === authserv.toLowerCase());
  if (ours === undefined) return 'unsaid';
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const results = resultsOf(ours);
  if (results.some((r) => r.method === 'dmarc' && r.result === 'fail')) return 'no';
  if (results.some((r) => r.method === 'dmarc' && r.result === 'pass')) return 'yes';
  if (results.some((r) => r.result === 'pass' && r.domains.some((d) => isAligned(d, domain)))) return 'yes';
  return results.some((r) => ['fail', 'softfail', 'permerror'].includes(r.result)) ? 'no' : 'unsaid';
}

const nameOf = (field: string): string => (field.split(';')[0] ?? '').trim().split(/\s/)[0]?.toLowerCase() ?? '';

interface Result {
  method: string;
  result: string;
  domains: string[];
}

/** `dkim=pass header.d=example.org; spf=pass smtp.mailfrom=li@example.org`; comments in brackets are left out. */
function resultsOf(field: string): Result[] {
  const plain = field.replace(/\([^()]*\)/g, ' ');
  return plain
    .split(';')
    .slice(1)
    .flatMap((part) => {
      const found = /^\s*([a-z-]+)(?:\/\d+)?\s*=\s*([a-z]+)/i.exec(part);
      if (found === null) return [];
      const names = [...part.matchAll(/(?:header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*"?([^\s";]+)/gi)];
      const domains = names.map((n) => (n[1] ?? '').slice((n[1] ?? '').lastIndexOf('@') + 1).toLowerCase());
      return [{ method: found[1]!.toLowerCase(), result: found[2]!.toLowerCase(), domains }];
    });
}

/** The sender's domain, or one above it that is no bare top-level domain. */
const isAligned = (signed: string, domain: string): boolean =>
  signed.includes('.') && (signed === domain || domain.endsWith(`.${signed}`));
