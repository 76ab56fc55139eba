import type { Locale } from '../../domain/meeting/state.js';
import { reasonOf } from '../problem.js';

/** One fault of a refusal, as RFC 9457 answers carry them. */
export interface ToldFault {
  code: string;
  path: string;
  message: string;
}

/** The API said no. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly title: string,
    readonly faults: ToldFault[],
  ) {
    super(`${method} ${path}: ${status} ${title} ${faults.map((f) => f.message).join(' ')}`.trim());
  }
}

/** Longer than the API itself waits for a worker. */
const answersWithinMs = 15_000;

/** A caller of the public HTTP API, with one key. */
export class Api {
  constructor(
    readonly url: string,
    private readonly key: string,
    private readonly locale: Locale,
  ) {}

  /** The same API with another key. */
  with(key: string): Api {
    return new Api(this.url, key, this.locale);
  }

  get = <T>(path: string): Promise<T> => this.call('GET', path);
  post = <T>(path: string, body: object = {}): Promise<T> => this.call('POST', path, body);
  patch = <T>(path: string, body: object): Promise<T> => this.call('PATCH', path, body);
  put = <T>(path: string, body: object): Promise<T> => this.call('PUT', path, body);

  /** A file, whatever is in it. */
  async file(path: string): Promise<Buffer> {
    const response = await this.send('GET', path);
    if (!response.ok) throw new ApiRefusal('GET', path, response.status, response.statusText, []);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Throws ApiRefusal for anything but 2xx, and a plain Error when nobody answers. */
  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.send(method, path, body);
    const answer = await readJson(response);
    if (response.ok) return answer as T;
    const { title, errors } = (answer ?? {}) as { title?: string; errors?: ToldFault[] };
    throw new ApiRefusal(method, path, response.status, title ?? response.statusText, errors ?? []);
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    try {
      return await fetch(this.url + path, {
        method,
        headers: {
          authorization: `Bearer ${this.key}`,
          'accept-language': this.locale,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(answersWithinMs),
      });
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      throw new Error(`${method} ${path}: ${reasonOf(cause)}`, { cause: error });
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return { title: text.slice(0, 300) };
  }
}
