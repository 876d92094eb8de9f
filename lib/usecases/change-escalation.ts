import "server-only";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction, type Tx } from "@/lib/data/client";
import { findEscalation, personName } from "@/lib/data/escalation-writes";
import type { Plain } from "@/lib/domain/chain/audit-event";
import type { Escalation } from "@/lib/domain/escalation/escalation";
import type { Rejection, Transition } from "@/lib/domain/escalation/transitions";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { CockpitError } from "@/lib/errors";
import { sayRejection } from "@/lib/format/rejections";
import { doneEvent } from "./authorise";
import type { Context } from "./context";

type ItemAction = "escalation.claim" | "escalation.release" | "escalation.resolve" | "escalation.sign-off";
type Loaded = Escalation & { sourceId: string };

type Steps<A extends ItemAction> = {
  decide: (item: Loaded) => Transition;
  apply: (tx: Tx, grant: Grant<A>, item: Loaded, next: Extract<Transition, { ok: true }>["next"]) => Promise<boolean>;
  /** What else stands or falls with the change. */
  also?: (tx: Tx, item: Loaded) => Promise<void>;
  /** What the audit event says changed. */
  after: Plain;
};

/**
 * The one sequence of every act on an item: load, decide, write under guard, record; all of it or none. `seenVersion` is the
 * version the person looked at. Throws NOT_FOUND, REJECTED (the rule says no) or CONFLICT (somebody else was first, and who).
 */
export async function changeEscalation<A extends ItemAction>(ctx: Context, grant: Grant<A>, target: { id: string; version: number }, steps: Steps<A>): Promise<void> {
  const failed = await inTransaction(async (tx) => {
    const item = await findEscalation(tx, target.id);
    if (!item) throw new CockpitError("NOT_FOUND", "There is no such escalation.");
    const transition = steps.decide(item);
    if (!transition.ok) return { item, rejection: transition.rejection };
    if (item.version !== target.version) return { item, rejection: null };
    if (!(await steps.apply(tx, grant, item, transition.next))) return { item: await findEscalation(tx, target.id), rejection: null };
    await steps.also?.(tx, item);
    await appendAudit(tx, doneEvent(grant, ctx, { kind: "escalation", id: item.id }, { status: item.status, version: item.version }, steps.after));
    return null;
  });
  if (failed) throw await conflict(failed.item, failed.rejection);
}

async function conflict(item: Loaded | null, rejection: Rejection | null): Promise<CockpitError> {
  if (!rejection) {
    const who = item?.closedById ?? item?.claimedById ?? null;
    const by = who ? ` by ${await personName(who)}` : "";
    return new CockpitError("CONFLICT", `This item was changed${by} since you opened it. Look at its new state, then decide again.`);
  }
  const by = "byId" in rejection ? rejection.byId : null;
  const says = sayRejection(rejection, by ? { [by]: await personName(by) } : {});
  return rejection.why === "late-cause-missing" ? new CockpitError("REJECTED", says, { lateCause: says }) : new CockpitError(rejection.why === "no-breach" ? "REJECTED" : "CONFLICT", says);
}
