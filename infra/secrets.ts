import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config.js';
import { createWhole } from './embedded/whole-file.js';
import { reasonOf, StartProblem } from './problem.js';

export interface Secrets {
  /** Newest first: the first signs links, all of them verify. */
  secrets: string[];
  adminKey: string;
  /** Where the operator finds the admin key; undefined when it was configured. */
  adminKeyFile: string | undefined;
  /** Secrets that were made here, so that processes elsewhere do not have them. */
  madeHere: ('CONVOKE_SECRET' | 'CONVOKE_ADMIN_KEY')[];
}

/** The configured secrets, else those of the data folder, made at the first start and readable only by their owner. */
export function loadSecrets(config: Pick<Config, 'dataFolder' | 'secrets' | 'adminKey'>): Secrets {
  const adminKeyFile = config.adminKey === undefined ? path.join(config.dataFolder, 'admin-key') : undefined;
  const secretFile = path.join(config.dataFolder, 'secret');
  return {
    secrets:
      config.secrets ??
      readOrMake(secretFile)
        .split(',')
        .map((secret) => secret.trim()),
    adminKey: config.adminKey ?? readOrMake(adminKeyFile!),
    adminKeyFile,
    madeHere: [
      ...(config.secrets === undefined ? (['CONVOKE_SECRET'] as const) : []),
      ...(config.adminKey === undefined ? (['CONVOKE_ADMIN_KEY'] as const) : []),
    ],
  };
}

/** Of several processes that start together one makes the file, whole at once; the others read what it wrote. */
function readOrMake(file: string): string {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    createWhole(file, `${randomBytes(32).toString('base64url')}\n`);
  } catch (error) {
    throw unusable(file, reasonOf(error));
  }
  try {
    const content = readFileSync(file, 'utf8').trim();
    if (content.length >= 16) return content;
  } catch (error) {
    throw unusable(file, reasonOf(error));
  }
  throw unusable(
    file,
    'it is too short to be a secret; remove it to have a new one made (links signed with the old one then end)',
  );
}

function unusable(file: string, reason: string): StartProblem {
  return new StartProblem(
    `The secret in ${file} cannot be used: ${reason}.\nMake the folder writable, or set CONVOKE_DATA to one that is, or CONVOKE_SECRET and CONVOKE_ADMIN_KEY.`,
  );
}
