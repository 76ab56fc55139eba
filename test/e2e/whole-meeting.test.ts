/** The rules of a meeting's whole life, where HTTP, mail and archive meet. Each test goes on where the last one ended. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '../faults/caller.js';
import { describeOneDatabase } from '../support/postgres.js';
import { agreed, invited, mail, names, voters, wednesday } from './agreed.js';
import { fill, Meeting, plusDays, show, taipeiTime } from './meeting.js';
import { linksIn } from './mailroom.js';
import { Product } from './product.js';
import { understood } from './understood.js';

const [tuesday, thursday] = [plusDays(wednesday, -1), plusDays(wednesday, 1)];

describeOneDatabase('a whole meeting', (database) => {
  let product: Product;
  let meeting: Meeting;
  let topics: string[];
  beforeAll(async () => {
    product = await Product.start(database());
    await ok(product.api.put(`/v1/people/${mail('jo')}`, { locale: 'en' }));
    await ok(product.api.put(`/v1/departments/${encodeURIComponent('製造部')}`, { head: mail('boss') }));
  }, 120_000);
  afterAll(() => product?.stop(), 60_000);

  test('P1–P7 a draft is shown by priority, with an open discussion, and mails nobody', async () => {
    meeting = await Meeting.create(product, agreed('試產協調會'));
    const { phase, agenda, openDiscussionMinutes, warnings, sharedGoal } = await meeting.read();
    expect({ phase, openDiscussionMinutes, warnings, sharedGoal }).toEqual({
      phase: 'preparation',
      openDiscussionMinutes: 10,
      warnings: [],
      sharedGoal: '一月底前第一批出貨',
    });
    expect(agenda.map((t: { title: string }) => t.title)).toEqual(['試產開始日', '組裝人力', '下一步']);
    topics = agenda.map((t: { topicId: string }) => t.topicId);
    await meeting.quiet();
    expect(await meeting.deliveries()).toEqual([]);
    expect(meeting.letters()).toEqual([]);
  });

  test('N1, H3, C1 the notice: one mail each to exactly those invited, with what, when, where and the shared goal', async () => {
    await meeting.post('/publish');
    await meeting.quiet();
    expect(
      meeting
        .letters()
        .map(({ to }) => to)
        .sort(),
    ).toEqual([...invited].sort());
    const letter = await meeting.letter(mail('bo'), '【開會通知】試產協調會');
    for (const said of [
      '09:30–10:30',
      '第一會議室',
      '一月底前第一批出貨',
      '報告議題：組裝人力',
      '試產開始日 — 20 分鐘',
    ])
      expect(letter.text).toContain(said);
    expect((await meeting.letter(mail('jo'), '[Meeting notice] 試產協調會')).text).toContain('Your role: Recorder');
    for (const { subject } of meeting.letters())
      expect(Object.values(names).filter((n) => subject.includes(n))).toEqual([]);
  });

  test('N1 iCalendar REQUEST: a calendar program reads time, zone and who is asked to reply', async () => {
    const { calendar, calendarTypes, source } = await meeting.letter(mail('bo'), '【開會通知】');
    expect(understood(calendar)).toMatchObject({
      method: 'REQUEST',
      sequence: 0,
      tzid: 'Asia/Taipei',
      startsAt: Date.parse(taipeiTime(wednesday, '09:30')),
      place: '第一會議室',
      attendees: [[`mailto:${mail('bo')}`, 'TRUE']],
    });
    expect(calendarTypes.some((type) => /method=REQUEST/i.test(type))).toBe(true);
    expect(source).toMatch(/Content-Disposition: attachment; filename="?[\w.-]+\.ics/);
    const lines = (calendar ?? '').split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75 || line.includes('\n') || line.includes('�'))).toEqual(
      [],
    );
  });

  test('N4 another place: the same UID with a higher SEQUENCE to everybody, and nobody twice', async () => {
    const before = understood((await meeting.letter(mail('su'), '【開會通知】')).calendar);
    await ok(product.api.patch(meeting.path(), { place: '第二會議室' }));
    await meeting.pass(61);
    const changed = understood((await meeting.letter(mail('su'), '【會議異動】')).calendar);
    expect(changed).toMatchObject({ method: 'REQUEST', uid: before.uid, place: '第二會議室' });
    expect(Number(changed.sequence)).toBeGreaterThan(Number(before.sequence));
    const told = await meeting.sent('change');
    expect(told.map((line) => line.split(' ')[0])).toEqual([...invited].sort());
  });

  test('N4 who is taken off gets a CANCEL, the others nothing', async () => {
    const before = meeting.letters().length;
    const { participants } = agreed('');
    const without = participants.filter(({ email }) => email !== mail('ob'));
    await ok(product.api.patch(meeting.path(), { participants: without }));
    await meeting.pass(61);
    const letter = await meeting.letter(mail('ob'), '【會議異動】', 2);
    expect(letter.text).toContain('您不需要出席');
    const [earlier] = meeting.letters(mail('ob'));
    expect(understood(letter.calendar)).toMatchObject({
      method: 'CANCEL',
      uid: understood(earlier?.calendar).uid,
      sequence: 2,
    });
    await meeting.quiet();
    expect(meeting.letters().length).toBe(before + 1);
    await ok(product.api.patch(meeting.path(), { participants }));
    await meeting.pass(61);
    expect(understood((await meeting.letter(mail('ob'), '【開會通知】', 2)).calendar).sequence).toBe(3);
  });

  test('N2 a reply by link: GET changes nothing, POST does, and a reversal is confirmed by mail', async () => {
    const link = await meeting.link(mail('bo'), '【開會通知】');
    const { revision } = await meeting.read();
    const replyOf = async (name: string) =>
      (await meeting.read()).participants.find((p: { email: string }) => p.email === mail(name))?.reply;
    for (const address of [link, `${link}?reply=declined`, `${link}?done=reply`])
      expect((await show(address)).status).toBe(200);
    expect({ revision: (await meeting.read()).revision, reply: await replyOf('bo') }).toEqual({ revision });

    expect((await fill(link, { reply: 'declined', comment: '出差' })).status).toBe(303);
    expect(await replyOf('bo')).toBe('declined');
    expect(await meeting.sent('replyChanged')).toEqual([]);
    expect((await fill(link, { reply: 'accepted' })).status).toBe(303);
    expect(await replyOf('bo')).toBe('accepted');
    const reversal = await meeting.letter(mail('bo'), '【回覆已變更】');
    expect(reversal.text).toContain('已由「無法出席」改為「會出席」');
    for (const name of ['jo', 'ka', 'li', 'mo', 'su']) await meeting.put(`/rsvps/${mail(name)}`, { reply: 'accepted' });
    expect((await fill(`${link}x`, { reply: 'declined' })).status).toBe(404);
    expect(await replyOf('bo')).toBe('accepted');
  });

  test('N2 the silent are reminded at 10:00 on the last working day before, key people again at 15:00', async () => {
    await meeting.goTo(tuesday, '09:59');
    expect(await meeting.sent('replyReminder')).toEqual([]);
    await meeting.goTo(tuesday, '16:00');
    expect(await meeting.sent('replyReminder')).toEqual([
      `${mail('an')} ${tuesday} 10:00`,
      `${mail('an')} ${tuesday} 15:00`,
      `${mail('ob')} ${tuesday} 10:00`,
    ]);
  });

  test('H11, E3 opened from 15 minutes before; the roll call', async () => {
    await meeting.goTo(wednesday, '09:14');
    expect(await meeting.refused('/open')).toMatchObject({ status: 409, code: 'H11.tooEarly' });
    await meeting.goTo(wednesday, '09:16');
    await meeting.post('/open');
    for (const name of voters) await meeting.put(`/attendance/${mail(name)}`, { present: true });
    await meeting.put(`/attendance/${mail('su')}`, { present: false });
    await meeting.put(`/attendance/${mail('su')}`, { present: true });
    const { participants, phase } = await meeting.read();
    const there = participants.filter((p: { present?: boolean }) => p.present === true);
    expect({ phase, there: there.length }).toEqual({ phase: 'execution', there: 8 });
  });

  test('E4, E5 one live topic at a time, its time measured; key points', async () => {
    const [first, second] = topics as [string, string];
    await meeting.post(`/topics/${first}/start`);
    const refusal = await meeting.refused(`/topics/${second}/start`);
    expect(refusal).toMatchObject({ status: 409, code: 'E4.otherLive' });
    expect(await meeting.refused('/votes', { topicId: first, motion: '試產' })).toMatchObject({
      code: 'H11.noVoteYet',
    });
    const point = { topicId: first, text: '模具驗收延後一週', kind: 'concern', department: '製造部' };
    await meeting.post('/key-points', point);
    await meeting.goTo(wednesday, '09:36');
    const { agenda, keyPoints } = await meeting.read();
    expect(agenda[0]).toMatchObject({ status: 'live', minutes: 20 });
    expect(agenda[0].actualMinutes).toBeGreaterThan(18);
    expect(keyPoints).toMatchObject([{ text: '模具驗收延後一週', kind: 'concern', department: { name: '製造部' } }]);
  });

  const cast = (vote: string, name: string, choice: string) =>
    product.api.put(meeting.path(`/votes/${vote}/ballots/${mail(name)}`), { choice });

  test('E8, E9 an open vote: ballots can be changed; 4 of 8 are not enough, 5 are required', async () => {
    const [topicId] = topics;
    const { id } = await meeting.post('/votes', { topicId, motion: '一月十五日試產' });
    for (const name of ['mei', 'an', 'bo', 'jo']) expect((await cast(id, name, 'agree')).status).toBe(200);
    expect((await cast(id, 'ka', 'agree')).body).toMatchObject({ outcome: 'counted' });
    expect((await cast(id, 'ka', 'against')).body).toMatchObject({ outcome: 'changed' });
    await cast(id, 'li', 'neutral');
    expect((await cast(id, 'ob', 'agree')).status).toBe(403);
    const counted = { agree: 4, against: 1, neutral: 1, electorate: 8, required: 5, passed: false };
    expect(await meeting.post(`/votes/${id}/close`)).toMatchObject(counted);
    expect((await cast(id, 'su', 'agree')).status).toBe(409);
    const decided = { outcome: 'decided', basis: 'vote' };
    expect(await meeting.refused(`/topics/${topicId}/finish`, decided)).toMatchObject({
      status: 409,
      code: 'E9.notPassed',
    });
  });

  test('E8, E9 a secret vote: final, nothing but how many have voted until it closes, then decided', async () => {
    const [topicId] = topics;
    const { id } = await meeting.post('/votes', { topicId, motion: '二月一日試產', secret: true });
    for (const name of ['mei', 'an', 'bo', 'jo', 'ka']) expect((await cast(id, name, 'agree')).status).toBe(200);
    expect((await cast(id, 'ka', 'against')).status).toBe(409);
    await cast(id, 'li', 'against');
    const running = (await meeting.read()).votes.find((v: { id: string }) => v.id === id);
    expect(running).toMatchObject({ status: 'open', voted: 6 });
    expect(running).not.toHaveProperty('agree');
    const counted = { agree: 5, against: 1, neutral: 0, electorate: 8, required: 5, passed: true };
    expect(await meeting.post(`/votes/${id}/close`)).toMatchObject(counted);
    await meeting.post(`/topics/${topicId}/finish`, { outcome: 'decided', basis: 'vote' });
    const [first] = (await meeting.read()).agenda;
    expect(first).toMatchObject({ outcome: 'decided', basis: 'vote', status: 'finished' });
  });

  test('E14 an action: the exact text, one owner and a date or it is refused', async () => {
    const [topicId] = topics;
    const body = { task: '完成模具驗收', owner: mail('ka'), department: '製造部', topicId };
    expect(await meeting.refused('/actions', body)).toMatchObject({ status: 422, code: 'input.required' });
    const friday = plusDays(wednesday, 2);
    const { text, dueAt } = await meeting.post('/actions', { ...body, dueDate: friday });
    expect({ text, dueAt }).toEqual({
      text: `[完成模具驗收](負責人:張家豪,截止日期:${friday})`,
      dueAt: taipeiTime(friday, '18:00'),
    });
    await meeting.post('/actions', { task: '租用測試機台', owner: mail('bo'), dueDate: plusDays(wednesday, 9) });
  });

  test('E14 the close reads every topic back and refuses nothing', async () => {
    const [first, second, third] = topics as [string, string, string];
    await meeting.post(`/topics/${second}/start`);
    await meeting.post(`/topics/${second}/finish`, { outcome: 'informed', conclusion: '製造部借調兩人' });
    await meeting.goTo(wednesday, '10:05');
    const { readBack } = await meeting.post('/close');
    expect(readBack).toMatchObject([
      { topicId: first, outcome: 'decided', basis: 'vote' },
      { topicId: second, outcome: 'informed', conclusion: '製造部借調兩人' },
      { topicId: third, outcome: 'deferred', deferral: { reason: 'unreached' } },
    ]);
    expect(await meeting.refused('/open')).toMatchObject({ status: 409, code: 'phase.notNow' });
  });

  test('M1 the recorder is sent the draft, corrects it and confirms by link; it goes to all, support departments too', async () => {
    const link = await meeting.link(mail('jo'), '[Confirm minutes] 試產協調會');
    expect((await show(link)).html).toContain('製造部借調兩人');
    expect(await meeting.sent('minutes')).toEqual([]);
    await meeting.put('/minutes', { summary: '二月一日開始試產，人力由製造部支援。' });
    expect((await fill(link, { do: 'confirm' })).status).toBe(303);
    const told = await meeting.sent('minutes');
    expect(told.map((line) => line.split(' ')[0])).toEqual([...invited, mail('fin'), mail('vp')].sort());
    const { text } = await meeting.letter(mail('fin'), '【會議紀錄】試產協調會');
    for (const said of [
      '二月一日開始試產，人力由製造部支援。',
      `[完成模具驗收](負責人:張家豪,截止日期:${plusDays(wednesday, 2)})`,
      '製造部借調兩人',
    ])
      expect(text).toContain(said);
    expect((await meeting.read()).phase).toBe('followUp');
    // M3: from now on it is a correction, which says why.
    expect((await product.api.put(meeting.path('/minutes'), { summary: 'x' })).status).toBe(422);
  });

  const answer = async (name: string, score: number): Promise<number> => {
    const subject = name === 'jo' ? '[1-minute survey' : '【會後問卷・匿名】';
    const token = (await meeting.link(mail(name), subject)).split('/').at(-1)!;
    return (await product.api.post(`/v1/feedback/${token}`, { score })).status;
  };

  test('F5 the survey: by token, once each, only those who were there; the silent reminded once', async () => {
    expect((await meeting.sent('survey')).map((line) => line.split('@')[0])).toEqual([...voters].sort());
    expect(await Promise.all(['bo', 'jo', 'ka', 'li'].map((name) => answer(name, 2)))).toEqual([201, 201, 201, 201]);
    expect(await answer('bo', 5)).toBe(409);
    expect((await meeting.read()).survey).not.toHaveProperty('mean');
    await meeting.goTo(plusDays(wednesday, 5), '10:04');
    const friday = plusDays(wednesday, 2);
    // The deliveries name all, so that they do not say who had answered; only the mailboxes know.
    expect(await meeting.sent('surveyReminder')).toEqual(voters.map((n) => `${mail(n)} ${friday} 08:40`).sort());
    const digests = meeting.letters().filter(({ subject }) => /^(【今日待辦】|\[Today\])/.test(subject));
    const reminded = digests.filter((digest) => linksIn(digest).some((link) => link.includes('/feedback/')));
    expect(reminded.map(({ to }) => to).sort()).toEqual(['an', 'mei', 'mo', 'su'].map(mail));
  });

  test('F5, F6 published once at its end; a mean below 3 asks the initiator for a plan in 5 working days', async () => {
    await meeting.goTo(plusDays(wednesday, 5), '10:06');
    const { survey, tasks } = await meeting.read();
    expect(survey).toMatchObject({ answers: 4, mean: 2 });
    expect(tasks.find((t: { kind: string }) => t.kind === 'improvementPlan')).toMatchObject({
      score: 2,
      dueAt: taipeiTime(plusDays(wednesday, 12), '18:00'),
    });
    expect(await answer('su', 5)).toBe(409);
    expect((await meeting.sent('improvementPlan')).map((line) => line.split(' ')[0])).toEqual([mail('mei')]);
  });

  const action = async (n: number) => (await meeting.read()).actions[n];

  test('F1–F3 the owner reminded a working day before; missed three times in silence, then up to the head', async () => {
    const friday = plusDays(wednesday, 2);
    expect((await meeting.sent('actionReminder')).filter((l) => l.startsWith(mail('ka')))[0]).toBe(
      `${mail('ka')} ${thursday} 08:40`,
    );
    // Due Fri 18:00 → missed; told Mon 08:40, owner until Tue, coordinator until Wed 08:40 → Mon; and so on.
    await meeting.goTo(plusDays(wednesday, 21), '09:00');
    const { status, missed, dues } = await action(0);
    expect({ status, missed }).toEqual({ status: 'escalated', missed: 3 });
    expect(dues.map((d: { dueAt: string }) => d.dueAt.slice(0, 10))).toEqual([
      friday,
      plusDays(friday, 10),
      plusDays(friday, 18),
    ]);
    expect((await meeting.sent('escalation')).map((l) => l.split(' ')[0])).toEqual([mail('boss')]);
    const { text } = await meeting.letter(mail('boss'), '【請協助決定】完成模具驗收');
    expect(text).toContain(friday.replaceAll('-', '/').replace(/\/0/g, '/').slice(5));
  });

  test('F3 the head decides by link; only POST decides; the count begins again', async () => {
    const link = await meeting.link(mail('boss'), '【請協助決定】');
    const { revision } = await meeting.read();
    expect((await show(link)).status).toBe(200);
    expect((await meeting.read()).revision).toBe(revision);
    const dueDate = plusDays(wednesday, 26);
    const told = await fill(link, { decision: 'simplify', task: '驗收一半的模具', dueDate, reason: '先求有' });
    expect(told.status).toBe(303);
    expect(await action(0)).toMatchObject({ task: '驗收一半的模具', status: 'open', missed: 0, dueDate });
    // Decided is decided: the link only reads now.
    expect((await fill(link, { decision: 'cancel', reason: '再一次' })).status).toBeGreaterThanOrEqual(400);
    expect(await action(0)).toMatchObject({ status: 'open' });
  });

  test('F1 reported done by link, checked by the coordinator; a check is asked for by mail', async () => {
    await ok(product.api.post(`/v1/actions/${(await action(0)).id}/complete`, { note: '完成' }));
    await meeting.goTo(plusDays(wednesday, 22), '09:00');
    const check = await meeting.linkTo(mail('an'), ['name="accepted"', '驗收一半的模具']);
    expect((await fill(check, { accepted: 'yes' })).status).toBe(303);
    expect(await action(0)).toMatchObject({ status: 'done' });
    const progress = await meeting.linkTo(mail('bo'), ['name="doneNote"', '租用測試機台']);
    expect((await fill(progress, { do: 'done', doneNote: '已租到' })).status).toBe(303);
    expect(await action(1)).toMatchObject({ status: 'reported' });
  });

  test('F6, phases: the plan handed in by link, silence accepts; then closed, and nothing is possible any more', async () => {
    const plan = await meeting.link(mail('mei'), '【請提交改善計畫】');
    expect((await fill(plan, { do: 'plan', text: '會前一天先發資料' })).status).toBe(303);
    await meeting.goTo(plusDays(wednesday, 40), '12:00');
    const { phase, effectiveness } = await meeting.read();
    // Mean 2; of two actions none was done by its first date: ½·2 + ½·1.
    expect({ phase, effectiveness }).toEqual({ phase: 'closed', effectiveness: 1.5 });
    const refusal = await product.api.post(meeting.path('/actions'), {
      task: '太晚',
      owner: mail('bo'),
      dueDate: plusDays(wednesday, 60),
    });
    expect(refusal).toMatchObject({ status: 409, body: { errors: [{ code: 'phase.ended' }] } });
    expect((await show(plan)).status).toBe(200);
  });

  test('every mail was delivered, once each: no two with the same Message-ID, none failed', async () => {
    const all = await meeting.deliveries();
    expect(all.filter(({ status }) => status !== 'sent')).toEqual([]);
    const ids = meeting.letters().map(({ source }) => /^Message-ID: (.+)$/im.exec(source)?.[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(60);
    for (const { subject, text, html } of meeting.letters())
      expect(`${subject} ${text} ${html.replace(/<style>.*?<\/style>/gs, '')}`).not.toMatch(
        /undefined|NaN|\{\{|\[object/,
      );
  });
});
