/**
 * Runs work one after the other, in the order it was asked for. Not built on `condition`: that lets every waiter pass whose
 * predicate holds at the same moment.
 */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  readonly run = <T>(work: () => Promise<T>): Promise<T> => {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  };
}
