/**
 * What all test files of one run share, and only if one of them asks: one real Temporal server, the workflow bundle,
 * the compiled product, and an empty archive, of which each asker gets a copy.
 * They belong to the runner's main process; test files, which run in workers, ask for them over HTTP (test/support/shared.ts).
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import './register-ts.js';

const root = path.resolve(import.meta.dirname, '..', '..');

const run = promisify(execFile);

/** Runs `make` when it is first asked for; `made` stays undefined until then. */
function once(make) {
  const self = () => (self.made ??= make());
  return self;
}

export default async function globalSetup() {
  const folder = await mkdtemp(path.join(tmpdir(), 'convoke-test-'));

  const startServer = once(async () => {
    const { resolveTemporalBinary } = await import('../../infra/embedded/temporal-binary.ts');
    const { startTemporal } = await import('../../infra/embedded/temporal-server.ts');
    const progress = (line) => process.stderr.write(`${line}\n`);
    const binary = await resolveTemporalBinary({ env: process.env, progress });
    const options = {
      port: 0,
      uiPort: 0,
      namespace: 'default',
      searchAttributes: {},
      timeTravel: true,
      persist: false,
    };
    return startTemporal({ ...options, binary, folder, progress });
  });
  const buildBundle = once(async () => {
    const { buildWorkflowBundle } = await import('../../infra/bundle.ts');
    return buildWorkflowBundle({ root, codePath: path.join(root, '.cache', 'test-workflow-bundle.js') });
  });
  const build = once(async () => {
    await run(process.execPath, [path.join(root, 'infra', 'build.js'), '--if-needed'], { cwd: root });
    return { folder: path.join(root, 'dist') };
  });
  const makeArchive = once(async () => {
    const { makeTemplate } = await import('../../archive/template.ts');
    return makeTemplate(path.join(root, '.cache', 'archive-templates'));
  });
  const copyArchive = async () => {
    const dataDir = path.join(folder, `archive-${(copies += 1)}`);
    // A thousand files: `cp` takes a tenth of what fs.cp takes.
    await run('cp', ['-R', await makeArchive(), dataDir]);
    return { dataDir };
  };
  let copies = 0;
  const answers = {
    '/temporal': async () => {
      const { address, uiUrl } = await startServer();
      return { address, uiUrl };
    },
    '/bundle': buildBundle,
    '/build': build,
    '/archive': copyArchive,
    '/templates': async () => ({ folder: path.dirname(await makeArchive()) }),
  };

  const keeper = createServer((request, response) => {
    // A connection that is kept may be closed in the moment in which it is used again.
    response.setHeader('connection', 'close');
    const answer = answers[request.url] ?? (() => Promise.reject(new Error(`nothing at ${request.url}`)));
    answer().then(
      (value) => response.end(JSON.stringify(value)),
      (error) => response.writeHead(500).end(String(error?.message ?? error)),
    );
  });
  await new Promise((resolve) => keeper.listen(0, '127.0.0.1', resolve));
  process.env.CONVOKE_TEST_KEEPER = `http://127.0.0.1:${keeper.address().port}`;

  return async () => {
    keeper.closeAllConnections();
    keeper.close();
    await startServer.made?.then(
      (server) => server.stop(),
      () => undefined,
    );
    await rm(folder, { recursive: true, force: true });
  };
}
