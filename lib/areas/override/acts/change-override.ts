import "server-only";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import type { OverrideDue } from "@/lib/areas/override/domain/next";
import { statusWords, type Override } from "@/lib/areas/override/domain/override";
import { aboutOverride, tellsOfOverrideTime } from "@/lib/areas/override/domain/tells";
import type { OverrideRejection, OverrideTransition } from "@/lib/areas/override/domain/transitions";
import { contentOf } from "@/lib/areas/override/read/blast-radius";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import { findOverrides, saveOverrides, type NextOverride } from "@/lib/areas/override/store/writes";
import { sayOverrideRejection } from "@/lib/areas/override/words";
import type { Context } from "@/lib/kernel/act/context";
import type { ChangingOverride } from "@/lib/kernel/act/doors";
import type { Plain } from "@/lib/kernel/chain/audit-event";
import type { Tx } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import type { Ending, Tell } from "@/lib/kernel/notice/steps";
import type { Change, Planned as PlannedChange } from "@/lib/kernel/subject/apply-changes";
import {
  changeSubjects,
  type Changeable,
  type Outcome,
  type Right,
  type Target,
} from "@/lib/kernel/subject/change-subjects";
import type { PersonActionId } from "@/lib/model/actions";
import { overrideTimeEvents } from "./time-events";

/** Acts of people that change an override. */
export type ChangingAct = Exclude<ChangingOverride, "escalation.take-up"> & PersonActionId;

/** Where the right hangs on what may change meanwhile, it is read in the transaction of the act. Null: there is no such override. */
export type FindBy<A extends ChangingAct> = (
  tx: Tx,
  override: StoredOverride | null,
  ctx: Context,
) => Right<A> | Promise<Right<A>>;

/** An override's change; the act may find that its time had come. */
export type Planned<A extends ChangingAct> = PlannedChange<
  A,
  Change<StoredOverride, NextOverride>,
  "override.pass-time"
>;

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
  also?: (tx: Tx, saved: readonly Planned<A>[], ctx: Context) => Promise<void>;
};

/** Overrides, as the kernel changes them. */
export const overrides: Changeable<StoredOverride, NextOverride, OverrideDue, OverrideRejection, "override.pass-time"> =
  {
    kind: "override",
    absent: "There is no such override.",
    find: findOverrides,
    about: aboutOverride,
    heard: (happened, _, next) => tellsOfOverrideTime(happened, next),
    timeEvents: overrideTimeEvents,
    refuses: (rejection) => (ofPersons.has(rejection.why) ? sayOverrideRejection(rejection, {}) : null),
    involved: (rejection, now) => [
      now?.endedById ?? null,
      now?.decidedById ?? null,
      rejection && "byId" in rejection ? rejection.byId : null,
    ],
    explain,
  };

/** Acts on overrides, one or many; see changeSubjects. */
export function changeOverrides<A extends ChangingAct>(
  ctx: Context,
  action: A,
  findBy: FindBy<A>,
  targets: readonly Target[],
  { decide, keepsContent, says, tells, settles, also }: Steps<A>,
): Promise<Outcome[]> {
  return changeSubjects(ctx, targets, overrides, {
    action,
    right: (tx, override) => findBy(tx, override, ctx),
    decide: async (tx, override, by) => {
      const content = keepsContent ? await contentOf(tx, override, ctx.now) : null;
      const transition = decide(override, by, content);
      return transition.ok && content ? { ...transition, next: { ...transition.next, content } } : transition;
    },
    save: saveOverrides,
    ...(says && { says }),
    ...(tells && { tells }),
    ...(settles && { settles: () => settles }),
    ...(also && { also }),
  });
}

/** Separation of duties: refused because of who acts. */
const ofPersons: ReadonlySet<OverrideRejection["why"]> = new Set(["own-request", "own-advice", "not-yours"]);

/** Somebody else was first, or what was decided on is not what was shown. */
const conflicts: ReadonlySet<OverrideRejection["why"]> = new Set(["not-requested", "not-in-force", "content-changed"]);

function explain(
  rejection: OverrideRejection | null,
  override: StoredOverride | null,
  names: Readonly<Record<string, string>>,
): CockpitError {
  if (!rejection) {
    const who = override?.endedById ?? override?.decidedById ?? null;
    const by = who ? ` by ${names[who] ?? "someone else"}` : "";
    const now = override ? ` and is ${statusWords[override.status]} now` : "";
    return new CockpitError(
      "CONFLICT",
      `This override was changed${by} since you opened it${now}. Look at its new state, then decide again.`,
    );
  }
  const says = sayOverrideRejection(rejection, names);
  const field = fieldOf[rejection.why];
  return new CockpitError(
    conflicts.has(rejection.why) ? "CONFLICT" : "REJECTED",
    says,
    field ? { [field]: says } : undefined,
  );
}

const fieldOf: Partial<Record<OverrideRejection["why"], string>> = {
  "no-substance": "justification",
  "bad-validity": "seconds",
  "consultation-open": "withoutConsultation",
  "content-changed": "seenHash",
};
