import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A door between our processes and a server; while it is shut, that server is away. */
export class Gate {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private frozen = false;
  private port = 0;

  private constructor(private readonly target: URL) {}

  static async before(url: string): Promise<Gate> {
    const gate = new Gate(new URL(url));
    await gate.open();
    return gate;
  }

  /** The target's address, through the gate. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  async open(): Promise<void> {
    if (this.frozen) this.dropAll();
    this.frozen = false;
    if (this.server) return;
    this.server = createServer((inner) => this.pass(inner));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Connections break and new ones are refused, as when the server is stopped. */
  async cut(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    this.dropAll();
    await closed;
  }

  /** Nothing comes through and nothing breaks, as when the machine behind has lost its network. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  private dropAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private pass(inner: Socket): void {
    const outer = connect(Number(this.target.port), this.target.hostname);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.frozen) from.pause();
    }
  }
}
