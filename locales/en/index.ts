import { chat } from './chat.js';
import { coordinators } from './coordinators.js';
import { data } from './data.js';
import { errors } from './errors.js';
import { forms } from './forms.js';
import { imports } from './imports.js';
import { knowledge } from './knowledge.js';
import { lists } from './lists.js';
import { mail } from './mail.js';
import { minutes } from './minutes.js';
import { norms } from './norms.js';
import { params } from './params.js';
import { preparing } from './preparing.js';
import { proposal } from './proposal.js';
import { review } from './review.js';
import { signIn } from './sign-in.js';
import { subjects } from './subjects.js';
import { templates } from './templates.js';
import { words } from './words.js';
import { zones } from './zones.js';

/** Topic → its sentences; a key outside is `<topic>.<key>`. */
export const catalogue = {
  subject: subjects,
  mail,
  chat,
  minutes,
  signIn,
  words,
  zones,
  forms,
  params,
  preparing,
  proposal,
  review,
  norms,
  imports,
  knowledge,
  lists,
  data,
  coordinators,
  templates,
  errors,
};
