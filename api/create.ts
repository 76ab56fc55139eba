/**
 * Creating a meeting (design §3): the rules are asked first, with provisional ids for people who are new; only when they
 * let it pass are people written and the workflow started, so that a refusal leaves nothing behind. The wall clock decides
 * here and nowhere else.
 */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { Refusal } from '../domain/errors.js';
import { createMeeting } from '../domain/meeting/create.js';
import type { CreateMeetingInput } from '../domain/meeting/commands.js';
import type { ZoneData } from '../domain/calendar/index.js';
import type { Change } from '../domain/meeting/effects.js';
import type { MeetingState } from '../domain/meeting/state.js';
import { meetingWorkflowId, meetingWorkflowType } from '../workflows/contracts.js';
import type { MeetingInput } from '../workflows/contracts.js';
import { detailsOf, summaryOf } from '../workflows/labels.js';
import { searchAttributesOf } from '../workflows/operator.js';
import type { Principal } from './auth.js';
import type { Api } from './context.js';
import { fromEngine, isGone } from './engine-errors.js';
import { Problem, toProblem } from './errors.js';
import type { Idempotency } from './idempotency.js';
import { refuseOtherRequest } from './idempotency.js';
import { derivedId, randomId } from './ids.js';
import { bodyPath, createInput, mentionsOf } from './meeting-input.js';
import type { Made } from './meeting-input.js';
import { lookUp, settle } from './mentions.js';
import { freeTopics } from './on-agendas.js';
import { patiently } from './patience.js';
import type { CreateMeetingBody } from './schemas/meeting.js';
import { knownSeries } from './series/known.js';
import { releasedStory } from './stories.js';
import { zoneFor } from './zones.js';

/** A start that was not acknowledged in time may still have happened; the same key finds it. */
const startMs = 9_000;

export function create(
  api: Api,
  body: CreateMeetingBody,
  principal: Principal,
  idempotency: Idempotency | undefined,
): Promise<MeetingState> {
  return creating(api, principal, idempotency, (id) => allowed(api, body, principal, id, idempotency?.hash));
}

/** The same from an input whose people and departments are known already. */
export function createFrom(
  api: Api,
  principal: Principal,
  idempotency: Idempotency | undefined,
  zone: ZoneData,
  input: (id: string) => CreateMeetingInput,
): Promise<MeetingState> {
  return creating(api, principal, idempotency, async (id) => {
    const { clock, config, norms } = api.deps;
    const now = clock();
    const context = { now, norms: await norms(now), calendar: config.calendar, zone, by: byOf(principal) };
    try {
      return createMeeting(input(id), context);
    } catch (error) {
      throw error instanceof Refusal ? toProblem(error).withPaths(bodyPath).inZone(zone) : error;
    }
  });
}

async function creating(
  api: Api,
  principal: Principal,
  idempotency: Idempotency | undefined,
  make: (id: string) => Promise<Change>,
): Promise<MeetingState> {
  const id = idOf(api, principal, idempotency);
  // A repeat must not be measured against today's clock: its start may have passed.
  if (idempotency && (await api.deps.archive.view.revision(id)) !== null) {
    const before = await createdBefore(api, id, idempotency);
    if (before) return before;
  }
  try {
    return await begin(api, await make(id), principal, idempotency);
  } catch (error) {
    const refused = error instanceof Problem && error.kind === 'BadInput';
    const before = refused && idempotency ? await createdBefore(api, id, idempotency) : undefined;
    if (before) return before;
    throw error;
  }
}

/** Asks the rules, then writes who is new, then asks again with their real ids. */
async function allowed(
  api: Api,
  body: CreateMeetingBody,
  principal: Principal,
  id: string,
  requestHash: string | undefined,
): Promise<Change> {
  const { archive, clock, config } = api.deps;
  const now = clock();
  const zone = zoneFor(body.timeZone, now);
  const story = await releasedStory(archive, body.successStory);
  await knownSeries(archive, principal, body.seriesId);
  await freeTopics(archive, id, body.agenda);
  const made: Made = { id, zone, locale: config.locale, requestHash, story };
  const context = { now, norms: await api.deps.norms(now), calendar: config.calendar, zone, by: byOf(principal) };
  try {
    const mentions = mentionsOf(body);
    const found = await lookUp(archive.directory, mentions);
    const change = createMeeting(createInput(body, found, made), context);
    if (!found.fresh) return change;
    return createMeeting(createInput(body, await settle(archive.directory, mentions, found), made), context);
  } catch (error) {
    throw error instanceof Refusal ? toProblem(error).withPaths(bodyPath).inZone(zone) : error;
  }
}

function idOf(api: Api, principal: Principal, idempotency: Idempotency | undefined): string {
  if (idempotency === undefined) return randomId();
  return derivedId(api.deps.config.secrets[0] ?? '', principal.id, idempotency.key);
}

const byOf = ({ actor }: Principal) => ({
  ...(actor.person === undefined ? {} : { person: actor.person }),
  ...(actor.key === undefined ? {} : { key: actor.key }),
  via: 'api' as const,
});

/** Starts a meeting that the rules have made. */
export async function begin(
  api: Api,
  { state, effects }: Change,
  principal: Principal,
  idempotency?: Idempotency,
): Promise<MeetingState> {
  const { client, taskQueue } = api.deps;
  const audit = [
    { meetingId: state.id, revision: state.revision, at: state.createdAt, event: 'create', ...byOf(principal) },
  ];
  const input: MeetingInput = { state, outbox: effects, ledger: [], audit };
  try {
    await patiently(client, startMs, () =>
      client.workflow.start(meetingWorkflowType, {
        workflowId: meetingWorkflowId(state.id),
        taskQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        typedSearchAttributes: searchAttributesOf(state),
        staticSummary: summaryOf(state),
        staticDetails: detailsOf(state),
      }),
    );
    return state;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw fromEngine(error);
    // A random id is nobody else's: the engine had started it, and was asked again when its answer was lost.
    if (idempotency === undefined) return state;
    const first = await createdBefore(api, state.id, idempotency);
    if (first === undefined) throw fromEngine(error);
    return first;
  }
}

/** The meeting that this key made before, as it was then: the workflow's own start input, or what the archive has. */
async function createdBefore(api: Api, id: string, idempotency: Idempotency): Promise<MeetingState | undefined> {
  const state = (await startInput(api, id)) ?? (await api.deps.archive.view.meeting(id)) ?? undefined;
  if (state !== undefined) refuseOtherRequest(idempotency, state.requestHash ?? '');
  return state;
}

/** The first event of the first run; it is there without any worker, until the server forgets the workflow. */
async function startInput(api: Api, id: string): Promise<MeetingState | undefined> {
  const { client } = api.deps;
  const workflowId = meetingWorkflowId(id);
  try {
    return await patiently(client, startMs, async () => {
      const described = await client.workflow.getHandle(workflowId).describe();
      const runId = described.raw.workflowExecutionInfo?.firstRunId ?? described.runId;
      const history = await client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId, runId },
        maximumPageSize: 1,
      });
      const payloads = history.history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
      const { payloadConverter } = client.options.loadedDataConverter;
      const input = payloads[0] && payloadConverter.fromPayload<MeetingInput>(payloads[0]);
      return input?.state;
    });
  } catch (error) {
    if (isGone(error)) return undefined;
    const cause = fromEngine(error);
    if (cause instanceof Problem) throw cause;
    throw error;
  }
}
