/** `npm run start:worker`: only a worker, against configured parts; as many of them as wanted. */
import { composition } from './compose.js';
import { runProcess } from './process.js';

await runProcess('worker', composition);
