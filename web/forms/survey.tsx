/** F5: the survey, one minute, anonymous. What was answered is never shown again; only that it was. */
import { feedbackBody } from '../../api/schemas/commands.js';
import { answerSurvey } from '../../api/survey.js';
import type { SurveyStatus } from '../../archive/surveys.js';
import { asksForSuggestions } from '../../domain/meeting/follow-up/survey.js';
import { surveyRules } from '../../render/mail/records.js';
import { Heading, Moment } from '../facts.js';
import { checked, numberOf } from '../form.js';
import type { FormContext, LinkForm } from '../form.js';
import { Note, Radios, TextArea } from '../parts.js';
import type { Filled } from '../parts.js';
import { Result, surveyResult } from './survey-result.js';

export const surveyForm: LinkForm = {
  async show(context, filled) {
    const { say, api, claims } = context;
    const title = say('forms.title.survey');
    const status = await api.deps.archive.surveys.status(claims.meeting, claims.person);
    const why = whyNot(context, status);
    const over = why === 'closed' && status?.eligible === true;
    const result = over ? await surveyResult(context) : null;
    const body = (
      <>
        <Heading context={context} title={title} />
        {why === undefined && status !== null ? (
          <Ask context={context} filled={filled} status={status} />
        ) : (
          <Note text={say(`forms.survey.${why ?? 'notYet'}`)} />
        )}
        {result === null ? '' : <Result context={context} result={result} />}
      </>
    );
    return { title, body };
  },
  async act(context, fields) {
    const said = checked(feedbackBody, { score: numberOf(fields['score']), suggestion: fields['suggestion'] });
    await answerSurvey(context.api, context.claims, said.score, said.suggestion);
    return 'survey';
  },
};

function whyNot({ state }: FormContext, status: SurveyStatus | null): string | undefined {
  if (status === null) return state.closedAt === undefined ? 'notYet' : 'closed';
  if (status.status === 'closed') return 'closed';
  if (status.answered) return 'answered';
  return status.eligible ? undefined : 'notEligible';
}

function Ask({ context, filled, status }: { context: FormContext; filled: Filled; status: SurveyStatus }): JSX.Element {
  const { say, state } = context;
  const { surveyMinForSuggestions: n } = state.norms;
  // Without a series nothing waits for a later meeting (F5).
  const alone = state.seriesId === undefined ? 'Alone' : '';
  const asked = asksForSuggestions(state, status.of);
  const rules = surveyRules(state, say, asked);
  return (
    <>
      <Note text={rules.join(' ')} />
      <p>
        <span safe>{say('forms.survey.until')}</span> <Moment context={context} at={status.closesAt} />
      </p>
      <form method="post" novalidate>
        <Radios
          filled={filled}
          name="score"
          label={say('forms.field.score')}
          choices={['1', '2', '3', '4', '5'].map((value) => ({ value, label: say(`forms.score.${value}`) }))}
          scores
        />
        {asked ? (
          <TextArea
            filled={filled}
            name="suggestion"
            label={say('forms.field.suggestion')}
            help={say(`forms.help.suggestion${alone}`, { n })}
            max={2000}
          />
        ) : (
          ''
        )}
        <p class="help" safe>
          {say('mail.survey.once')}
        </p>
        <div class="buttons">
          <button type="submit" safe>
            {say('forms.submit.survey')}
          </button>
        </div>
      </form>
    </>
  );
}
