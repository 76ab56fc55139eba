/** The HTTP side, put together. */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import Fastify, { LogController } from 'fastify';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { fault } from '../domain/errors.js';
import { linkPrincipal } from './auth.js';
import type { Principal } from './auth.js';
import { Api } from './context.js';
import type { ApiDeps } from './deps.js';
import { describeRoutes, documentRoute } from './docs.js';
import { Problem, problem, unavailable } from './errors.js';
import { answerErrors, answerOtherMethods, hurryBodies, readBodies } from './http.js';
import { logRequests } from './log.js';
import { measure } from './metrics.js';
import type { App, Pages } from './route.js';
import { actionRoutes } from './routes/actions.js';
import { analysisRoutes } from './routes/analyses.js';
import { assistantRoutes } from './routes/assistants.js';
import { calendarReplyRoutes } from './routes/calendar-replies.js';
import { calendarFeedRoutes } from './routes/calendar-feed.js';
import { ballotRoutes } from './routes/ballots.js';
import { beforeRoutes } from './routes/before.js';
import { coordinatorRoutes } from './routes/coordinators.js';
import { dashboardRoutes } from './routes/dashboard.js';
import { directoryRoutes } from './routes/directory.js';
import { exportRoutes } from './routes/export.js';
import { eventRoutes } from './routes/events.js';
import { feedbackRoutes } from './routes/feedback.js';
import { freeRoutes } from './routes/free.js';
import { importRoutes } from './routes/imports.js';
import { inviteRoutes } from './routes/invite.js';
import { listRoutes } from './routes/lists.js';
import { keyRoutes } from './routes/keys.js';
import { knowledgeCareRoutes } from './routes/knowledge-care.js';
import { repeatRoutes } from './routes/repeats.js';
import { knowledgeRoutes } from './routes/knowledge.js';
import { materialRoutes } from './routes/materials.js';
import { meetingRoutes } from './routes/meetings.js';
import { minutesRoutes } from './routes/minutes.js';
import { peopleRoutes } from './routes/people.js';
import { minutesFileRoutes } from './routes/minutes-files.js';
import { normProposalRoutes } from './routes/norm-proposals.js';
import { normRoutes } from './routes/norms.js';
import { objectionRoutes } from './routes/objections.js';
import { ownDataRoutes } from './routes/own-data.js';
import { peopleHereRoutes } from './routes/people-here.js';
import { phaseRoutes } from './routes/phases.js';
import { impressionRoutes } from './routes/impressions.js';
import { proposalRoutes } from './routes/proposals.js';
import { recordRoutes } from './routes/record.js';
import { backlogRoutes } from './routes/backlog.js';
import { reviewRowRoutes } from './routes/review-rows.js';
import { reviewRoutes } from './routes/reviews.js';
import { seriesRoutes } from './routes/series.js';
import { slotRoutes } from './routes/slots.js';
import { serviceRoutes } from './routes/service.js';
import { surveyRoutes } from './routes/survey.js';
import { signInRoutes } from './routes/sign-in.js';
import { speakingRoutes } from './routes/speaking.js';
import { storyRoutes } from './routes/stories.js';
import { taskRoutes } from './routes/tasks.js';
import { templateRoutes } from './routes/templates.js';
import { topicRoutes } from './routes/topics.js';
import { wallRoutes } from './routes/wall.js';
import { validatorCompiler } from './validate.js';

const routes = [
  meetingRoutes,
  phaseRoutes,
  peopleHereRoutes,
  beforeRoutes,
  calendarReplyRoutes,
  topicRoutes,
  speakingRoutes,
  wallRoutes,
  analysisRoutes,
  signInRoutes,
  ballotRoutes,
  actionRoutes,
  taskRoutes,
  minutesRoutes,
  minutesFileRoutes,
  objectionRoutes,
  feedbackRoutes,
  surveyRoutes,
  inviteRoutes,
  recordRoutes,
  impressionRoutes,
  eventRoutes,
  templateRoutes,
  storyRoutes,
  knowledgeRoutes,
  knowledgeCareRoutes,
  repeatRoutes,
  directoryRoutes,
  peopleRoutes,
  assistantRoutes,
  freeRoutes,
  keyRoutes,
  serviceRoutes,
  seriesRoutes,
  normProposalRoutes,
  normRoutes,
  proposalRoutes,
  backlogRoutes,
  slotRoutes,
  listRoutes,
  reviewRoutes,
  reviewRowRoutes,
  calendarFeedRoutes,
  exportRoutes,
  ownDataRoutes,
  coordinatorRoutes,
  dashboardRoutes,
];

/** Bytes. */
const bodyLimit = 1_048_576;
/** Longer than any token of ours. */
const maxParamLength = 2_100;

/** Ready to listen. `pages` come from above (web/), so that this folder imports nothing of theirs. */
export async function buildApi(deps: ApiDeps, pages: Pages[] = []): Promise<App> {
  const { config, clock } = deps;
  const api = new Api(deps);
  const app = Fastify({
    loggerInstance: deps.log,
    // Fastify's own lines hold addresses; ours are in log.ts.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    routerOptions: { maxParamLength },
    trustProxy: config.trustProxy ?? false,
    forceCloseConnections: 'idle',
    // For uploads over slow lines; other bodies have less time (http.ts).
    requestTimeout: 600_000,
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler(clock));
  // Answers are typed by their schemas; checking each at run time could turn a slip into a refusal (test/api/shapes.test.ts checks).
  app.setSerializerCompiler(() => JSON.stringify);
  answerErrors(app, config.locale);
  readBodies(app);
  hurryBodies(app);
  await protect(app, api);
  await describeRoutes(app, config.publicUrl);
  const fillIn = answerOtherMethods(app);
  logRequests(app);
  measure(app, api.commands.queue, deps.metrics);
  requireKeys(app, api);
  for (const add of routes) add(app, api);
  await importRoutes(app, api);
  await materialRoutes(app, api);
  for (const add of pages) await add(app, api);
  documentRoute(app);
  endLateConnections(app);
  fillIn();
  return app;
}

/** Headers, too many requests, too much load. */
async function protect(app: App, { deps }: Api): Promise<void> {
  const { config } = deps;
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: config.publicUrl.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
  });
  await app.register(rateLimit, {
    global: false,
    max: config.ratePerMinute ?? 600,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem('TooManyRequests', [fault('http.tooManyRequests')], {
        headers: { 'retry-after': String(Math.ceil(ttl / 1000)) },
      }),
  });
  await app.register(underPressure, {
    maxEventLoopDelay: config.busyAfterMs ?? 3_000,
    // A sample without a single turn of the loop counts as an endless delay: longer than any one piece of work takes.
    sampleInterval: 5_000,
    retryAfter: 5,
    pressureHandler: (request) => {
      if (request.url !== '/healthz') throw unavailable('http.busy', 5);
    },
  });
}

/** Every route but the open ones needs a key; who fails too often waits. */
function requireKeys(app: App, api: Api): void {
  const failures = app.createRateLimit({ max: api.deps.config.ratePerMinute ?? 600, timeWindow: 60_000 });
  app.decorateRequest('principal');
  app.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.open === true || isDocs(request.routeOptions.url)) return;
    try {
      request.principal = await principalOf(api, request);
    } catch (error) {
      const made = await failures(request);
      if (!made.isAllowed && made.isExceeded)
        throw new Problem('TooManyRequests', [fault('http.tooManyRequests')], { headers: { 'retry-after': '60' } });
      throw error;
    }
  });
}

/** A key; where the route says so, a personal link's token will do. */
async function principalOf(api: Api, request: FastifyRequest): Promise<Principal> {
  const { token } = request.query as { token?: unknown };
  if (request.routeOptions.config.linkToken !== true || typeof token !== 'string') return api.auth.principalOf(request);
  // Of a meeting, or of a quarter's review.
  const { id, quarter = id } = request.params as { id?: string; quarter?: string };
  const claims = await api.deps.links.verify(token);
  const isRight = id === undefined ? claims?.purpose === 'review' : claims?.purpose !== 'survey';
  if (claims === undefined || claims.meeting !== quarter || !isRight) problem('Unauthorized', 'auth.link');
  return linkPrincipal(await api.linkActor(claims));
}

const isDocs = (url: string | undefined): boolean => url === '/docs' || url?.startsWith('/docs/') === true;

/** What is under way gets this long once the process is to stop, milliseconds. */
const lastAnswersMs = 10_000;

/** A connection that its other side has forgotten keeps no process from stopping. */
function endLateConnections(app: App): void {
  app.addHook('preClose', (done) => {
    setTimeout(() => app.server.closeAllConnections(), lastAnswersMs).unref();
    done();
  });
}
