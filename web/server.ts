/** The whole HTTP face: the API with the pages of this folder. */
import { buildApi } from '../api/app.js';
import type { ApiDeps } from '../api/deps.js';
import type { App } from '../api/route.js';
import { linkPages } from './links.js';

/** Ready to listen. */
export function buildServer(deps: ApiDeps): Promise<App> {
  return buildApi(deps, [linkPages]);
}
