/** `npm run start:api`: only the API, against configured parts; as many of them as wanted. */
import { composition } from './compose.js';
import { runProcess } from './process.js';

await runProcess('api', composition);
