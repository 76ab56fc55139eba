/** The parts that the forms are made of: labels above, help below the label, faults at the field and in the summary. */
import type { ShownFault } from '../api/problem-json.js';
import type { Translate } from '../locales/index.js';

/** What was sent and refused: shown again, nothing lost. */
export interface Filled {
  values: Record<string, string>;
  faults: ShownFault[];
  /** The fields' labels, noted by the fields as they are written, for the summary above them. */
  labels: Map<string, string>;
}

export const filledWith = (values: Record<string, string> = {}, faults: ShownFault[] = []): Filled => ({
  values,
  faults,
  labels: new Map(),
});

interface FieldProps {
  filled: Filled;
  name: string;
  label: string;
  help?: string | undefined;
  required?: boolean;
  /** Asked only with this choice of a radio group above; without `:has()` in the browser always (style.ts). */
  only?: 'reassign' | 'simplify' | 'dated' | 'no' | 'yes';
}

const idOf = (name: string): string => `f-${name}`;
const faultsAt = (filled: Filled, name: string): ShownFault[] => filled.faults.filter((f) => f.path === name);

function describedBy({ filled, name, help }: FieldProps): string | undefined {
  const ids = [
    ...(help === undefined ? [] : [`h-${name}`]),
    ...(faultsAt(filled, name).length > 0 ? [`e-${name}`] : []),
  ];
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Help({ name, help }: { name: string; help: string | undefined }): JSX.Element {
  if (help === undefined) return '';
  return (
    <p class="help" id={`h-${name}`} safe>
      {help}
    </p>
  );
}

function Faults({ filled, name }: { filled: Filled; name: string }): JSX.Element {
  const faults = faultsAt(filled, name);
  if (faults.length === 0) return '';
  return (
    <p class="fault" id={`e-${name}`} safe>
      {faults.map((f) => f.message).join(' ')}
    </p>
  );
}

function Around({ field, children }: { field: FieldProps; children: JSX.Element }): JSX.Element {
  field.filled.labels.set(field.name, field.label);
  const bad = faultsAt(field.filled, field.name).length > 0;
  return (
    <div class={['field', bad && 'bad', field.only && `only-${field.only}`]}>
      <label for={idOf(field.name)} safe>
        {field.label}
      </label>
      <Help name={field.name} help={field.help} />
      <Faults filled={field.filled} name={field.name} />
      {children}
    </div>
  );
}

const invalid = (filled: Filled, name: string): 'true' | undefined =>
  faultsAt(filled, name).length > 0 ? 'true' : undefined;

type InputProps = FieldProps & {
  type: 'text' | 'number' | 'date' | 'datetime-local';
  value?: string | undefined;
  min?: string;
  max?: string;
};

export function Input(props: InputProps): JSX.Element {
  const { filled, name, type, value, min, max, required } = props;
  return (
    <Around field={props}>
      <input
        id={idOf(name)}
        name={name}
        type={type}
        value={filled.values[name] ?? value ?? ''}
        min={min}
        max={max}
        required={required}
        aria-describedby={describedBy(props)}
        aria-invalid={invalid(filled, name)}
        autocomplete="off"
      />
    </Around>
  );
}

export function FileInput(props: FieldProps & { accept: string }): JSX.Element {
  const { filled, name, accept } = props;
  return (
    <Around field={props}>
      <input
        id={idOf(name)}
        name={name}
        type="file"
        accept={accept}
        aria-describedby={describedBy(props)}
        aria-invalid={invalid(filled, name)}
      />
    </Around>
  );
}

export function TextArea(props: FieldProps & { max: number; value?: string | undefined; long?: boolean }): JSX.Element {
  const { filled, name, max, value, long, required } = props;
  return (
    <Around field={props}>
      <textarea
        id={idOf(name)}
        name={name}
        maxlength={String(max)}
        class={long ? 'long' : undefined}
        required={required}
        aria-describedby={describedBy(props)}
        aria-invalid={invalid(filled, name)}
        safe
      >
        {`\n${filled.values[name] ?? value ?? ''}`}
      </textarea>
    </Around>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function Select(
  props: FieldProps & { choices: Choice[]; value?: string | undefined; none?: string },
): JSX.Element {
  const { filled, name, choices, none } = props;
  const chosen = filled.values[name] ?? props.value ?? '';
  const all = none === undefined ? choices : [{ value: '', label: none }, ...choices];
  return (
    <Around field={props}>
      <select id={idOf(name)} name={name} aria-describedby={describedBy(props)} aria-invalid={invalid(filled, name)}>
        {all.map((c) => (
          <option value={c.value} selected={c.value === chosen} safe>
            {c.label}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** A group of radio buttons, none of them preselected unless `value` says so. */
export function Radios(
  props: FieldProps & { choices: Choice[]; value?: string | undefined; scores?: boolean },
): JSX.Element {
  const { filled, name, label, help, choices, scores } = props;
  const chosen = filled.values[name] ?? props.value;
  filled.labels.set(name, label);
  const bad = faultsAt(filled, name).length > 0;
  return (
    <fieldset class={bad ? 'field bad' : 'field'} aria-describedby={describedBy(props)}>
      <legend safe>{label}</legend>
      <Help name={name} help={help} />
      <Faults filled={filled} name={name} />
      <div class={scores ? 'choices scores' : 'choices'}>
        {choices.map((c, i) => (
          <label>
            <input
              type="radio"
              id={i === 0 ? idOf(name) : undefined}
              name={name}
              value={c.value}
              checked={c.value === chosen}
              required
            />
            {scores ? <b safe>{c.value}</b> : ''}
            <span safe>{c.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** On top, with a link to each field (look.md, Forms). Written after the form, which has noted its labels by then. */
export function ErrorSummary({ filled, say }: { filled: Filled; say: Translate }): JSX.Element {
  if (filled.faults.length === 0) return '';
  return (
    <div class="errors" role="alert" aria-labelledby="errors-title">
      <h2 id="errors-title" safe>
        {say('forms.problem.title')}
      </h2>
      <ul>
        {filled.faults.map((f) => (
          <li>
            {filled.labels.has(f.path) ? (
              <a href={`#${idOf(f.path)}`} safe>
                {`${filled.labels.get(f.path) ?? ''}${say('words.colon')}${f.message}`}
              </a>
            ) : (
              <span safe>{f.message}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What holds now, as label and value. A value that is not there is left out. */
export function Facts({ facts }: { facts: [label: string, value: JSX.Element | undefined][] }): JSX.Element {
  const there = facts.filter((f): f is [string, JSX.Element] => f[1] !== undefined && f[1] !== '');
  return (
    <dl class="facts">
      {there.map(([label, value]) => (
        <div>
          <dt safe>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Text that a person typed or the catalogue has, escaped. */
export function Text({ of }: { of: string }): JSX.Element {
  return <span safe>{of}</span>;
}

export function Note({ good, text }: { good?: boolean; text: string }): JSX.Element {
  return (
    <div class={good ? 'note good' : 'note'} role={good ? 'status' : undefined}>
      <p safe>{text}</p>
    </div>
  );
}

export type Mark = 'waiting' | 'ontime' | 'due' | 'missed' | 'escalated';
const shapes: Record<Mark, string> = { waiting: '○', ontime: '●', due: '▲', missed: '■', escalated: '◆' };

/** A state is always colour and word and shape (look.md). */
export function State({ mark, word }: { mark: Mark; word: string }): JSX.Element {
  return (
    <span class={`state s-${mark}`}>
      <span aria-hidden="true" safe>
        {shapes[mark]}
      </span>{' '}
      <span safe>{word}</span>
    </span>
  );
}
