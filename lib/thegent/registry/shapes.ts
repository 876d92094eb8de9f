/**
 * The orders in which a file's records write their keys, learnt from its lines: thegent has a handful. Who has met an order before compares
 * its keys instead of reading them, and knows where each goes in the canonical form, where keys are sorted.
 */
export type Shape = {
  /** For each place of the canonical form, which value of the line stands there; the record's own hash has none. */
  order: Int32Array;
  /** Before each of them: a brace or comma, the key, a colon. */
  leads: Uint8Array[];
  /** Which value of the line has this key; -1: none. */
  at: Record<Named, number>;
};

const named = ["hash", "prev_hash", "run_id", "signature", "event", "started_at_utc", "owner", "prompt"] as const;
type Named = (typeof named)[number];

export class Step {
  readonly next: Step[] = [];
  private known: Shape | null | undefined;

  constructor(
    /** With its quotes. */
    readonly key: Uint8Array,
    private readonly before: Step | null,
  ) {}

  /** Null for an order with a key twice, of which only the last counts: that is read with care. */
  get shape(): Shape | null {
    if (this.known === undefined) this.known = this.makeShape();
    return this.known;
  }

  private keys(): string[] {
    return this.before ? [...this.before.keys(), Buffer.from(this.key).toString("latin1")] : [];
  }

  private makeShape(): Shape | null {
    const keys = this.keys();
    if (new Set(keys).size !== keys.length) return null;
    const order = keys
      .map((_, index) => index)
      .filter((index) => keys[index] !== '"hash"')
      // Plain ASCII, without escapes: byte by byte is by code point. A key that begins another comes first, so without the last quote.
      .sort((a, b) => (keys[a]!.slice(0, -1) < keys[b]!.slice(0, -1) ? -1 : 1));
    return {
      order: Int32Array.from(order),
      leads: order.map((index, place) => Buffer.from(`${place === 0 ? "{" : ","}${keys[index]}:`, "latin1")),
      at: Object.fromEntries(named.map((name) => [name, keys.indexOf(`"${name}"`)])) as Record<Named, number>,
    };
  }
}

const mostSteps = 4096;
const mostNext = 16;

export class Shapes {
  readonly start = new Step(new Uint8Array(0), null);
  private steps = 0;

  /** Null when the file has shown too many: what is not learnt is read with care. */
  learn(from: Step, key: Uint8Array): Step | null {
    if (this.steps >= mostSteps || from.next.length >= mostNext) return null;
    this.steps += 1;
    const step = new Step(Uint8Array.from(key), from);
    from.next.push(step);
    return step;
  }
}
