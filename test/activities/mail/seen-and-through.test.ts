import { describe, expect, test } from 'vitest';
import { sendMails } from '../../../activities/mail/send-mails.js';
import { planned } from '../../render/fixture.js';
import { bench, job, people } from './bench.js';

const secret = (): ReturnType<typeof planned> => {
  const state = planned();
  return {
    ...state,
    participants: state.participants.map((p) => (p.person === 'p7' ? { ...p, role: 'external', topics: [] } : p)),
    agenda: state.agenda.map((t, i) => (i === 0 ? { ...t, title: 'KRYPTON', confidential: true } : t)),
  };
};

describe('H7, H10 a mail says what its reader may see', () => {
  test('no word of a confidential topic, in text, HTML or calendar, but to who has it and the offices', async () => {
    const { deps, ports } = bench();
    const state = secret();
    await sendMails(deps, job({}, state));
    const readers = [state.host, state.initiator.person, state.agenda[0]!.presenter];
    for (const mail of ports.outbox) {
      const person = mail.to.address.split('@')[0]!;
      const seat = state.participants.find((p) => p.person === person);
      const offices = [state.coordinator, state.recorder, state.deputyHost, state.sponsor, ...readers];
      const knows = offices.includes(person) || seat?.topics.includes(state.agenda[0]!.topicId) === true;
      const materials = state.agenda[0]!.materials.some((m) => m.owner === person);
      const text = `${mail.text}${mail.html}${mail.calendar?.content.replace(/\r\n /g, '') ?? ''}`;
      expect([person, text.includes('KRYPTON')]).toEqual([person, knows || materials]);
    }
  });

  test('H7: an external person has no list of the others and no topic that is not theirs', async () => {
    const { deps, ports } = bench();
    const state = secret();
    await sendMails(deps, job({ to: ['p7'] }, state));
    const [mail] = ports.outbox;
    for (const t of state.agenda) expect(mail?.text).not.toContain(t.title);
    expect(mail?.text).toContain(state.title);
  });
});

describe('H4, H6 mails through an assistant', () => {
  const boss = people.map((p) => (p.id === 'p8' ? { ...p, through: 'p9' } : p));

  test('go to the assistant, say whom they are for, never in the subject, and carry links of the assistant', async () => {
    const { deps, ports } = bench({}, boss);
    await sendMails(deps, job({ to: ['p8'] }));
    const [mail] = ports.outbox;
    const name = people.find((p) => p.id === 'p8')!.name;
    expect(mail?.to).toEqual({ name, address: 'p9@example.com' });
    expect(mail?.subject).not.toContain(name);
    expect(mail?.text.split('\n').some((line) => line.includes(name) && /助理/.test(line))).toBe(true);
    const token = /\/r\/([\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(await deps.links.verify(token, { now: 0 })).toMatchObject({ person: 'p8', by: 'p9' });
  });

  test('stay with the person when the assistant has no address', async () => {
    const without = boss.map(({ email, ...p }) => (p.id === 'p9' || email === undefined ? p : { ...p, email }));
    const { deps, ports } = bench({}, without);
    await sendMails(deps, job({ to: ['p8'] }));
    expect(ports.outbox.map((m) => m.to.address)).toEqual(['p8@example.com']);
  });

  test('H4 who has left gets none, and takes none for others; nobody is asked to answer to them', async () => {
    const gone = boss.map((p) => (p.id === 'p9' ? { ...p, left: true } : p));
    const { deps, ports } = bench({}, gone);
    await sendMails(deps, job({ to: ['p8', 'p9'] }));
    expect(ports.outbox.map((m) => m.to.address)).toEqual(['p8@example.com']);
    const host = people.map((p) => (p.id === planned().host ? { ...p, left: true } : p));
    const other = bench({}, host);
    await sendMails(other.deps, job({ to: ['p8'] }));
    const was = people.find((p) => p.id === planned().host)?.email;
    expect(other.ports.outbox[0]?.replyTo?.address).not.toBe(was);
  });
});
