import type { Vote } from '../../domain/meeting/state.js';
import type { Item } from '../document.js';
import { oneLine } from '../text.js';
import { always, list } from './context.js';
import type { MinutesContext, SectionBuilder } from './context.js';

export const votesSection: SectionBuilder = (c) => always(c, 'votes', list(c.state.votes.map((v) => voteItem(c, v))));

/** E8, E9: the motion, the rule's sentence, and the counts; never who voted how. */
function voteItem({ say }: MinutesContext, vote: Vote): Item {
  const { motion, secret, tally, electorate, required, passed } = vote;
  const verdict = say(passed === true ? 'minutes.vote.passed' : 'minutes.vote.failed');
  const counts = tally && { agree: tally.agree, against: tally.against, neutral: tally.neutral };
  return {
    title: oneLine(motion),
    aside: say(secret ? 'minutes.vote.secret' : 'minutes.vote.open'),
    notes:
      counts === undefined
        ? [say('minutes.vote.counting')]
        : [
            say('minutes.vote.result', { agree: counts.agree, electorate: electorate.length, required, verdict }),
            say('minutes.vote.counts', counts),
          ],
  };
}
