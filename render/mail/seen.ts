import { contentFor, partingView, viewFor } from '../../domain/meeting/visibility.js';
import { translator } from '../../locales/index.js';
import type { MailInput } from './context.js';

/**
 * H7, H10: every mail and calendar object is made from what its reader may see, and from nothing else. Who has no part any
 * more (N4) is told when, where and who hosts.
 */
export function seenBy(input: MailInput): MailInput {
  const { reader, now, locale } = input;
  const title = translator(locale)('words.confidentialTopic');
  const viewer = { person: reader.id, roles: ['member' as const] };
  const state = viewFor(input.state, viewer, now, title) ?? partingView(input.state);
  const { minutes, analyses } = input;
  const shown = new Set(state.agenda.filter((t) => t.hidden !== true).map((t) => t.topicId));
  return {
    ...input,
    state,
    minutes: minutes && contentFor(state, minutes),
    analyses: analyses && Object.fromEntries(Object.entries(analyses).filter(([topicId]) => shown.has(topicId))),
  };
}
