import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { type Config, loadConfig, readyUrl, type Role } from '../../infra/config.js';
import { StartProblem } from '../../infra/problem.js';
import { loadSecrets } from '../../infra/secrets.js';
import { settingsSchema } from '../../infra/settings.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convoke-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function faultsOf(env: Record<string, string>, role?: Role): string {
  try {
    loadConfig(env, role);
  } catch (error) {
    if (error instanceof StartProblem) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('settings (design §5)', () => {
  test('nothing has to be set: these are the defaults', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: undefined,
      dataFolder: path.resolve('.convoke'),
      timeTravel: false,
      timeZone: 'Asia/Taipei',
      locale: 'zh-TW',
      temporal: { address: undefined, namespace: 'default' },
      ports: { temporal: 7233, temporalUi: 8233, smtp: 1025, inbox: 1080 },
      mail: { smtpUrl: undefined, from: { name: 'Convoke', address: 'convoke@localhost' }, trialTo: undefined },
    });
    expect(config.calendar.id).toBe('TW');
  });

  test('the working calendar follows the zone unless it is named', async () => {
    expect(loadConfig({ CONVOKE_TIME_ZONE: 'Asia/Shanghai' }).calendar.id).toBe('CN');
    expect(loadConfig({ CONVOKE_TIME_ZONE: 'Europe/Berlin' }).calendar.id).toBe('none');
    expect(loadConfig({ CONVOKE_TIME_ZONE: 'Europe/Berlin', CONVOKE_CALENDAR: 'CN' }).calendar.id).toBe('CN');
    const file = path.join(folder, 'calendar.json');
    await writeFile(file, JSON.stringify({ id: 'ours', holidays: ['2027-05-06'] }));
    expect(loadConfig({ CONVOKE_CALENDAR: file }).calendar).toMatchObject({ id: 'ours', holidays: ['2027-05-06'] });
    await writeFile(file, JSON.stringify({ id: 'ours', holidays: ['2027-02-30'] }));
    expect(faultsOf({ CONVOKE_CALENDAR: file })).toMatch(
      /CONVOKE_CALENDAR the calendar in .* calendar\.date at holidays\[0\]/,
    );
  });

  test('reverse proxies are addresses or networks', () => {
    expect(loadConfig({ TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,::1' }).trustProxy).toEqual([
      '127.0.0.1',
      '10.0.0.0/8',
      '::1',
    ]);
    for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/8/1', 'true'])
      expect(faultsOf({ TRUST_PROXY: wrong })).toMatch(/TRUST_PROXY must be addresses/);
  });

  test('an empty value counts as unset, as compose files write it', () => {
    expect(loadConfig({ PORT: '', SMTP_URL: ' ', TEMPORAL_ADDRESS: '' }).port).toBe(3000);
  });

  test('every fault is named at once, with the value unless it is a secret', () => {
    const message = faultsOf({
      PORT: '70000',
      PUBLIC_URL: 'convoke.example.org',
      CONVOKE_TIME_TRAVEL: 'maybe',
      CONVOKE_TIME_ZONE: 'Mars/Olympus',
      CONVOKE_LOCALE: 'fr',
      CONVOKE_CALENDAR: '/no/such/file',
      CONVOKE_SECRET: 'long-enough-secret-1,tiny',
      CONVOKE_ADMIN_KEY: 'tiny',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      SMTP_URL: 'mail.example.org',
      MAIL_FROM: 'nobody',
      DKIM_KEY: 'nonsense',
      CHAT_WECOM: 'corp:hunter2',
      CHAT_GROUPS: '[{"name":"G","kind":"webhook","url":"https://x.example","secret":"hunter2"}]',
      TEMPORAL_ADDRESS: 'http://temporal',
    });
    expect(message).toMatch(/^Convoke cannot start: 15 settings are wrong or missing\.\n/);
    expect(message.match(/^ {2}- ([A-Z_]+) /gm)).toHaveLength(15);
    expect(message).toContain('PORT must be a whole number from 0 (any free port) to 65535 (it is "70000")');
    expect(message).toContain('README.md');
    expect(message).not.toMatch(/hunter2|tiny|nonsense/);
  });

  test('F7 chats, as their vendors name the parts; a fault repeats no secret', () => {
    const secret = `whsec_${Buffer.from('a secret of the other system').toString('base64')}`;
    const groups = [{ name: '研發部', kind: 'dingtalk', url: 'https://oapi.dingtalk.com/robot/send?access_token=t' }];
    const { chat } = loadConfig({
      CHAT_WECOM: 'ww1:s-_3:1000002',
      CHAT_DINGTALK: 'ding1:s:7@http://127.0.0.1:9/',
      CHAT_FEISHU: 'cli_1:s',
      CHAT_SLACK: 'xoxb-1-2',
      CHAT_WEBHOOK: `${secret}@https://bus.example.org/in`,
      CHAT_GROUPS: JSON.stringify(groups),
    });
    expect(chat).toEqual({
      wecom: { corpId: 'ww1', secret: 's-_3', agentId: '1000002' },
      dingtalk: { appKey: 'ding1', appSecret: 's', agentId: '7', base: 'http://127.0.0.1:9/' },
      feishu: { appId: 'cli_1', appSecret: 's' },
      slack: { token: 'xoxb-1-2' },
      webhook: { secret, url: 'https://bus.example.org/in' },
      groups,
    });
    const faults = faultsOf({
      CHAT_WEBHOOK: 'hunter2@https://bus.example.org/in',
      CHAT_SLACK: 'hunter2:x',
      CHAT_DINGTALK: 'a:hunter2:seven',
      CHAT_GROUPS: '/no/such/file',
    });
    expect(faults).toMatch(/4 settings/);
    expect(faults).toMatch(/CHAT_DINGTALK must be appKey:appSecret:agentId/);
    expect(faults).not.toContain('hunter2');
    const twice = JSON.stringify([...groups, ...groups]);
    expect(faultsOf({ CHAT_GROUPS: twice })).toContain('name is wrong');
  });

  test('no environment makes it throw anything but one start problem', () => {
    const names = Object.keys(settingsSchema.shape);
    const environment = fc.dictionary(fc.constantFrom(...names), fc.string());
    fc.assert(
      fc.property(environment, (env) => {
        const message = faultsOf(env);
        expect(message === 'no fault' || message.startsWith('Convoke cannot start: ')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('separate processes need what they would otherwise embed, named all at once', () => {
    expect(faultsOf({}, 'worker')).toMatch(
      /3 settings.*\n.*DATABASE_URL.*PostgreSQL.*\n.*TEMPORAL_ADDRESS.*\n.*SMTP_URL/,
    );
    expect(faultsOf({ DATABASE_URL: 'postgres://u@h/d' }, 'api')).toMatch(
      /one setting.*\n.*TEMPORAL_ADDRESS is needed by a separate api process/,
    );
    const complete = { DATABASE_URL: 'postgres://u@h/d', TEMPORAL_ADDRESS: 'h:7233', SMTP_URL: 'smtp://h' };
    expect(faultsOf(complete, 'worker')).toBe('no fault');
  });

  test('addresses: what is accepted', () => {
    expect(loadConfig({ MAIL_FROM: '會議秘書 <pmo@example.org>' }).mail.from).toEqual({
      name: '會議秘書',
      address: 'pmo@example.org',
    });
    expect(loadConfig({ MAIL_TRIAL_TO: 'me@example.org' }).mail.trialTo).toEqual({
      name: '',
      address: 'me@example.org',
    });
    expect(faultsOf({ MAIL_FROM: 'a@b.c\r\nBcc: d@e.f' })).toContain('MAIL_FROM');
    expect(loadConfig({ PUBLIC_URL: 'https://meet.example.org/' })).toMatchObject({
      publicUrl: 'https://meet.example.org',
      mail: { from: { address: 'convoke@meet.example.org' } },
    });
    expect(readyUrl('0.0.0.0', 3000)).toBe('http://127.0.0.1:3000');
    expect(readyUrl('::', 3000)).toBe('http://[::1]:3000');
    expect(readyUrl('10.0.0.5', 80)).toBe('http://10.0.0.5:80');
  });
});

describe('secrets', () => {
  const config = (change: Partial<Config> = {}) => ({
    ...loadConfig({ CONVOKE_DATA: path.join(folder, 'data') }),
    ...change,
  });

  test('made at the first start, readable only by the owner, the same at the next', async () => {
    const first = loadSecrets(config());
    expect(first.secrets[0]!.length).toBeGreaterThanOrEqual(32);
    expect(first.adminKey).not.toBe(first.secrets[0]);
    expect(first.adminKeyFile).toBe(path.join(folder, 'data', 'admin-key'));
    expect(first.madeHere).toEqual(['CONVOKE_SECRET', 'CONVOKE_ADMIN_KEY']);
    for (const name of ['secret', 'admin-key']) {
      expect((await stat(path.join(folder, 'data', name))).mode & 0o777).toBe(0o600);
    }
    expect(loadSecrets(config())).toEqual(first);
  });

  test('configured ones: the first signs, the old ones still verify, nothing is written', async () => {
    const configured = loadConfig({
      CONVOKE_DATA: path.join(folder, 'none'),
      CONVOKE_SECRET: 'the-new-secret-0123, the-old-secret-0123',
      CONVOKE_ADMIN_KEY: 'an-admin-key-0123456',
    });
    expect(loadSecrets(configured)).toMatchObject({
      secrets: ['the-new-secret-0123', 'the-old-secret-0123'],
      adminKey: 'an-admin-key-0123456',
      adminKeyFile: undefined,
      madeHere: [],
    });
    await expect(stat(path.join(folder, 'none'))).rejects.toThrow(/ENOENT/);
  });

  test('a file that is no secret, and a folder that cannot be written, are start problems', async () => {
    loadSecrets(config());
    await writeFile(path.join(folder, 'data', 'secret'), 'x');
    expect(() => loadSecrets(config())).toThrow(StartProblem);
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    expect(() => loadSecrets(config({ dataFolder: path.join(file, 'data') }))).toThrow(/cannot be used.*CONVOKE_DATA/s);
    expect(await readFile(file, 'utf8')).toBe('');
  });
});
