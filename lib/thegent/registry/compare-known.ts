/** A registry held against its own lines as they were read before: what the chain alone cannot show. */
import { finding, type Fact, type RegistryFinding } from "./explain";

/** The same whatever way it is spelt: what a record says, and the hash it has. */
const keyOf = ({ text, computed, stored }: Fact): string => (computed === null ? text : `${computed} ${stored}`);

export function compareWithKnown(now: readonly Fact[], known: readonly Fact[]): RegistryFinding[] {
  if (known.length === 0) return [];
  const found: RegistryFinding[] = [];
  const placeNow = new Map(now.map((fact, index) => [keyOf(fact), index]));
  const placeKnown = new Map(known.map((fact, index) => [keyOf(fact), index]));
  let [at, before] = [0, 0];
  while (at < now.length && before < known.length) {
    if (keyOf(now[at]!) === keyOf(known[before]!)) {
      at++;
      before++;
      continue;
    }
    const nextNow = next(now, at, (fact) => (placeKnown.get(keyOf(fact)) ?? -1) >= before);
    const nextKnown = next(known, before, (fact) => (placeNow.get(keyOf(fact)) ?? -1) >= at);
    const [fresh, gone] = [now.slice(at, nextNow), known.slice(before, nextKnown)];
    if (fresh.length === 0 && gone.length === 0) {
      const [from, to] = outOfOrder(now, at, known, before);
      found.push(
        finding(
          "moved",
          now.slice(at, to),
          "tampering",
          "These records stand in another order than they were read in.",
        ),
      );
      before += to - from;
      at = to;
      continue;
    }
    found.push(...changed(fresh, gone, nextNow === now.length, placeKnown));
    at = nextNow;
    before = nextKnown;
  }
  const cut = known.slice(before);
  if (cut.length > 0)
    found.push(
      finding("truncated", cut, "tampering", `The file ended with ${cut.length} more lines when it was read before.`, {
        before: cut[0]!.text,
        now: null,
        innocent: null,
      }),
    );
  return found;
}

function next(facts: readonly Fact[], from: number, is: (fact: Fact) => boolean): number {
  for (let at = from; at < facts.length; at++) if (is(facts[at]!)) return at;
  return facts.length;
}

/** The same lines on both sides in another order: up to where they agree again. */
function outOfOrder(now: readonly Fact[], at: number, known: readonly Fact[], before: number): [number, number] {
  const open = new Map<string, number>();
  const count = (text: string, by: number) => {
    const left = (open.get(text) ?? 0) + by;
    if (left === 0) open.delete(text);
    else open.set(text, left);
  };
  for (let step = 0; at + step < now.length && before + step < known.length; step++) {
    count(keyOf(now[at + step]!), 1);
    count(keyOf(known[before + step]!), -1);
    if (open.size === 0) return [at, at + step + 1];
  }
  return [at, now.length];
}

/** Lines that were not there before, where others were. */
function changed(
  fresh: readonly Fact[],
  gone: readonly Fact[],
  toTheEnd: boolean,
  placeKnown: Map<string, number>,
): RegistryFinding[] {
  const found: RegistryFinding[] = [];
  const pairs = Math.min(fresh.length, gone.length);
  if (pairs > 0) {
    const whole =
      pairs > 1 && toTheEnd && fresh.slice(1).every((fact, index) => fact.previous === fresh[index]!.stored);
    const edited = fresh.slice(0, whole ? 1 : pairs);
    found.push(
      finding("edited", edited, "tampering", "It says something else than when it was read before.", {
        before: gone[0]!.text,
      }),
    );
    if (whole)
      found.push(
        finding(
          "rewritten",
          fresh.slice(1),
          "tampering",
          "Every hash from here on was made anew, so that the chain looks whole.",
          {
            before: gone[1]!.text,
          },
        ),
      );
  }
  const added = fresh.slice(pairs);
  if (added.length > 0) {
    const again = added.every((fact) => placeKnown.has(keyOf(fact)));
    found.push(
      again
        ? finding("duplicated", added, "tampering", "It was there already.")
        : finding("inserted", added, "tampering", "It was not there when the lines around it were read."),
    );
  }
  const lost = gone.slice(pairs);
  if (lost.length > 0)
    found.push(
      finding("removed", lost, "tampering", "It was there before, and is gone.", { before: lost[0]!.text, now: null }),
    );
  return found;
}
