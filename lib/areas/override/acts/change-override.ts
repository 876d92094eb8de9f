import "server-only";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import { statusWords, type Override } from "@/lib/areas/override/domain/override";
import type { OverrideRejection, OverrideTransition } from "@/lib/areas/override/domain/transitions";
import { contentOf } from "@/lib/areas/override/read/blast-radius";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import { findOverride, saveOverride } from "@/lib/areas/override/store/writes";
import { sayOverrideRejection } from "@/lib/areas/override/words";
import { doneEvent, turnAway } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import type { ChangingOverride } from "@/lib/kernel/act/doors";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import type { Plain } from "@/lib/kernel/chain/audit-event";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { personNames } from "@/lib/kernel/db/people-named";
import { CockpitError } from "@/lib/kernel/errors";
import { endNotices } from "@/lib/kernel/notice/notices";
import type { Ending, Tell } from "@/lib/kernel/notice/steps";
import type { PersonActionId } from "@/lib/model/actions";
import { refuse, type Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { overrideTimeEvents } from "./pass-time";
import { tellOfOverride } from "./tell";

/** By whose right, and in whose place; or why this person may not. */
type By<A extends PersonActionId> = { grant: Grant<A>; forId: string | null } | { because: string };
/** Where the right hangs on what may change meanwhile, it is read in the transaction of the act. Null: there is no such override. */
export type FindBy<A extends PersonActionId> = (
  tx: Tx,
  override: StoredOverride | null,
  ctx: Context,
) => Promise<By<A>>;
export type Target = { id: string; version: number };

/** Acts of people that change an override. */
export type ChangingAct = ChangingOverride & PersonActionId;

export type Steps<A extends ChangingAct> = {
  /** `forId`: in whose place it is done. */
  decide: (
    override: StoredOverride,
    by: { personId: string; forId: string | null; now: Date },
    content: Content | null,
  ) => OverrideTransition;
  /** Whether the content as it is now, read in the same transaction, is kept with it: what is decided on, or was taken back. */
  keepsContent?: true;
  /** What the audit event says besides the state. */
  says?: (next: Override) => { [key: string]: Plain };
  tells?: (next: Override) => Tell[];
  /** Which standing notices it settles. */
  settles?: Ending;
  /** What else stands or falls with it; before its audit event. */
  also?: (tx: Tx, done: { override: StoredOverride; next: Override; grant: Grant<A>; ctx: Context }) => Promise<void>;
};

/**
 * The one sequence of every act of a person on an override: load, decide, write under guard, tell, record; all of it or none. `version`
 * is the version the person looked at. Throws NOT_FOUND, FORBIDDEN (it is not this person's to do, which is recorded), REJECTED (the rule
 * says no) or CONFLICT (somebody else was first, and who).
 */
export async function changeOverride<A extends ChangingAct>(
  ctx: Context,
  action: A,
  findBy: FindBy<A>,
  target: Target,
  steps: Steps<A>,
): Promise<void> {
  const failed = await inTransaction(async (tx) => {
    const override = await findOverride(tx, target.id);
    const by = await findBy(tx, override, ctx);
    if ("because" in by) return by;
    if (!override) throw new CockpitError("NOT_FOUND", "There is no such override.");
    const { grant, forId } = by;
    const content = steps.keepsContent ? await contentOf(tx, override, ctx.now) : null;
    const transition = steps.decide(override, { personId: grant.actor.id, forId, now: ctx.now }, content);
    if (!transition.ok) return { override, rejection: transition.rejection };
    if (override.version !== target.version) return { override, rejection: null };
    const { next, overdue } = transition;
    if (!(await saveOverride(tx, grant, override, next, content ?? undefined)))
      return { override: await findOverride(tx, target.id), rejection: null };
    if (steps.settles) await endNotices(tx, grant, [{ ...steps.settles, subjectId: override.id }], ctx.now);
    await steps.also?.(tx, { override, next, grant, ctx });
    await tellOfOverride(tx, grant, override, next, steps.tells?.(next) ?? [], ctx.now);
    const after = { status: next.status, version: override.version + 1, ...steps.says?.(next) };
    const act = doneEvent(
      grant,
      ctx,
      { kind: "override", id: override.id },
      { status: override.status, version: override.version },
      after,
    );
    await appendAuditAll(tx, [...overrideTimeEvents(override, overdue, ctx), act]);
    return null;
  });
  if (!failed) return;
  const because =
    "because" in failed
      ? failed.because
      : failed.rejection && ofPersons.has(failed.rejection.why)
        ? sayOverrideRejection(failed.rejection, {})
        : null;
  if (because !== null) {
    await turnAway(ctx, refuse(operatingModel, action, ctx.actor, because), { kind: "override", id: target.id });
  }
  if ("override" in failed) throw await conflict(failed.override, failed.rejection);
}

/** Separation of duties: refused because of who acts. Such an attempt is an event of the chain, like any other refusal of a right. */
const ofPersons: ReadonlySet<OverrideRejection["why"]> = new Set(["own-request", "own-advice", "not-yours"]);

async function conflict(override: StoredOverride | null, rejection: OverrideRejection | null): Promise<CockpitError> {
  const who = override?.endedById ?? override?.decidedById ?? null;
  const names = await personNames([who, rejection && "byId" in rejection ? rejection.byId : null]);
  if (!rejection) {
    const by = who ? ` by ${names[who] ?? "someone else"}` : "";
    const now = override ? ` and is ${statusWords[override.status]} now` : "";
    return new CockpitError(
      "CONFLICT",
      `This override was changed${by} since you opened it${now}. Look at its new state, then decide again.`,
    );
  }
  const says = sayOverrideRejection(rejection, names);
  const conflicts: OverrideRejection["why"][] = ["not-requested", "not-in-force", "content-changed"];
  const fields = fieldOf[rejection.why];
  return new CockpitError(
    conflicts.includes(rejection.why) ? "CONFLICT" : "REJECTED",
    says,
    fields ? { [fields]: says } : undefined,
  );
}

const fieldOf: Partial<Record<OverrideRejection["why"], string>> = {
  "no-substance": "justification",
  "bad-validity": "seconds",
  "consultation-open": "withoutConsultation",
  "content-changed": "seenHash",
};
