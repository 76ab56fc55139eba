/** F5: what the survey came to, once it is over: the mean, and suggestions that are nobody's. */
import type { SurveyResult } from '../../archive/ports.js';
import type { FormContext } from '../form.js';

export function surveyResult({ api, state }: FormContext): Promise<SurveyResult | null> {
  return api.deps.archive.surveys.result(state.id);
}

export function Result({ context, result }: { context: FormContext; result: SurveyResult }): JSX.Element {
  const { say, state } = context;
  const { mean, answers, suggestions } = result;
  const { surveyMinForMean, surveyMinForSuggestions: n } = state.norms;
  const told =
    mean === undefined
      ? say('forms.survey.few', { answers, n: surveyMinForMean })
      : say('forms.survey.mean', { mean: mean.toFixed(1), answers });
  return (
    <>
      <h2 safe>{say('forms.survey.result')}</h2>
      <p safe>{told}</p>
      {suggestions.length > 0 ? (
        <Suggestions context={context} suggestions={suggestions} />
      ) : (
        <p class="help" safe>
          {say(`forms.survey.noSuggestions${state.seriesId === undefined ? 'Alone' : ''}`, { n })}
        </p>
      )}
    </>
  );
}

/** Also where a plan is asked for. */
export function Suggestions({ context, suggestions }: { context: FormContext; suggestions: string[] }): JSX.Element {
  if (suggestions.length === 0) return '';
  return (
    <>
      <h2 safe>{context.say('mail.heading.suggestions')}</h2>
      <ul>
        {suggestions.map((s) => (
          <li class="pre" safe>
            {s}
          </li>
        ))}
      </ul>
    </>
  );
}
