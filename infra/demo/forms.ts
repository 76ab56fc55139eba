/** Enough HTML to use a plain form as a browser would: its fields, what may be chosen, what is sent. */
export interface Form {
  action: string;
  method: string;
  fields: Field[];
}

export interface Field {
  name: string;
  type: string;
  /** What is sent when nobody touches it; undefined for a button or box that is not pressed. */
  value?: string;
  /** For radio buttons, selects and submit buttons. */
  choices: string[];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescape(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi,
    (whole, hex?: string, dec?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
      if (dec !== undefined) return String.fromCodePoint(Number(dec));
      return entities[(name ?? '').toLowerCase()] ?? whole;
    },
  );
}

type Attributes = Record<string, string>;

function attributesOf(tag: string): Attributes {
  const found: Attributes = {};
  const inside = tag.replace(/^<\/?[a-z0-9]+/i, '').replace(/\/?>$/, '');
  for (const [, name = '', double, single, bare] of inside.matchAll(
    /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  ))
    found[name.toLowerCase()] = unescape(double ?? single ?? bare ?? '');
  return found;
}

/** Every form of a page. */
export function formsOf(html: string, pageUrl: string): Form[] {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gi)].map(([form]) => {
    const own = attributesOf(/^<form\b[^>]*>/i.exec(form)?.[0] ?? '');
    const action = new URL(own['action'] || pageUrl, pageUrl).href;
    return { action, method: (own['method'] ?? 'get').toUpperCase(), fields: fieldsOf(form) };
  });
}

function fieldsOf(form: string): Field[] {
  const fields = new Map<string, Field>();
  const controls = /<(input|button)\b[^>]*>|<(textarea|select)\b[^>]*>([\s\S]*?)<\/\2>/gi;
  for (const [tag, plain, holder, content] of form.matchAll(controls)) {
    const head = /^<[^>]*>/.exec(tag)?.[0] ?? '';
    const attributes = attributesOf(head);
    const { name } = attributes;
    if (!name || 'disabled' in attributes) continue;
    const kind = (plain ?? holder ?? '').toLowerCase();
    const field = fields.get(name) ?? { name, type: '', choices: [] };
    fields.set(name, merged(field, kind, attributes, content ?? ''));
  }
  return [...fields.values()];
}

function merged(field: Field, kind: string, attributes: Attributes, content: string): Field {
  if (kind === 'textarea') return { ...field, type: kind, value: unescape(content.replace(/^\n/, '')) };
  if (kind === 'select') return { ...field, type: kind, ...optionsOf(content) };
  const type = kind === 'button' ? 'submit' : (attributes['type'] ?? 'text').toLowerCase();
  const value = attributes['value'] ?? (type === 'checkbox' ? 'on' : '');
  if (type !== 'radio' && type !== 'checkbox' && type !== 'submit') return { ...field, type, value };
  const chosen = 'checked' in attributes ? { value } : {};
  return { ...field, type, ...chosen, choices: [...field.choices, value] };
}

function optionsOf(content: string): Pick<Field, 'value' | 'choices'> {
  const options = [...content.matchAll(/<option\b([^>]*)>([^<]*)/gi)].map(([, raw = '', label = '']) => {
    const attributes = attributesOf(`<option ${raw}>`);
    return { value: attributes['value'] ?? unescape(label.trim()), selected: 'selected' in attributes };
  });
  const value = (options.find((o) => o.selected) ?? options[0])?.value;
  return { choices: options.map((o) => o.value), ...(value === undefined ? {} : { value }) };
}

/** What a browser would send after somebody filled in `answers`. Throws for a field or choice that the form does not have. */
export function filledIn(form: Form, answers: Readonly<Record<string, string>>): URLSearchParams {
  for (const [name, answer] of Object.entries(answers)) {
    const field = form.fields.find((f) => f.name === name);
    if (!field) throw new Error(`the form has no field "${name}", only ${form.fields.map((f) => f.name).join(', ')}`);
    if (field.choices.length > 0 && !field.choices.includes(answer))
      throw new Error(`"${name}" offers ${field.choices.join(', ')}, not "${answer}"`);
  }
  const body = new URLSearchParams();
  for (const { name, value } of form.fields) {
    const sent = answers[name] ?? value;
    if (sent !== undefined) body.append(name, sent);
  }
  return body;
}

/** The text that a reader sees, for a message about what a page said. */
export function textOf(html: string): string {
  const body = html.replace(/<(style|script|title)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]+>/g, ' ');
  return unescape(body).replace(/\s+/g, ' ').trim();
}
