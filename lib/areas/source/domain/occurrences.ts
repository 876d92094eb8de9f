/** Counts equal lines, from what the file holds of them already. */
export class Occurrences {
  constructor(private readonly counts = new Map<string, number>()) {}
  next(sha256: string): number {
    const count = this.counts.get(sha256) ?? 0;
    this.counts.set(sha256, count + 1);
    return count;
  }
}
