/** A mail server in a process of its own that takes everything and keeps nothing. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, answer) => {
    stream.on('end', () => answer());
    stream.resume();
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  process.send?.(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
});
process.on('SIGTERM', () => process.exit(0));
