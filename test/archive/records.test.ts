import { describe, expect, test } from 'vitest';
import { hashKey, newKey } from '../../archive/keys.js';
import type { MailKey } from '../../archive/ports.js';
import { aDepartment, aMeetingId, aPerson, describeEachArchive, fresh } from './support.js';

const aMail = (meetingId = aMeetingId()): MailKey => ({
  meetingId,
  kind: 'notice',
  person: aPerson(),
  occasion: 'published',
});

describeEachArchive('records', (archive) => {
  describe('mail claims', () => {
    test('a mail that was claimed and never sent is ours to send again; one that was sent or given up is not', async () => {
      const { claims } = archive();
      const [sent, failed] = [aMail(), aMail()];
      expect(await claims.claim(sent, 1, 'm1')).toBe('send');
      expect(await claims.claim(sent, 2, 'm1')).toBe('send');
      await claims.markSent(sent, 3);
      expect(await claims.claim(sent, 4, 'm1')).toBe('done');
      expect(await claims.claim(failed, 1, 'm2')).toBe('send');
      await claims.markFailed(failed, 2, '550 no such user');
      expect(await claims.claim(failed, 3, 'm2')).toBe('done');
    });

    test('"sent" is never undone, may be written twice, and does not need the claim', async () => {
      const { claims } = archive();
      const mail = aMail();
      await claims.markSent(mail, 5);
      await claims.markSent(mail, 9);
      await claims.markFailed(mail, 9, 'too late');
      expect(await claims.claim(mail, 10, 'm')).toBe('done');
      expect(await claims.deliveries(mail.meetingId)).toMatchObject([{ status: 'sent', sentAt: 5 }]);
    });

    test('a mail given up and then sent after all counts as sent', async () => {
      const mail = aMail();
      await archive().claims.claim(mail, 1, 'm');
      await archive().claims.markFailed(mail, 2, 'refused');
      await archive().claims.markSent(mail, 3);
      const [delivery] = await archive().claims.deliveries(mail.meetingId);
      expect(delivery).toMatchObject({ status: 'sent', sentAt: 3 });
      expect(delivery).not.toHaveProperty('reason');
    });

    test('the key is meeting, kind, person and occasion', async () => {
      const mail = aMail();
      const others: MailKey[] = [
        { ...mail, meetingId: aMeetingId() },
        { ...mail, kind: 'change' },
        { ...mail, person: aPerson() },
        { ...mail, occasion: 'again' },
      ];
      await archive().claims.claim(mail, 1, 'm');
      await archive().claims.markSent(mail, 1);
      for (const other of others) expect(await archive().claims.claim(other, 2, 'n')).toBe('send');
    });

    test('the host sees what became of each mail, in order', async () => {
      const { claims } = archive();
      const meetingId = aMeetingId();
      const [a, b] = [aMail(meetingId), aMail(meetingId)];
      await claims.claim(b, 2, '<b@x>');
      await claims.claim(a, 1, '<a@x>');
      await claims.markFailed(b, 3, '550');
      const common = { kind: 'notice', occasion: 'published' };
      expect(await claims.deliveries(meetingId)).toEqual([
        { ...common, person: a.person, messageId: '<a@x>', status: 'claimed', at: 1 },
        { ...common, person: b.person, messageId: '<b@x>', status: 'failed', at: 2, reason: '550' },
      ]);
      expect(await claims.deliveries(aMeetingId())).toEqual([]);
    });
  });

  describe('invitations', () => {
    test('N4 the same content keeps its SEQUENCE, another gets the next', async () => {
      const { invitations } = archive();
      const [meetingId, person] = [aMeetingId(), aPerson()];
      expect(await invitations.current(meetingId, person)).toBeNull();
      expect(await invitations.next(meetingId, person, 'h1', 'REQUEST')).toEqual({ sequence: 0, repeat: false });
      expect(await invitations.next(meetingId, person, 'h1', 'REQUEST')).toEqual({ sequence: 0, repeat: true });
      expect(await invitations.next(meetingId, person, 'h1', 'REQUEST')).toEqual({ sequence: 0, repeat: true });
      expect(await invitations.next(meetingId, person, 'h2', 'REQUEST')).toEqual({ sequence: 1, repeat: false });
      expect(await invitations.next(meetingId, person, 'h2', 'CANCEL')).toEqual({ sequence: 2, repeat: false });
      expect(await invitations.next(meetingId, person, 'h1', 'REQUEST')).toEqual({ sequence: 3, repeat: false });
      expect(await invitations.current(meetingId, person)).toEqual({ sequence: 3, method: 'REQUEST', hash: 'h1' });
      expect(await invitations.next(meetingId, aPerson(), 'h1', 'REQUEST')).toEqual({ sequence: 0, repeat: false });
    });

    test('N4 asked for at once, one sequence is given once', async () => {
      const { invitations } = archive();
      const [meetingId, person] = [aMeetingId(), aPerson()];
      const next = (n: number) => invitations.next(meetingId, person, `h${n % 5}`, 'REQUEST');
      const given = await Promise.all(Array.from({ length: 20 }, (_, n) => next(n)));
      const sequences = given.filter((g) => !g.repeat).map((g) => g.sequence);
      expect(sequences.sort((a, b) => a - b)).toEqual(sequences.map((_, i) => i));
    });
  });

  describe('minutes', () => {
    test('M1 a text is kept under its hash, which its keys’ order does not change', async () => {
      const { minutes } = archive();
      const meetingId = aMeetingId();
      const content = { summary: '總結', topics: [{ topicId: 't1', conclusion: '通過' }], nextMeetingAt: 5 };
      const hash = await minutes.save(meetingId, content);
      const turned = { nextMeetingAt: 5, topics: [{ conclusion: '通過', topicId: 't1' }], summary: '總結' };
      expect(await minutes.save(meetingId, turned)).toBe(hash);
      expect(await minutes.load(meetingId, hash)).toEqual(content);
      expect(await minutes.save(meetingId, { ...content, summary: '更正' })).not.toBe(hash);
      expect(await minutes.load(aMeetingId(), hash)).toBeNull();
      expect(await minutes.load(meetingId, 'none')).toBeNull();
    });
  });

  describe('backlog', () => {
    const aTopic = (department: string) => ({
      topicId: `${aMeetingId()}-t1`,
      title: '交期',
      reason: 'facts',
      department,
      factQuestion: '模具何時完成?',
    });

    test('E11 a topic waits once, by its identity, as it was left last', async () => {
      const { backlog } = archive();
      const [department, first, second] = [aDepartment(), aMeetingId(), aMeetingId()];
      const topic = aTopic(department);
      await backlog.put(first, 10, [topic]);
      await backlog.put(first, 10, [topic]);
      expect(await backlog.list({ department })).toEqual([{ ...topic, meetingId: first, at: 10 }]);
      const later = { ...topic, reason: 'unreached', seriesId: 's1' };
      await backlog.put(second, 20, [later]);
      await backlog.put(first, 10, [topic]);
      expect(await backlog.list({ department })).toEqual([{ ...later, meetingId: second, at: 20 }]);
    });

    test('topics are found by department and by series, oldest first; none is no fault', async () => {
      const { backlog } = archive();
      const [department, seriesId, meetingId] = [aDepartment(), `s${fresh()}`, aMeetingId()];
      const [a, b] = [aTopic(department), { ...aTopic(department), seriesId }];
      await backlog.put(meetingId, 2, [b]);
      await backlog.put(meetingId, 1, [a]);
      await backlog.put(meetingId, 1, []);
      expect((await backlog.list({ department })).map((t) => t.topicId)).toEqual([a.topicId, b.topicId]);
      expect((await backlog.list({ seriesId })).map((t) => t.topicId)).toEqual([b.topicId]);
      expect(await backlog.list({ department: aDepartment() })).toEqual([]);
    });
  });

  describe('keys', () => {
    test('a key is known by its hash until it is revoked', async () => {
      const { keys } = archive();
      const { key, hash } = newKey();
      expect(hashKey(key)).toBe(hash);
      const person = aPerson();
      const made = await keys.create({ hash, role: 'member', person, scopes: ['act-as'], label: 'PMO' });
      expect(made).toMatchObject({ role: 'member', person, scopes: ['act-as'], label: 'PMO' });
      expect(await keys.verify(hash)).toEqual(made);
      expect(await keys.verify(hashKey('another'))).toBeNull();
      expect(await keys.revoke(made.id)).toBe(true);
      expect(await keys.revoke(made.id)).toBe(false);
      expect(await keys.verify(hash)).toBeNull();
      const listed = (await keys.list()).find((k) => k.id === made.id);
      expect(listed?.revokedAt).toBeGreaterThanOrEqual(made.createdAt);
    });

    test('a configured key is made once, however many processes start with it', async () => {
      const { hash } = newKey();
      const make = () => archive().keys.create({ hash, role: 'admin', label: 'configured' });
      const made = await Promise.all([make(), make(), make()]);
      expect(new Set(made.map((key) => key.id)).size).toBe(1);
      expect((await archive().keys.list()).filter((key) => key.id === made[0]?.id)).toHaveLength(1);
    });
  });
});
