/** What has been started and must be ended again, last started first. */
export class Undo {
  private readonly steps: (() => Promise<void>)[] = [];
  private readonly announcements: (() => void)[] = [];
  private running: Promise<void> | undefined;

  get begun(): boolean {
    return this.running !== undefined;
  }

  /** Remembers how to end something; before it is started, so that nothing is forgotten that was half way. */
  push(step: () => Promise<void> | void): void {
    this.steps.push(async () => step());
  }

  /** Does something at the very beginning of the end. */
  first(step: () => void): void {
    this.announcements.push(step);
  }

  /** Ends everything, also what was pushed meanwhile; a step that fails does not keep the others. Safe to call twice. */
  all(): Promise<void> {
    return (this.running ??= this.run());
  }

  private async run(): Promise<void> {
    // Its disk may be full: that keeps nothing from its end.
    for (const announce of this.announcements) attempt(announce);
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      await step().catch((error: unknown) => console.error(error));
    }
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch (error) {
    console.error(error);
  }
}
