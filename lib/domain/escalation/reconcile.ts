import { itemFacts, isWaiting, type ItemFacts, type QueueRecord } from "./waiting-set";

/** `adding`: opened here, and its record has not been seen in thegent's file yet. */
export type ActiveItem = { id: string; version: number; adding?: boolean; facts: ItemFacts };

/** The run's item that was closed last. `effect` is how its decision reaches thegent; null when it was closed there, or nothing is to be written. */
export type ClosedItem = {
  id: string;
  effect: { id: string; status: "pending" | "applied" | "failed"; /** Identity keys of the records it has closed so far. */ closedKeys: readonly string[] } | null;
};

export type RunState = {
  active: ActiveItem | null;
  closed: ClosedItem | null;
  /** The records that the file holds of the run now. */
  records: readonly QueueRecord[];
  now: Date;
};

export type Step =
  | { do: "open"; previousId: string | null; facts: ItemFacts }
  | { do: "update"; item: ActiveItem; facts: ItemFacts }
  | { do: "close"; item: ActiveItem; word: string; closedAt: Date }
  /** thegent wrote over our change: its effect is to be carried out again. */
  | { do: "reapply"; itemId: string; effectId: string };

export const removedWord = "removed from the file";
export const unlistedWord = "pending without a usable deadline";

/**
 * What must happen here so that the queue says what thegent's file says of one run. Nothing, when it does already, or when the
 * decision taken here has not been taken up yet: that write closes all of the run's pending records.
 */
export function reconcileRun({ active, closed, records, now }: RunState): Step[] {
  const effect = closed?.effect ?? null;
  const neverWritten = effect !== null && effect.status !== "applied" && effect.closedKeys.length === 0;
  if (neverWritten && !active) return [];

  const closedKeys = new Set(effect?.closedKeys);
  const waiting = records.filter(isWaiting);
  const undone = waiting.some((record) => closedKeys.has(record.identityKey));
  const facts = itemFacts(waiting.filter((record) => !closedKeys.has(record.identityKey)));

  const steps: Step[] = [];
  if (undone && effect?.status === "applied") steps.push({ do: "reapply", itemId: closed!.id, effectId: effect.id });
  if (!active && facts) steps.push({ do: "open", previousId: closed?.id ?? null, facts });
  if (active && facts && !sameFacts(active.facts, facts)) steps.push({ do: "update", item: active, facts });
  if (active && !facts && !active.adding) steps.push({ do: "close", item: active, ...howClosed(active, records, now) });
  return steps;
}

/** The word and instant of the run's latest record that is pending no more and belongs to this item, not to an earlier one. */
function howClosed(active: ActiveItem, records: readonly QueueRecord[], now: Date): { word: string; closedAt: Date } {
  const since = active.facts.blockedAt.getTime();
  const ended = records.filter((record) => record.status !== "pending" && (record.blockedAt?.getTime() ?? since) >= since);
  const last = ended.reduce<QueueRecord | null>((latest, next) => (latest && time(latest) > time(next) ? latest : next), null);
  if (!last) return { word: records.some((record) => record.status === "pending") ? unlistedWord : removedWord, closedAt: now };
  const usable = last.resolvedAt !== null && last.resolvedAt <= now;
  return { word: last.status, closedAt: usable ? last.resolvedAt! : now };
}

const time = (record: QueueRecord): number => record.resolvedAt?.getTime() ?? 0;

function sameFacts(a: ItemFacts, b: ItemFacts): boolean {
  return (Object.keys(b) as (keyof ItemFacts)[]).every((key) => {
    const [mine, theirs] = [a[key], b[key]];
    return mine instanceof Date && theirs instanceof Date ? mine.getTime() === theirs.getTime() : mine === theirs;
  });
}
