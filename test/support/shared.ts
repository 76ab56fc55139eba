/** What the keeper in the runner's main process (global-setup.js) hands out; the first to ask waits for the start. */
async function ask<T>(what: string): Promise<T> {
  const keeper = process.env['CONVOKE_TEST_KEEPER'];
  if (keeper === undefined)
    throw new Error('Run tests by `npm test` or `npm run vitest`, with the project’s own vitest.config.ts');
  const response = await fetch(`${keeper}/${what}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text) as T;
}

/** The one real Temporal server of this test run, with time travel on. */
export const sharedTemporal = (): Promise<{ address: string; uiUrl: string }> => ask('temporal');

/** Path of the bundle of workflows/index.ts, for `workflowBundle: { codePath }`; made once per run. */
export const sharedBundle = async (): Promise<{ codePath: string }> => ask('bundle');

/** A folder for an archive of one's own: a copy of one that is brought to this version and empty. */
export const archiveFolder = (): Promise<{ dataDir: string }> => ask('archive');

/** Where the template of empty archives is (archive/template.ts). */
export const sharedTemplates = (): Promise<{ folder: string }> => ask('templates');

/** The folder of the compiled product, brought up to date if its sources have changed since. */
export const sharedBuild = (): Promise<{ folder: string }> => ask('build');
