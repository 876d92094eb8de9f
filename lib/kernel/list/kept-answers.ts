import "server-only";

// On globalThis: the bundler may load this module more than once in one process.
const holder = globalThis as unknown as { cockpitChanges?: number };

/** Something was changed: what was answered before is not given again. Whoever hears of changes calls it before telling others. */
export function forgetAnswers(): void {
  holder.cockpitChanges = (holder.cockpitChanges ?? 0) + 1;
}

type Kept<T> = { at: number; changes: number; answer: Promise<T> };

/**
 * Answers that serve every reader of this process for a moment: a storm of readers asks the database once. At most `most` of them are held,
 * each for `keptMs` at most. A failure is told once, not kept.
 */
export class KeptAnswers<T> {
  private readonly kept = new Map<string, Kept<T>>();

  constructor(
    private readonly keptMs: number,
    private readonly most: number,
  ) {}

  find(key: string, now: Date): Promise<T> | undefined {
    const kept = this.kept.get(key);
    if (!kept || kept.changes !== (holder.cockpitChanges ?? 0)) return undefined;
    const age = now.getTime() - kept.at;
    return age >= 0 && age < this.keptMs ? kept.answer : undefined;
  }

  keep(key: string, now: Date, answer: Promise<T>): void {
    const kept = { at: now.getTime(), changes: holder.cockpitChanges ?? 0, answer };
    this.kept.delete(key);
    this.kept.set(key, kept);
    // The oldest goes first: a Map keeps the order in which its keys came.
    for (const oldest of [...this.kept.keys()].slice(0, Math.max(0, this.kept.size - this.most)))
      this.kept.delete(oldest);
    answer.catch(() => {
      if (this.kept.get(key) === kept) this.kept.delete(key);
    });
  }
}
