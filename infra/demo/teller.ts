import { padTo, widthOf, wrap } from './width.js';

/** Where the story is told; `process.stdout`, or something that remembers. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** One mail as the story tells of it. */
export interface ToldMail {
  subject: string;
  to: string;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
export type Colour = keyof typeof codes;

const widest = 110;
const indent = 2;

/** Prints the story: a line per event with its date in a column of its own, and below it the mails that it set off. */
export class Teller {
  private readonly coloured: boolean;
  private readonly width: number;
  private lastWord = Date.now();
  /** The last line only said that something is under way. */
  isWaiting = false;

  constructor(
    private readonly output: Output,
    /** Columns of the longest date. */
    private readonly dateWidth: number,
    env: Readonly<Record<string, string | undefined>> = {},
  ) {
    this.coloured = output.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
    this.width = Math.max(60, Math.min(output.columns ?? widest, widest));
  }

  /** Milliseconds since anything was said. */
  get silence(): number {
    return Date.now() - this.lastWord;
  }

  colour(text: string, colour: Colour): string {
    return this.coloured ? `\x1b[${codes[colour]}m${text}\x1b[0m` : text;
  }

  /** A line that only says that something is still under way. */
  waiting(text: string): void {
    this.write(`${this.colour(`… ${text}`, 'dim')}\n`);
    this.isWaiting = true;
  }

  /** Whole lines, wrapped, from the left margin. */
  plain(text: string, colour?: Colour): void {
    this.hang('', text, 0, colour);
  }

  blank(): void {
    this.write('\n');
  }

  heading(text: string): void {
    this.write(`\n${this.colour(text, 'bold')}\n`);
  }

  /** Something that happened at a date. */
  event(date: string, text: string, colour?: Colour): void {
    const first = ' '.repeat(indent) + this.colour(padTo(date, this.dateWidth), 'cyan') + '  ';
    this.hang(first, text, this.column, colour);
  }

  /** More about the event above. */
  detail(text: string, colour?: Colour): void {
    this.hang(' '.repeat(this.column), text, this.column, colour);
  }

  /** Mails of one moment: each subject once, with everyone it went to. */
  mails(mails: ToldMail[], separator: string): void {
    const bySubject = new Map<string, string[]>();
    for (const { subject, to } of mails) bySubject.set(subject, [...(bySubject.get(subject) ?? []), to]);
    for (const [subject, people] of bySubject) {
      this.hang(`${' '.repeat(this.column)}✉ `, subject, this.column + 2, 'yellow');
      this.hang(`${' '.repeat(this.column)}  → `, people.join(separator), this.column + 4, 'dim');
    }
  }

  /** `label  value`, labels of one width. */
  table(rows: [label: string, value: string][]): void {
    const labels = Math.max(...rows.map(([label]) => widthOf(label)));
    for (const [label, value] of rows) this.write(`  ${padTo(label, labels)}  ${this.colour(value, 'cyan')}\n`);
  }

  private write(text: string): void {
    this.lastWord = Date.now();
    this.isWaiting = false;
    this.output.write(text);
  }

  private get column(): number {
    return indent + this.dateWidth + 2;
  }

  private hang(first: string, text: string, column: number, colour?: Colour): void {
    const [head = '', ...rest] = wrap(text, this.width - column);
    const shown = (line: string): string => (colour === undefined ? line : this.colour(line, colour));
    this.write(`${first}${shown(head)}\n`);
    for (const line of rest) this.write(`${' '.repeat(column)}${shown(line)}\n`);
  }
}
