/** F6: the initiator hands in an improvement plan. */
import { completeTaskBody } from '../../api/schemas/commands.js';
import { findItem, isPlan } from '../../domain/meeting/follow-up/items.js';
import type { Plan } from '../../domain/meeting/state.js';
import { Heading, ItemFacts } from '../facts.js';
import { checked, possible, run } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';
import { Suggestions, surveyResult } from './survey-result.js';

export const planForm: LinkForm = {
  async show(context, filled) {
    const { say, state, claims } = context;
    const title = say('forms.title.plan');
    const plan = findItem(state, claims.ref ?? '');
    const suggestions = (await surveyResult(context))?.suggestions ?? [];
    const body = (
      <>
        <Heading context={context} title={title} />
        {plan === undefined || !isPlan(plan) ? (
          <Note text={say('forms.item.gone')} />
        ) : (
          <>
            <Standing context={context} plan={plan} />
            <ItemFacts context={context} item={plan} />
            <Suggestions context={context} suggestions={suggestions} />
            {canHandIn(context, plan) ? (
              <AskForPlan context={context} filled={filled} plan={plan} />
            ) : (
              <HandedIn context={context} plan={plan} />
            )}
          </>
        )}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const { text } = checked(completeTaskBody.pick({ text: true }), { text: fields['text'] });
    await run(context, 'completeTask', { id: context.claims.ref ?? '', text });
    return 'plan';
  },
};

/** Also on the page that asks for the plan's progress. */
export function AskForPlan({
  context,
  filled,
  plan,
}: {
  context: FormContext;
  filled: Filled;
  plan: Plan;
}): JSX.Element {
  const { say } = context;
  return (
    <form method="post" novalidate>
      <input type="hidden" name="do" value="plan" />
      <TextArea
        filled={filled}
        name="text"
        label={say('forms.field.plan')}
        help={say('mail.improvementPlan.content')}
        max={20_000}
        value={plan.text}
        long
      />
      <div class="buttons">
        <button type="submit" safe>
          {say('forms.submit.plan')}
        </button>
      </div>
    </form>
  );
}

const canHandIn = (context: FormContext, plan: Plan): boolean =>
  ['open', 'overdue', 'escalated'].includes(plan.status) && possible(context, 'completeTask', { id: plan.id });

function Standing({ context, plan }: { context: FormContext; plan: Plan }): JSX.Element {
  const { say } = context;
  const waiting = ['open', 'overdue', 'escalated'].includes(plan.status);
  if (waiting && !canHandIn(context, plan)) return <Note text={say('forms.link.readOnly')} />;
  if (plan.status !== 'open') return <Note text={say(`forms.item.${plan.status}`)} />;
  const params = { score: plan.score.toFixed(1), limit: context.state.norms.planBelow };
  return <Note text={say(`mail.improvementPlan.${plan.reason}`, params)} />;
}

function HandedIn({ context, plan }: { context: FormContext; plan: Plan }): JSX.Element {
  if (plan.text === undefined) return '';
  return (
    <>
      <h2 safe>{context.say('forms.field.plan')}</h2>
      <p class="pre" safe>
        {plan.text}
      </p>
    </>
  );
}
