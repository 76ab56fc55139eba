import { Agent, request } from 'node:http';

export interface Told {
  status: number;
  /** Milliseconds from the question to the answer. */
  took: number;
  /** Seconds; undefined without the header. */
  retryAfter: number | undefined;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of unknown shape
  body: any;
}

/** The HTTP API with one key. Every answer is an answer, whatever its status; only a broken connection throws. */
export class Caller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  with(key: string): Caller {
    return new Caller(this.url, key);
  }

  get = (path: string): Promise<Told> => this.call('GET', path);
  post = (path: string, body: object = {}, idempotencyKey?: string): Promise<Told> =>
    this.call('POST', path, body, idempotencyKey);
  put = (path: string, body: object, idempotencyKey?: string): Promise<Told> =>
    this.call('PUT', path, body, idempotencyKey);
  patch = (path: string, body: object, idempotencyKey?: string): Promise<Told> =>
    this.call('PATCH', path, body, idempotencyKey);

  private call(method: string, path: string, body?: object, idempotencyKey?: string): Promise<Told> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.key}`,
      'accept-language': 'en',
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}${path}`, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const after = response.headers['retry-after'];
          const answer = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            took: performance.now() - began,
            retryAfter: after === undefined ? undefined : Number(after),
            body: answer === '' ? undefined : JSON.parse(answer),
          });
        });
      });
      asked.on('error', reject);
      asked.end(text);
    });
  }
}

/** An answer that must be a success; else it says what it was. */
export async function ok(asked: Promise<Told>): Promise<Told['body']> {
  const { status, body } = await asked;
  if (status >= 200 && status < 300) return body;
  throw new Error(`${status} ${JSON.stringify(body)}`);
}
