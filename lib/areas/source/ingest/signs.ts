import { setTimeout as sleep } from "node:timers/promises";

/** Signs that a long piece of work goes on: what hangs in the file system neither ends nor fails. */
export class Signs {
  private last = performance.now();

  give(): void {
    this.last = performance.now();
  }

  /** What the work gives, or "standstill" once no sign came for so long; the work is then left to itself. */
  async orStandstill<T>(work: Promise<T>, ms: number): Promise<T | "standstill"> {
    const over = new AbortController();
    try {
      return await Promise.race([work, this.standstill(ms, over.signal)]);
    } finally {
      over.abort();
    }
  }

  private async standstill(ms: number, signal: AbortSignal): Promise<"standstill"> {
    for (let left = ms; left > 0; left = this.last + ms - performance.now()) {
      await sleep(left, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) break;
    }
    return "standstill";
  }
}
