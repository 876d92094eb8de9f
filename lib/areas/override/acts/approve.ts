import "server-only";
import { z } from "zod";
import { closeOverridden } from "@/lib/areas/escalation/port";
import { validity } from "@/lib/areas/override/contract";
import { contentHash } from "@/lib/areas/override/domain/content-hash";
import { decidedTells, endings } from "@/lib/areas/override/domain/tells";
import { decideApproval } from "@/lib/areas/override/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects, type NewEffect } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { env } from "@/lib/kernel/env";
import { ttlSecondsOf } from "@/lib/model/settings";
import type { Planned } from "./change-override";
import { byDecider, reasons, tellDecision } from "./deciding";
import { given, isRequest, overrideAct, whenDecided } from "./override-act";

/** Approves: thegent is to honour it from now, and the escalation it was asked from is overridden. Bound to the content that the approver was shown, by its hash. */
export const approveOverride = overrideAct({
  act: "approve",
  action: "override.decide",
  title: "Approve",
  called: "Approve or deny",
  right: "decide",
  fields: {
    seconds: given(validity),
    ...reasons,
    seenHash: given(z.string("The content is missing.").regex(/^[0-9a-f]{64}$/, "The content is missing.")),
  },
  handedIn: { texts: ["note", "withoutConsultation"] },
  fits: isRequest,
  blocked: whenDecided,
  by: byDecider,
  does: ({ seconds, note, seenHash, withoutConsultation }) => ({
    keepsContent: true,
    decide: (override, by, content) =>
      decideApproval(override, {
        ...by,
        seconds,
        note,
        withoutConsultation,
        ttlSeconds: ttlSecondsOf(env().settings),
        seenHash,
        contentHash: contentHash(content!),
      }),
    says: (next) => ({
      note,
      seconds,
      expiresAt: next.expiresAt?.toISOString() ?? null,
      contentHash: next.contentHash,
      forId: next.decidedForId,
      withoutConsultation: next.withoutConsultation,
    }),
    tells: decidedTells,
    settles: endings.decision,
    also: putInForce,
  }),
  timeline: tellDecision,
});

/** thegent's file is to hold it, then its run is to be closed there as overridden. */
async function putInForce(tx: Tx, saved: readonly Planned<"override.decide">[], ctx: Context): Promise<void> {
  const effects: NewEffect[] = [];
  for (const { change, grant } of saved) {
    const { id, owner, justification, escalationId } = change.before;
    const { expiresAt, decisionNote } = change.next;
    const payload = {
      owner,
      reason: justification,
      at: ctx.now.toISOString(),
      expiresAt: expiresAt!.toISOString(),
    };
    effects.push({ subjectId: id, kind: "thegent.override", payload });
    const note = decisionNote ?? "";
    if (escalationId) effects.push(...(await closeOverridden(tx, ctx, grant, escalationId, { overrideId: id, note })));
  }
  const { grant, change } = saved[0]!;
  await addEffects(tx, grant, effects, ctx.now);
  await scheduleDelivery(tx, grant, change.before.sourceId);
}
