/** What the person at the terminal did: said in their language, without a stack. */
export class UserMistake extends Error {
  override readonly name = 'UserMistake';
  constructor(readonly lines: string[]) {
    super(lines.join('\n'));
  }
}

/** The story did not go as it should: what was expected, and what came. */
export class StoryProblem extends Error {
  override readonly name = 'StoryProblem';
  constructor(
    readonly expected: string,
    readonly came: string,
  ) {
    super(`expected ${expected}, got ${came}`);
  }
}
