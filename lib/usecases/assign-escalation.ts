import "server-only";
import { findActor } from "@/lib/data/find-actor";
import { assignedTell } from "@/lib/domain/escalation/tells";
import { decideAssign } from "@/lib/domain/escalation/transitions";
import { paths, type EscalationPath } from "@/lib/domain/escalation/paths";
import { decide } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { quietMinutesOf } from "@/lib/domain/operating-model/settings";
import { env } from "@/lib/env";
import { CockpitError } from "@/lib/errors";
import { changeEscalations, throwIfRefused, type Outcome, type Target } from "./change-escalations";
import type { Context } from "./context";

/** Gives items to a colleague, who is told. Refused for somebody who could not claim such an item. */
export async function assignEscalations(ctx: Context, targets: readonly Target[], toId: string): Promise<Outcome[]> {
  const to = await findActor(toId);
  const mayClaim = (path: EscalationPath) => to !== null && decide(operatingModel, "escalation.claim", to, path).allowed;
  return changeEscalations(ctx, "escalation.assign", targets, {
    decide: (item, { now }) => {
      if (!to) throw new CockpitError("INVALID", "There is no such colleague, or they may not sign in any more.", { toId: "Choose a colleague." });
      if (!mayClaim(item.path)) return { ok: false, rejection: { why: "not-theirs-to-do", byId: to.id } };
      return decideAssign(item, { toId: to.id, now, quietMinutes: quietMinutesOf(env().settings) });
    },
    says: () => ({ toId, to: to?.name ?? null }),
    tells: (next) => [assignedTell(toId, paths[next.path].activity)],
    settles: "assign",
  });
}

export const assignEscalation = (ctx: Context, { toId, ...target }: Target & { toId: string }): Promise<void> => assignEscalations(ctx, [target], toId).then(throwIfRefused);
