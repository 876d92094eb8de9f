import "server-only";
import { assignedTell } from "@/lib/areas/escalation/domain/tells";
import { decideAssign } from "@/lib/areas/escalation/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import { findActor } from "@/lib/kernel/session/find-actor";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { quietMinutesOf } from "@/lib/model/settings";
import { changeEscalations, throwIfRefused, type Outcome, type Target } from "./change-escalations";

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
