/**
 * The plain pages behind the links of mails (design §7): GET shows, POST acts, nothing else changes anything. The token is
 * the login; it is in no log, no referrer and no cache.
 */
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from '../api/context.js';
import { problem, unavailable } from '../api/errors.js';
import { minutesFor } from '../api/minutes.js';
import type { Locale, MeetingState } from '../domain/meeting/state.js';
import { sendMinutes } from '../api/routes/minutes-files.js';
import type { App, Pages } from '../api/route.js';
import { fileOf, sendMaterial } from '../api/materials/download.js';
import { uploadLimits } from '../api/materials/receive.js';
import { pickLocale, translator } from '../locales/index.js';
import { anybody } from '../render/links.js';
import type { LinkClaims, LinkPurpose } from '../render/links.js';
import { minutesFormats } from '../render/formats/index.js';
import type { MinutesFormat } from '../render/formats/index.js';
import { whenFor } from '../render/when.js';
import type { FormContext, LinkForm } from './form.js';
import { alternateForm } from './forms/alternate.js';
import { answerForm } from './forms/answer.js';
import { blockForm } from './forms/block.js';
import { checkForm } from './forms/check.js';
import { confirmForm } from './forms/confirm.js';
import { decisionForm } from './forms/decision.js';
import { heldReplyForm } from './forms/held-reply.js';
import { extractOfReader, minutesForm } from './forms/minutes.js';
import { objectionForm } from './forms/objection.js';
import { materialForm } from './forms/material.js';
import { openForm } from './forms/open.js';
import { planForm } from './forms/plan.js';
import { progressForm } from './forms/progress.js';
import { publishForm } from './forms/publish.js';
import { readingForm } from './forms/reading.js';
import { replyForm } from './forms/reply.js';
import { signInForm } from './forms/sign-in.js';
import { surveyForm } from './forms/survey.js';
import { takeForm } from './forms/take.js';
import { talkForm } from './forms/talk.js';
import { undoReplyForm } from './forms/undo-reply.js';
import { knowledgePages } from './knowledge.js';
import { mailPages } from './mails.js';
import { normPages } from './norms.js';
import { proposalPages } from './proposal.js';
import { topicForm } from './forms/topic.js';
import { Framed, sendPage } from './answer.js';
import { explain } from './explain.js';
import { filledWith, Note } from './parts.js';
import type { Filled } from './parts.js';
import { chosenLocale, pathOf, queryOf, tokenOf } from './request.js';
import { actOn } from './token-page.js';
import type { Explain } from './token-page.js';

/** Which mails one gets, what is proposed for the norms or a series, and what is known, have pages of their own; a review is read where the API has it. */
type NoForm = 'mails' | 'review' | 'norms' | 'knowledge' | 'proposal';
const forms: Record<Exclude<LinkPurpose, NoForm>, LinkForm> = {
  reply: replyForm,
  survey: surveyForm,
  progress: progressForm,
  decision: decisionForm,
  plan: planForm,
  talk: talkForm,
  check: checkForm,
  confirm: confirmForm,
  open: openForm,
  publish: publishForm,
  reading: readingForm,
  undoReply: undoReplyForm,
  alternate: alternateForm,
  signIn: signInForm,
  heldReply: heldReplyForm,
  minutes: minutesForm,
  objection: objectionForm,
  answer: answerForm,
  material: materialForm,
  block: blockForm,
  topic: topicForm,
  take: takeForm,
};

export const linkPages: Pages = async (app, api) => {
  const page: Explain = (request, reply, refused) => explain(api, request, reply, refused);
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 200_000 });
    // Two readers of multipart: a click in a mail program, and files.
    await scope.register((mails, _options, done) => {
      mailPages(mails, api, page);
      done();
    });
    normPages(scope, api, page);
    knowledgePages(scope, api, page);
    proposalPages(scope, api, page);
    await scope.register(multipart, uploadLimits);
    downloads(scope, api, page);
    meetingForm(scope, api, '/r/:token', { page, upload: true });
    meetingForm(scope, api, '/feedback/:token', { page, secretive: true });
    for (const format of minutesFormats)
      scope.get(
        `/r/:token/minutes.${format}`,
        { config: { open: true, upload: true, rateLimit: {}, page }, schema: { hide: true } },
        (request, reply) => sendFile(api, request, reply, format),
      );
  });
};

type How = { page: Explain; upload?: boolean; secretive?: boolean };

function meetingForm(scope: App, api: Api, path: string, { page, upload = false, secretive = false }: How): void {
  const options = { config: { open: true, upload, secretive, rateLimit: {}, page }, schema: { hide: true } };
  scope.get(path, options, (request, reply) => show(api, request, reply));
  scope.post(path, options, (request, reply) => act(api, request, reply));
}

/** P8: whoever has a link to a meeting reads its materials; a survey link leads to nothing but the survey. */
function downloads(scope: App, api: Api, page: Explain): void {
  const config = { open: true, rateLimit: {}, page };
  scope.get('/r/:token/files/:materialId', { config, schema: { hide: true } }, async (request, reply) => {
    const claims = await claimsOf(api, request);
    if (claims.purpose === 'survey') problem('NotFound', 'link.invalid');
    const locale = chosenLocale(request) ?? api.locale(request);
    const { state } = await api.seeing.load(claims.meeting, await api.linkActor(claims), locale);
    const { materialId } = request.params as { materialId: string };
    return sendMaterial(api, reply, await fileOf(api, state, materialId));
  });
}

type Reading = FormContext & { claims: FormClaims; stale: boolean };
type FormClaims = LinkClaims & { purpose: keyof typeof forms };
const isForm = (claims: LinkClaims): claims is FormClaims => Object.hasOwn(forms, claims.purpose);

/** The claims of a link that belongs to this path, or 404. */
async function claimsOf(api: Api, request: FastifyRequest): Promise<FormClaims> {
  const claims = await api.deps.links.verify(tokenOf(request));
  if (claims === undefined || !isForm(claims)) problem('NotFound', 'link.invalid');
  return claims;
}

async function contextOf(api: Api, request: FastifyRequest, claims: FormClaims): Promise<Reading> {
  const [reader] = await api.deps.archive.directory.people([claims.person]);
  const actor = await api.linkActor(claims);
  const localeOf = (meeting: MeetingState): Locale =>
    chosenLocale(request) ?? pickLocale(reader?.locale, request.headers['accept-language'], meeting.locale);
  // E3: the room's own link is nobody's; whoever is in the room chooses themselves from the list.
  const { state, now, stale } = isRooms(claims)
    ? await api.meetings.load(claims.meeting)
    : await api.seeing.loadForLink(claims.meeting, actor, localeOf);
  const locale = localeOf(state);
  return {
    api,
    claims,
    token: tokenOf(request),
    state,
    now,
    stale,
    telling: await api.telling(state, locale),
    say: translator(locale),
    when: whenFor(locale, state.zone, reader?.timeZone),
    actor,
    preset: queryOf(request),
  };
}

const isRooms = ({ purpose, person }: LinkClaims): boolean => purpose === 'signIn' && person === anybody;

const assistable: readonly LinkPurpose[] = ['reply', 'progress', 'material'];

/** H6: what is nobody's to hand on is not done by the link in an assistant's mailbox; votes, survey, minutes, decisions. */
function refusePersonal({ by, purpose }: LinkClaims): void {
  if (by !== undefined && !assistable.includes(purpose)) problem('Forbidden', 'H6.personal');
}

async function show(api: Api, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const claims = await claimsOf(api, request);
  refusePersonal(claims);
  const home = homeOf(claims);
  if (!pathOf(request).startsWith(home)) return reply.redirect(`${home}${tokenOf(request)}`, 303);
  return sendPage(reply, await pageOf(await contextOf(api, request, claims), request, filledWith()));
}

/** M4: the minutes of a reading link as a file. */
async function sendFile(
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
  format: MinutesFormat,
): Promise<FastifyReply> {
  const claims = await claimsOf(api, request);
  if (claims.purpose !== 'minutes') problem('NotFound', 'link.invalid');
  const context = await contextOf(api, request, claims);
  const { extractFor, later } = extractOfReader(context);
  if (later) problem('Forbidden', 'H7.extractOnly');
  return sendMinutes(reply, format, await minutesFor(api, context.state, context.telling.locale, { extractFor }));
}

const homeOf = (claims: LinkClaims): string => (claims.purpose === 'survey' ? '/feedback/' : '/r/');

async function act(api: Api, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const claims = await claimsOf(api, request);
  refusePersonal(claims);
  return actOn(request, reply, `${homeOf(claims)}${tokenOf(request)}`, {
    read: async () => {
      const context = await contextOf(api, request, claims);
      return { ...context, locale: context.telling.locale, zone: context.telling.zone };
    },
    show: (context, filled) => pageOf(context, request, filled),
    act: (context, fields) => done(context, request, fields),
  });
}

function done(context: Reading, request: FastifyRequest, fields: Record<string, string>): Promise<string> {
  if (context.stale) throw unavailable('link.later', 5);
  const form = forms[context.claims.purpose];
  if (!request.isMultipart()) return form.act(context, fields);
  return form.upload?.(context, request) ?? problem('UnsupportedMediaType', 'http.mediaType');
}

async function pageOf(context: Reading, request: FastifyRequest, filled: Filled): Promise<string> {
  const { say, claims, telling } = context;
  const { title, body } = await forms[claims.purpose].show(context, filled);
  const path = `${homeOf(claims)}${context.token}`;
  const safeBody = (
    <>
      {context.stale ? <Note text={say('forms.stale')} /> : ''}
      {body}
    </>
  );
  return Framed({ request, locale: telling.locale, say, path, title, filled, told: 'forms', safeBody });
}
