/** A server that speaks as much of S3 as a store of files needs: put, get, head; signatures looked at, bodies checked. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class S3Server {
  readonly objects = new Map<string, Buffer>();
  readonly calls: string[] = [];
  down = false;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { pathname } = new URL(request.url ?? '/', 'http://local');
    this.calls.push(`${request.method} ${pathname}`);
    if (this.down) return refuse(response, 503, 'SlowDown');
    const signed =
      /^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/eu-central-1\/s3\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/;
    if (!signed.test(request.headers.authorization ?? '')) return refuse(response, 403, 'AccessDenied');
    if (!pathname.startsWith('/bucket/')) return refuse(response, 404, 'NoSuchBucket');
    if (request.method === 'PUT') return this.put(pathname, body, request, response);
    const found = this.objects.get(pathname);
    if (found === undefined) return refuse(response, 404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': found.length, etag: '"x"' });
    response.end(request.method === 'HEAD' ? undefined : found);
  }

  private put(path: string, body: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const hash = createHash('sha256').update(body).digest('hex');
    if (request.headers['x-amz-content-sha256'] !== hash) return refuse(response, 400, 'XAmzContentSHA256Mismatch');
    this.objects.set(path, body);
    response.writeHead(200, { etag: '"x"' });
    response.end();
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}
