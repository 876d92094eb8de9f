import "server-only";
import { randomUUID } from "node:crypto";
import { moveDue } from "@/lib/areas/escalation/domain/open";
import { reconcileRun, type Step } from "@/lib/areas/escalation/domain/reconcile";
import { aboutItem, endingOf, tellsOfTime } from "@/lib/areas/escalation/domain/tells";
import { closeThere } from "@/lib/areas/escalation/domain/transitions";
import type { QueueRecord } from "@/lib/areas/escalation/domain/waiting-set";
import type { Item } from "@/lib/areas/escalation/read/item";
import {
  closeItems,
  findRunItems,
  loseItems,
  queueLines,
  updateItems,
} from "@/lib/areas/escalation/store/source-queue";
import { doneEvent } from "@/lib/kernel/act/authorise";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import type { After } from "@/lib/kernel/chain/payloads";
import type { Tx } from "@/lib/kernel/db/client";
import { takeAllBut, type Refused } from "@/lib/kernel/db/refused";
import { reopenEffects } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { decideNotices } from "@/lib/kernel/notice/decide-notices";
import { addNotices, endNotices, listRoster } from "@/lib/kernel/notice/notices";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { paths } from "@/lib/model/paths";
import { openItems, type Opening } from "./open-items";
import { timeEvents } from "./time-events";

/** Another worker, a person or thegent was faster: nothing of the transaction holds, and the file is to be looked at again. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

export type QueueSource = {
  sourceId: string;
  /** What the bytes of a recorded line say, which was first seen then, and of which the file holds so many equal ones. */
  read: (bytes: Uint8Array, seenAt: Date, count: number) => QueueRecord | null;
  /** Whether the bytes that are being recorded are still what the disk holds under the file's name. */
  isCurrent: () => Promise<boolean>;
};

/** `stored`: the run's open item as it was read, where it has one. */
type RunStep = Step & { runId: string; stored: Item | null };
type Done = Record<"opened" | "updated" | "closed" | "lost" | "found" | "reapplied", string[]>;

/** Rounds in which a person may be faster before this gives up and starts over. */
const rounds = 4;
/** Runs that are loaded and decided at a time. */
const runsAtOnce = 2000;
/** Ids of one kind that an audit event lists. */
const listed = 200;

/**
 * Brings the items of `runIds` in line with what the file's recorded lines say of them; in the transaction that recorded them.
 * A decision that a person takes at the same moment wins. One audit event for the whole, if it did more to items than change their
 * facts; and one for each clock that had run out before thegent closed the item. Answers the runs whose items the database does not
 * take: they are left as they were, and hold up no other.
 */
export async function syncQueue(
  tx: Tx,
  fileId: string,
  runIds: readonly string[],
  queue: QueueSource,
  now: Date,
): Promise<Refused<string>[]> {
  const grant = grantSystem(operatingModel, "escalation.sync", "The cockpit");
  const requestId = randomUUID();
  const done: Done = { opened: [], updated: [], closed: [], lost: [], found: [], reapplied: [] };
  const late: DoneEvent<"escalation.escalate">[] = [];
  const refused: Refused<string>[] = [];
  for (let at = 0; at < runIds.length; at += runsAtOnce) {
    refused.push(...(await takeAllBut(tx, runIds.slice(at, at + runsAtOnce), orUndone(syncRuns))));
  }
  if (done.reapplied.length) await scheduleDelivery(tx, grant, queue.sourceId);
  if (Object.entries(done).some(([kind, ids]) => kind !== "updated" && ids.length)) {
    await appendAuditAll(tx, [
      ...late,
      doneEvent(grant, { now, requestId }, { kind: "file", id: fileId }, null, summary(done)),
    ]);
  }
  return refused;

  /** What the database undoes when it refuses some of the runs was not done. */
  function orUndone(work: (runs: readonly string[]) => Promise<void>) {
    return async (runs: readonly string[]) => {
      const lists: unknown[][] = [...Object.values(done), late];
      const lengths = lists.map(({ length }) => length);
      await work(runs).catch((error: unknown) => {
        lists.forEach((list, index) => (list.length = lengths[index]!));
        throw error;
      });
    };
  }

  async function syncRuns(runs: readonly string[]): Promise<void> {
    let left = runs;
    for (let round = 1; left.length; round++) {
      if (round > rounds) throw new Overtaken("People changed the same items faster than they could be read.");
      const steps = await decideSteps(tx, fileId, left, queue, now);
      // Only what is on the disk at this moment can have been written over, or be gone: a reading from before our own write cannot tell.
      if (steps.some((step) => step.do === "reapply" || step.do === "lose") && !(await queue.isCurrent()))
        throw new Overtaken("The queue file was replaced meanwhile.");
      left = await apply(steps);
    }
  }

  /** The runs whose items a person changed in between. */
  async function apply(steps: readonly RunStep[]): Promise<string[]> {
    const of = <Kind extends Step["do"]>(kind: Kind) =>
      steps.filter((step): step is Extract<RunStep, { do: Kind }> => step.do === kind);
    const updated = await updateItems(
      tx,
      grant,
      of("update").map(({ stored, facts }) => ({
        before: stored!,
        next: moveDue(stored!, facts.blockedAt, facts.dueAt),
        facts,
      })),
    );
    const closed = await close(of("close"));
    const lost = await loseItems(
      tx,
      grant,
      of("lose").map(({ item }) => item),
      now,
    );
    const opened = await openItems(tx, grant, queue.sourceId, of("open").map(toOpening), now);
    done.opened.push(...opened.flatMap((id) => id ?? []));
    done.reapplied.push(
      ...(await reopenEffects(
        tx,
        grant,
        of("reapply").map(({ effectId }) => effectId),
      )),
    );
    for (const { item } of of("update")) if (updated.has(item.id)) done[item.lost ? "found" : "updated"].push(item.id);
    done.closed.push(...closed);
    done.lost.push(...lost);
    return [...of("update"), ...of("close"), ...of("lose")]
      .filter(({ item: { id } }) => !updated.has(id) && !closed.has(id) && !lost.has(id))
      .map(({ runId }) => runId);
  }

  /** What thegent closed asks nobody for anything any more, but a breach stays one. */
  async function close(steps: readonly Extract<RunStep, { do: "close" }>[]): Promise<Set<string>> {
    const ended = steps.map(({ stored, word, closedAt }) => ({
      before: stored!,
      word,
      closedAt,
      ...closeThere(stored!, closedAt),
    }));
    const closed = await closeItems(tx, grant, ended);
    const kept = ended.filter(({ before }) => closed.has(before.id));
    await endNotices(
      tx,
      grant,
      kept.map(({ before }) => ({ ...endingOf("close", null), subjectId: before.id })),
      now,
    );
    const breaches = kept.filter(({ overdue }) => overdue.length);
    const roster = breaches.length ? await listRoster(tx) : [];
    const notices = breaches.flatMap(({ before, next, overdue }) =>
      decideNotices(
        tellsOfTime(overdue, paths[before.path].activity).filter(({ step }) => step === "breach"),
        { about: aboutItem(next), model: operatingModel, roster, routed: null, exceptId: null },
      ).map((notice) => ({ ...notice, subjectId: before.id })),
    );
    await addNotices(tx, grant, queue.sourceId, notices, now);
    late.push(...breaches.flatMap(({ before, overdue }) => timeEvents(before, overdue, { now, requestId })));
    return closed;
  }
}

const toOpening = ({
  runId,
  previousId,
  facts: { blockedAt, ...facts },
}: Extract<RunStep, { do: "open" }>): Opening => ({
  ...facts,
  path: "policy_denial",
  subject: runId,
  severity: null,
  startedAt: blockedAt,
  previousId,
});

async function decideSteps(
  tx: Tx,
  fileId: string,
  runIds: readonly string[],
  queue: QueueSource,
  now: Date,
): Promise<RunStep[]> {
  const lines = await queueLines(tx, fileId, runIds);
  const items = await findRunItems(tx, queue.sourceId, runIds);
  const records = new Map<string, QueueRecord[]>(runIds.map((runId) => [runId, []]));
  for (const { runId, bytes, count, seenAt } of lines) {
    const record = queue.read(bytes, seenAt, count);
    if (record) records.get(runId)?.push(record);
  }
  return [...records].flatMap(([runId, present]) => {
    const { item = null, ...of } = items.get(runId) ?? { active: null, previousId: null, decisions: [] };
    return reconcileRun({ ...of, records: present, now }).map((step) => ({ ...step, runId, stored: item }));
  });
}

function summary(done: Done): After<"escalation.sync"> {
  const kinds = Object.entries(done).filter(([, ids]) => ids.length);
  return Object.fromEntries(kinds.map(([kind, ids]) => [kind, { count: ids.length, ids: ids.slice(0, listed) }]));
}
