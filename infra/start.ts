/** `npm start`: everything in one process, with embedded parts for whatever is not configured. */
import { composition } from './compose.js';
import { runProcess } from './process.js';

await runProcess('all', composition);
