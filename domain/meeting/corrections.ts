/** M3: versions of the minutes. Before the confirmation a new text is an edit, after it a correction that everybody learns of. */
import { addWorkingDays } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { arm, changed, mail, then } from './change.js';
import type { MinutesEditInput } from './commands.js';
import type { Change, MailEffect } from './effects.js';
import { fullReaders, sendExtracts } from './extract.js';
import type { By, MeetingState, MinutesState, MinutesVersion, Objection } from './state.js';

/** Every version that the meeting ever had, those before a reopening first. */
export function versionsOf(state: Pick<MeetingState, 'minutes' | 'reopenings'>): MinutesVersion[] {
  return [...(state.reopenings ?? []).flatMap((r) => r.versions), ...(state.minutes?.versions ?? [])];
}

/** Every objection there ever was, those to minutes before a reopening first. */
export function objectionsOf(state: Pick<MeetingState, 'minutes' | 'reopenings'>): Objection[] {
  return [...(state.reopenings ?? []).flatMap((r) => r.objections ?? []), ...(state.minutes?.objections ?? [])];
}

export function minutesOf(state: MeetingState): MinutesState {
  return state.minutes ?? refuse('Conflict', 'M1.none', '', {});
}

/** The text follows the close by a moment; who confirms at once confirms the draft, and the mail waits for it (outbox order). */
export function unconfirmed(state: MeetingState): MinutesState {
  const minutes = minutesOf(state);
  if (minutes.confirmedAt !== undefined) refuse('Conflict', 'M3.confirmed', '', { at: minutes.confirmedAt });
  return minutes;
}

/** M1, M3: the recorder's or host's new text: an edit of the draft, or a correction with its reason. */
export function editMinutes(
  state: MeetingState,
  input: MinutesEditInput,
  now: Instant,
  by: By,
): Change<{ version: number }> {
  const minutes = minutesOf(state);
  if (minutes.confirmedAt === undefined) return withVersion(state, minutes, input, { at: now, by, kind: 'edit' });
  if (input.reason === undefined) refuse('BadInput', 'M3.reasonNeeded', 'reason', {});
  return correct(state, input, now, by);
}

function withVersion(
  state: MeetingState,
  minutes: MinutesState,
  { hash, nextMeetingAt, reason }: MinutesEditInput,
  made: Pick<MinutesVersion, 'at' | 'by' | 'kind' | 'objection'>,
): Change<{ version: number }> {
  const version = minutes.version + 1;
  const versions = [...minutes.versions, { ...made, version, hash, ...(reason === undefined ? {} : { reason }) }];
  const next = { ...minutes, version, hash, versions, nextMeetingAt: nextMeetingAt ?? minutes.nextMeetingAt };
  return changed({ ...state, minutes: next }, [], { version });
}

/**
 * M3: a correction is a new version; everybody who has the minutes gets the difference, once, and 2 wd to object to it.
 * While nobody has confirmed, it is an edit, told with the confirmation.
 */
export function correct(
  state: MeetingState,
  input: MinutesEditInput,
  now: Instant,
  by: By,
  objection?: string,
): Change<{ version: number }> {
  const minutes = minutesOf(state);
  if (input.hash === minutes.hash) refuse('Conflict', 'M3.nothingChanged', '', {});
  const about = objection === undefined ? {} : { objection };
  if (minutes.confirmedAt === undefined)
    return withVersion(state, minutes, input, { at: now, by, kind: 'edit', ...about });
  const made = withVersion(state, minutes, input, { at: now, by, kind: 'correction', ...about });
  const sent = then(made, (s) => sendCorrection(s, input, now, objection));
  return then(sent, (s) => sendExtracts(s, input.changed ?? []));
}

function sendCorrection(
  state: MeetingState,
  { reason }: MinutesEditInput,
  now: Instant,
  objection: string | undefined,
): Change {
  const minutes = minutesOf(state);
  const { version } = minutes;
  const objectionsUntil = addWorkingDays(state.calendar, state.zone, now, state.norms.objectionWd);
  const next = { ...state, minutes: { ...minutes, sentVersion: version, objectionsUntil } };
  const armed = arm(next, now, { kind: 'objectionsEnd', at: objectionsUntil }, true);
  const params = { ...difference(minutes), ...(reason === undefined ? {} : { reason }) };
  return changed(armed, mail('corrected', `v${version}`, fullReaders(state), params, objection));
}

/** Which text a mail is about, and which one its readers had before. */
export function difference(minutes: MinutesState): MailEffect['params'] {
  const { version, hash, sentVersion, versions } = minutes;
  const before = versions.find((v) => v.version === sentVersion && v.version !== version);
  return {
    version,
    ...(hash === undefined ? {} : { hash }),
    ...(before?.hash === undefined ? {} : { before: before.version, beforeHash: before.hash }),
  };
}
