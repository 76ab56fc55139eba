import { record } from './0001-record.js';
import { boxes } from './0002-boxes.js';
import { view } from './0003-view.js';
import { tasksDoneTwice } from './0004-tasks-done-twice.js';
import { writtenInputs } from './0005-written-inputs.js';
import { digests } from './0006-digests.js';
import { analyses } from './0007-analyses.js';
import { files } from './0008-files.js';
import { standing } from './0010-standing.js';
import { directory } from './0011-directory.js';
import { series } from './0012-series.js';
import { calendarReplies } from './0014-calendar-replies.js';
import { facts } from './0015-facts.js';
import { knowledge } from './0016-knowledge.js';
import { norms } from './0017-norms.js';
import { ownData } from './0019-own-data.js';
import { normYears } from './0020-norm-years.js';
import { knowledgeCare } from './0022-knowledge-care.js';
import { suggestionsWithoutSeries } from './0023-suggestions-without-series.js';
import { namesAndDelegates } from './0024-names-and-delegates.js';
import { factsBehind } from './0026-facts-behind.js';
import { knowledgeByPlace } from './0027-knowledge-by-place.js';
import { taking } from './0028-taking.js';

export interface Migration {
  number: number;
  name: string;
  sql: string;
}

/** In order and for ever: a released migration is never changed (its checksum is kept), the next one corrects it. */
export const migrations: readonly Migration[] = [
  { number: 1, name: 'record', sql: record },
  { number: 2, name: 'boxes', sql: boxes },
  { number: 3, name: 'view', sql: view },
  { number: 4, name: 'tasks done twice', sql: tasksDoneTwice },
  { number: 5, name: 'written inputs', sql: writtenInputs },
  { number: 6, name: 'digests', sql: digests },
  { number: 7, name: 'analyses', sql: analyses },
  { number: 8, name: 'files', sql: files },
  { number: 10, name: 'standing', sql: standing },
  { number: 11, name: 'directory', sql: directory },
  { number: 12, name: 'series', sql: series },
  { number: 14, name: 'calendar replies', sql: calendarReplies },
  { number: 15, name: 'facts', sql: facts },
  { number: 16, name: 'knowledge', sql: knowledge },
  { number: 17, name: 'norms', sql: norms },
  { number: 19, name: 'own data', sql: ownData },
  { number: 20, name: 'norm years', sql: normYears },
  { number: 22, name: 'knowledge care', sql: knowledgeCare },
  { number: 23, name: 'suggestions without series', sql: suggestionsWithoutSeries },
  { number: 24, name: 'names and delegates', sql: namesAndDelegates },
  { number: 26, name: 'facts behind', sql: factsBehind },
  { number: 27, name: 'knowledge by place', sql: knowledgeByPlace },
  { number: 28, name: 'taking', sql: taking },
];
