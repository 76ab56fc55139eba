import { Agent, request } from 'node:http';

/** A lean HTTP client: what it costs is taken from the same two cores as the server. */
export class Http {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  constructor(
    private readonly base: string,
    private readonly key: string,
  ) {}

  call<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const call = request(`${this.base}${path}`, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          if (status >= 400) reject(new Error(`${method} ${path}: ${status} ${answer}`));
          else resolve((answer === '' ? undefined : JSON.parse(answer)) as T);
        });
        response.on('error', reject);
      });
      call.on('error', reject);
      call.end(text);
    });
  }
}
