/** One piece of work after the other, in the order of asking; one that fails does not hold up the next. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
