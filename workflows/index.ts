/** What the worker's bundle is built from: every workflow type by its exported name. */
import './traces.js';

export { meeting } from './meeting.js';
export { seriesOccurrence } from './series-occurrence.js';
export { knowledgeCare } from './knowledge-care.js';
export { quarterlyReview, reviewDay } from './quarterly-review.js';
export { normsDay, yearlyNorms } from './yearly-norms.js';
