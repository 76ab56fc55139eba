/**
 * What activities and API need of the archive. A port's comments are its contract; one suite runs on every database.
 * All instants are epoch milliseconds of workflow time unless said otherwise.
 */
export type * from './ports/boxes.js';
export type * from './ports/content.js';
export type * from './ports/directory.js';
export type * from './ports/mail.js';
export type * from './ports/topics.js';
export type * from './ports/view.js';
