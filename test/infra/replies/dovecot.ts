/** A real IMAP server for one test file: Dovecot, with one mailbox that letters are put into. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../infra/embedded/ports.js';
import { until } from '../../faults/until.js';
import { connect } from 'node:net';

const program = '/usr/sbin/dovecot';
export const hasDovecot = existsSync(program);

/** It lets nobody in as root: then the mailbox belongs to the user `mail`. */
const mailUser = { uid: 8, gid: 8 };

export class Dovecot {
  private letters = 0;
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly owner: { uid: number; gid: number },
    private readonly end: () => Promise<void>,
  ) {}

  static async start(): Promise<Dovecot> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dovecot-'));
    const me = userInfo();
    const owner = me.uid === 0 ? mailUser : me;
    const port = await freePort('127.0.0.1');
    for (const part of ['mail', 'mail/new', 'mail/cur', 'mail/tmp']) {
      await mkdir(path.join(folder, part));
      await chown(path.join(folder, part), owner.uid, owner.gid);
    }
    await chown(folder, owner.uid, owner.gid);
    const config = path.join(folder, 'dovecot.conf');
    await writeFile(config, configuration(folder, port, me.username, owner));
    const child = spawn(program, ['-F', '-c', config], { stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await until('the IMAP server answers', () => answers(port));
    return new Dovecot(`imap://an:secret@127.0.0.1:${port}/INBOX`, folder, owner, async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    });
  }

  async put(letter: Buffer): Promise<void> {
    const file = path.join(this.folder, 'mail', 'new', `${Date.now()}.${this.letters++}.test`);
    await writeFile(file, letter);
    await chown(file, this.owner.uid, this.owner.gid);
  }

  stop(): Promise<void> {
    return this.end();
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(1_000, () => (socket.destroy(), resolve(false)));
    socket.once('close', () => resolve(false));
    socket.once('data', () => (resolve(true), socket.destroy()));
    socket.once('error', () => resolve(false));
  });

const configuration = (folder: string, port: number, user: string, owner: { uid: number; gid: number }): string => `
protocols = imap
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${folder}/mail
${user === 'root' ? '' : `default_internal_user = ${user}\ndefault_login_user = ${user}`}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
