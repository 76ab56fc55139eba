import { describe, expect, test } from 'vitest';
import { sendMails, TryAgain } from '../../../activities/mail/send-mails.js';
import { done } from '../../render/fixture.js';
import { at } from '../../support/meeting.js';
import { bench, everyone, job, people } from './bench.js';

describe('F5 the survey’s reminder says of nobody whether they answered', () => {
  const eligible = ['p1', 'p2', 'p7', 'p8'];
  const reminder = job(
    {
      mail: 'surveyReminder',
      occasion: 'surveyReminder',
      to: eligible,
      params: { closesAt: at('2026-02-05', '10:30') },
    },
    done(),
    at('2026-02-04', '08:40'),
  );

  test('only the silent get it; result, claims, heartbeats and logs are the same whoever they are', async () => {
    const run = async (silent: string[]): Promise<unknown> => {
      const b = bench();
      b.ports.silentPeople = silent;
      const summary = await sendMails(b.deps, reminder);
      expect(b.ports.outbox.map((m) => m.to.address).sort()).toEqual(silent.map((p) => `${p}@example.com`).sort());
      return {
        summary,
        claims: [...b.ports.rows.values()].sort((x, y) => x.key.person.localeCompare(y.key.person)),
        beats: b.beats,
        logged: b.logged,
      };
    };
    const one = await run(['p7']);
    const three = await run(['p1', 'p2', 'p8']);
    expect(JSON.stringify(one)).toBe(JSON.stringify(three));
  });

  test('a failure names nobody', async () => {
    const b = bench();
    b.ports.silentPeople = ['p7'];
    b.ports.onSend = () => {
      throw new Error('451 try later');
    };
    await expect(sendMails(b.deps, reminder)).rejects.toThrow(TryAgain);
    expect(b.logged.join()).not.toMatch(/p7|p1/);
  });

  test('a survey mail has no Reply-To: an answer would carry a name', async () => {
    const b = bench();
    await sendMails(b.deps, { ...reminder, effect: { ...reminder.effect, mail: 'survey' } });
    await sendMails(b.deps, reminder);
    expect(b.ports.outbox.every((m) => m.replyTo === undefined)).toBe(true);
  });
});

describe('H9 trial mode', () => {
  test('every mail goes to the one address, marked with whom it was for, and answers reach nobody', async () => {
    const trialTo = { name: 'Trial', address: 'trial@example.org' };
    const { deps, ports } = bench({ trialTo });
    await sendMails(deps, job({}));
    expect(new Set(ports.outbox.map((m) => m.to.address))).toEqual(new Set(['trial@example.org']));
    expect(ports.outbox).toHaveLength(everyone.length);
    for (const id of everyone) {
      const { name, email } = people.find((p) => p.id === id)!;
      expect(ports.outbox.filter((m) => m.subject.includes(`${name} <${email}>`))).toHaveLength(1);
    }
    expect(ports.outbox.every((m) => m.replyTo === undefined)).toBe(true);
  });

  test('who cannot be reached is shown as in earnest', async () => {
    const trialTo = { name: 'Trial', address: 'trial@example.org' };
    const { deps, ports } = bench(
      { trialTo },
      people.filter((p) => p.id !== 'p9'),
    );
    expect(await sendMails(deps, job({}))).toMatchObject({ failed: 1 });
    expect(ports.of('p9')).toEqual(['notice notice failed noChannel']);
  });
});
