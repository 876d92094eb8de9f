import "server-only";
import { endings, revokedTells } from "@/lib/areas/override/domain/tells";
import { decideRevocation } from "@/lib/areas/override/domain/transitions";
import { limits } from "@/lib/areas/override/limits";
import { textOf } from "@/lib/kernel/chain/timeline";
import { addEffects } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
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
    also: async (tx, { override: { id, sourceId, owner, justification, decidedAt, expiresAt }, grant, ctx }) => {
      const payload = {
        owner,
        reason: justification,
        at: decidedAt!.toISOString(),
        expiresAt: expiresAt!.toISOString(),
        endAt: ctx.now.toISOString(),
      };
      await addEffects(tx, grant, [{ subjectId: id, kind: "thegent.end-override", payload }], ctx.now);
      await scheduleDelivery(tx, grant, sourceId);
    },
  }),
  timeline: (after) => ({ kind: "revoked", says: "Ended it before its time", text: textOf(after.reason) }),
});
