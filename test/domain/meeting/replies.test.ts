import { describe, expect, test } from 'vitest';
import type { CommandInput } from '../../../domain/meeting/commands.js';
import { advance, codes, send, simulate, story } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { admin, person, service } from '../../support/meeting.js';
import { create, monday, wednesday } from './support.js';

const announced = (): Simulation => simulate(create({ publish: true }), wednesday);
const says = (sim: Simulation, input: CommandInput<'rsvp'>, by = person(input.person, 'link')) =>
  send(sim, 'rsvp', input, by);
const undo = (sim: Simulation, input: CommandInput<'undoReply'>, by = person(input.person, 'link')) =>
  send(sim, 'undoReply', input, by);
const reversed = (): Simulation =>
  says(says(announced(), { person: 'p7', reply: 'accepted', comment: '帶樣品' }), { person: 'p7', reply: 'declined' });

describe('N2 a reversal can be undone', () => {
  test('N2 the answer before it is back, with its words, and no mail: one could be undone, and so on for ever', () => {
    const before = reversed();
    const back = undo(before, { person: 'p7' });
    expect(back.result).toEqual({ reply: 'accepted' });
    expect(back.state.rsvps['p7']).toMatchObject({ reply: 'accepted', comment: '帶樣品' });
    expect(back.state.rsvps['p7']).not.toHaveProperty('former');
    expect(story(back)).toEqual(story(before));
    expect(codes(() => undo(back, { person: 'p7' }))).toEqual(['N2.nothingToUndo']);
  });

  test('N2 a link undoes the reversal that its mail told of, no other', () => {
    const first = reversed();
    const ref = first.state.rsvps['p7']?.former?.ref;
    expect(first.mails.at(-1)?.effect).toMatchObject({ mail: 'replyChanged', ref, to: ['p7'] });
    const second = says(first, { person: 'p7', reply: 'tentative' });
    expect(codes(() => undo(second, { person: 'p7', ref }))).toEqual(['N2.nothingToUndo']);
    expect(undo(first, { person: 'p7', ref }).result.reply).toBe('accepted');
    expect(undo(second, { person: 'p7' }).result.reply).toBe('declined');
  });

  test('N2 there is nothing to undo in a first answer, nor in the same one again', () => {
    const once = says(announced(), { person: 'p7', reply: 'declined' });
    expect(codes(() => undo(once, { person: 'p7' }))).toEqual(['N2.nothingToUndo']);
    expect(codes(() => undo(announced(), { person: 'p7' }))).toEqual(['N2.nothingToUndo']);
    const twice = says(once, { person: 'p7', reply: 'declined' });
    expect(codes(() => undo(twice, { person: 'p7' }))).toEqual(['N2.nothingToUndo']);
    expect(codes(() => undo(announced(), { person: 'p99' }, admin))).toEqual(['N2.notInvited']);
  });

  test('N2 for oneself or by an organiser, before the start', () => {
    expect(undo(reversed(), { person: 'p7' }, person('p2')).result.reply).toBe('accepted');
    expect(codes(() => undo(reversed(), { person: 'p7' }, person('p6')))).toEqual(['auth.notAllowed']);
    expect(undo(advance(reversed(), monday - 1), { person: 'p7' }).result.reply).toBe('accepted');
    expect(codes(() => undo(advance(reversed(), monday), { person: 'p7' }))).toEqual(['N2.started']);
  });

  test('N3 undoing a key person’s refusal makes the request moot, undoing their coming asks anew', () => {
    const came = says(announced(), { person: 'p6', reply: 'accepted' });
    const gone = says(came, { person: 'p6', reply: 'declined' });
    const back = undo(gone, { person: 'p6' });
    expect(back.state.alternates).toMatchObject([{ status: 'moot' }]);
    const declined = says(announced(), { person: 'p6', reply: 'declined' });
    const comes = says(declined, { person: 'p6', reply: 'accepted' });
    expect(undo(comes, { person: 'p6' }).state.alternates).toMatchObject([{ status: 'open', asked: 2 }]);
  });
});

describe('N2 the host', () => {
  test('N2 the host’s coming, taken for granted by the notice, is an answer: declining is confirmed and can be undone', () => {
    const declined = says(announced(), { person: 'p2', reply: 'declined' });
    const ref = declined.state.rsvps['p2']?.former?.ref;
    expect(declined.mails.at(-1)?.effect).toMatchObject({
      mail: 'replyChanged',
      to: ['p2'],
      ref,
      params: { reply: 'declined', before: 'accepted' },
    });
    expect(undo(declined, { person: 'p2', ref }).state.rsvps['p2']).toMatchObject({ reply: 'accepted' });
    expect(story(says(announced(), { person: 'p2', reply: 'accepted' }))).toEqual(story(announced()));
  });
});

describe('N2 and who says it', () => {
  test('H8 what is entered for somebody is recorded as such, with how it was said', () => {
    const entered = says(announced(), { person: 'p7', reply: 'accepted', channel: 'telephone' }, person('p3'));
    expect(entered.state.rsvps['p7']?.by).toMatchObject({ person: 'p3', channel: 'telephone' });
    const plain = says(announced(), { person: 'p7', reply: 'accepted' }, service);
    expect(plain.state.rsvps['p7']?.by).toMatchObject({ key: 'k2', channel: 'other' });
    const own = says(announced(), { person: 'p7', reply: 'accepted', channel: 'telephone' });
    expect(own.state.rsvps['p7']?.by).not.toHaveProperty('channel');
  });

  test('N2 nobody answers for somebody else but an organiser or the PMO', () => {
    expect(codes(() => says(announced(), { person: 'p7', reply: 'accepted' }, person('p6')))).toEqual([
      'auth.notAllowed',
    ]);
  });
});
