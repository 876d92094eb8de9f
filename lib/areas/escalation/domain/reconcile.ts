import { itemFacts, isWaiting, type ItemFacts, type QueueRecord } from "./waiting-set";

/** `adding`: opened here, and its record has not been seen in thegent's file yet. `lost`: its record was gone when the file was last read. */
export type ActiveItem = { id: string; version: number; adding?: boolean; lost?: boolean; facts: ItemFacts };

/** What was decided here of an earlier item of the run, and how it reaches thegent. */
export type Decision = {
  effectId: string;
  itemId: string;
  status: "pending" | "applied" | "failed";
  /** Whether it was seen written before, so that it is being written again, and only to its own records. */
  wasWritten: boolean;
  /** Identity keys of the records that were decided on, and of those that its write has closed. */
  keys: readonly string[];
};

export type RunState = {
  active: ActiveItem | null;
  /** The run's item that was closed last, here or in thegent. */
  previousId: string | null;
  /** Everything that was decided here about the run, oldest first. */
  decisions: readonly Decision[];
  /** The records that the file holds of the run now. */
  records: readonly QueueRecord[];
  now: Date;
};

export type Step =
  | { do: "open"; previousId: string | null; facts: ItemFacts }
  | { do: "update"; item: ActiveItem; facts: ItemFacts }
  | { do: "close"; item: ActiveItem; word: string; closedAt: Date }
  /** Its record vanished and nobody resolved it: it stays open, and says so. */
  | { do: "lose"; item: ActiveItem }
  /** The file does not bear our decision any more: its effect is to be carried out again. */
  | { do: "reapply"; itemId: string; effectId: string };

export const unlistedWord = "pending without a usable deadline";

/** Keys from several sides, each once. */
export const decidedKeys = (...keys: readonly (readonly string[])[]): string[] => [...new Set(keys.flat())];

/**
 * What must happen here so that the queue says what thegent's file says of one run. Nothing, when it does already, or when a decision
 * taken here was not written yet: that write closes all of the run's pending records. A record that was decided on is never asked for
 * again, however often it comes back; what is asked for is what came since.
 */
export function reconcileRun({ active, previousId, decisions, records, now }: RunState): Step[] {
  const isUnwritten = decisions.some(({ status, wasWritten }) => status !== "applied" && !wasWritten);
  if (isUnwritten && !active) return [];

  const decided = new Map(decisions.flatMap((decision) => decision.keys.map((key) => [key, decision] as const)));
  const waiting = records.filter(isWaiting);
  const undone = new Set(
    waiting.flatMap((record) => decided.get(record.identityKey) ?? []).filter(({ status }) => status === "applied"),
  );
  const undecided = records.filter((record) => !decided.has(record.identityKey));
  const facts = itemFacts(undecided);

  const steps: Step[] = [...undone].map(({ itemId, effectId }) => ({ do: "reapply", itemId, effectId }));
  if (!active) return facts ? [...steps, { do: "open", previousId, facts }] : steps;
  if (!facts) return active.adding ? steps : [...steps, ...leave(active, undecided, now)];
  if (active.lost || !sameFacts(active.facts, facts)) steps.push({ do: "update", item: active, facts });
  return steps;
}

/**
 * Nothing of the item waits any more. It ends with the word and instant of its latest record that was resolved; if there is none, its
 * record vanished, which resolves nothing.
 */
function leave(item: ActiveItem, records: readonly QueueRecord[], now: Date): Step[] {
  const since = item.facts.blockedAt.getTime();
  const ended = records.filter(
    (record) => record.status !== "pending" && (record.blockedAt?.getTime() ?? since) >= since,
  );
  const last = ended.reduce<QueueRecord | null>(
    (latest, next) => (latest && time(latest) > time(next) ? latest : next),
    null,
  );
  if (last)
    return [
      {
        do: "close",
        item,
        word: last.status,
        closedAt: last.resolvedAt && last.resolvedAt <= now ? last.resolvedAt : now,
      },
    ];
  if (records.some((record) => record.status === "pending"))
    return [{ do: "close", item, word: unlistedWord, closedAt: now }];
  return item.lost ? [] : [{ do: "lose", item }];
}

const time = (record: QueueRecord): number => record.resolvedAt?.getTime() ?? 0;

function sameFacts(a: ItemFacts, b: ItemFacts): boolean {
  return (Object.keys(b) as (keyof ItemFacts)[]).every((key) => {
    const [mine, theirs] = [a[key], b[key]];
    return mine instanceof Date && theirs instanceof Date ? mine.getTime() === theirs.getTime() : mine === theirs;
  });
}
