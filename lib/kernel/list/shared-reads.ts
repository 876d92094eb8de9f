type Turn<T> = { under: Promise<T>; next: Promise<T> | null };

/**
 * One read for all who ask the same at once, and never an older answer than asked for: whoever asks while a read is on its way, which may have set
 * out before what they have heard of, is answered by the one after it, together with all who ask by then.
 */
export class SharedReads<T> {
  private readonly turns = new Map<string, Turn<T>>();

  /** `key`: what is asked. A failure is told to those whose read it was. */
  ask(key: string, read: () => Promise<T>): Promise<T> {
    const turn = this.turns.get(key);
    if (!turn) return this.begin(key, read);
    return (turn.next ??= turn.under.then(
      () => this.begin(key, read),
      () => this.begin(key, read),
    ));
  }

  private begin(key: string, read: () => Promise<T>): Promise<T> {
    const turn: Turn<T> = { under: read(), next: null };
    this.turns.set(key, turn);
    const over = () => void (this.turns.get(key) === turn && !turn.next && this.turns.delete(key));
    turn.under.then(over, over);
    return turn.under;
  }
}
