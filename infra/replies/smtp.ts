import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream } from 'smtp-server';
import { StartProblem } from '../problem.js';

/** Takes a message; false: not now, bring it again. */
export type TakeMessage = (source: Buffer) => Promise<boolean>;

/** Bytes: an answer is small; what is larger is no answer. */
const largest = 1_048_576;
const atOnce = 20;

/**
 * N2: where the mail server in front hands over what is sent to our address. Everything is taken, and what is no answer is
 * forgotten: a refusal would make that server write to senders that were never ours. Only what cannot be kept now is put
 * off (451).
 */
export async function listenForReplies(
  { host, port }: { host: string; port: number },
  take: TakeMessage,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    banner: 'Convoke takes calendar replies',
    size: largest,
    maxClients: atOnce,
    socketTimeout: 30_000,
    closeTimeout: 5_000,
    onData: (stream, _session, answer) => {
      void received(stream, take).then(
        (kept) => answer(kept ? null : later()),
        () => answer(later()),
      );
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`REPLIES_SMTP: cannot listen on ${host}:${port}: ${reason}. Set it to a free address.`);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function received(stream: SMTPServerDataStream, take: TakeMessage): Promise<boolean> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
  }
  return size > largest ? true : take(Buffer.concat(chunks));
}

const later = (): Error => Object.assign(new Error('Not now, please try again'), { responseCode: 451 });
