import "server-only";
import { endings, revokedTells } from "@/lib/areas/override/domain/tells";
import { decideRevocation } from "@/lib/areas/override/domain/transitions";
import { limits } from "@/lib/areas/override/limits";
import { textOf } from "@/lib/kernel/chain/timeline";
import type { Context } from "@/lib/kernel/act/context";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects, type NewEffect } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import type { Planned } from "./change-override";
import { holds, overrideAct, text } from "./override-act";

/** Ends an override before its time; thegent is to honour it no more from now on. */
export const revokeOverride = overrideAct({
  act: "revoke",
  action: "override.revoke",
  title: "Revoke",
  right: "revoke",
  fields: { reason: text({ called: "The reason", limit: limits.revocation, label: "Reason", rows: 2 }) },
  form: {
    label: "Revoke this override",
    submit: ["Revoke", "Revoking…"],
    consequence:
      "Ends it now. thegent stops honouring it once its file says so, usually within seconds; the receipt then says since when. Runs that have passed already are not stopped.",
  },
  fits: holds,
  does: ({ reason }) => ({
    decide: (override, by) => decideRevocation(override, { ...by, reason }),
    says: () => ({ reason }),
    tells: revokedTells,
    settles: endings.end,
    also: endThere,
  }),
  timeline: (after) => ({ kind: "revoked", says: "Ended it before its time", text: textOf(after.reason) }),
});

/** thegent's file is to say that it ended. */
async function endThere(tx: Tx, saved: readonly Planned<"override.revoke">[], { now }: Context): Promise<void> {
  const effects = saved.map(({ change: { before } }): NewEffect => {
    const { id, owner, justification, decidedAt, expiresAt } = before;
    const payload = {
      owner,
      reason: justification,
      at: decidedAt!.toISOString(),
      expiresAt: expiresAt!.toISOString(),
      endAt: now.toISOString(),
    };
    return { subjectId: id, kind: "thegent.end-override", payload };
  });
  const { grant, change } = saved[0]!;
  await addEffects(tx, grant, effects, now);
  await scheduleDelivery(tx, grant, change.before.sourceId);
}
