import "server-only";
import { decideReopen } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { findPlace } from "@/lib/areas/escalation/store/reopening";
import { findEscalations } from "@/lib/areas/escalation/store/writes";
import { sayRejection } from "@/lib/areas/escalation/words";
import { authorise, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { textOf } from "@/lib/kernel/chain/timeline";
import { inTransaction } from "@/lib/kernel/db/client";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import { slaMinutesOf } from "@/lib/model/settings";
import type { Target } from "@/lib/kernel/subject/change-subjects";
import { isOpen, itemActBy, text } from "./item-act";
import { openOne } from "./open";
import type { Opening } from "./open-items";
import { pathToJudge } from "./path-to-judge";

/** Opens what was closed again, as a new item that names it; its clocks begin now. Answers the new one's id. */
export const reopenEscalation = itemActBy({
  action: "escalation.reopen",
  title: "Reopen",
  fields: { reason: text({ called: "The reason", limit: limits.reopening, label: "Why it is opened again", rows: 2 }) },
  form: {
    label: "Reopen this item",
    submit: ["Reopen as a new item", "Reopening…"],
    consequence: ({ item }) =>
      `Opens a new item that names this one, with clocks of its own from now on.${item.runId !== null ? " A pending record is added to thegent's queue file." : ""} This one stays as it is.`,
  },
  fits: (facts) => !isOpen(facts) && facts.shown.reopenedAs === null,
  absent: (facts) => (isOpen(facts) ? "This item is open." : reopened),
  blocked: ({ shown }) => (shown.reopenedAs ? reopened : null),
  perform: reopen,
  timeline: ({ reopens, reason }) =>
    reopens
      ? { kind: "opened", says: "Opened what was closed again, as this item", text: textOf(reason) }
      : { kind: "reopened", says: "Opened it again, as a new item", text: textOf(reason) },
});

const reopened = "This item was reopened already.";

async function reopen(ctx: Context, { id, reason }: Pick<Target, "id"> & { reason: string }): Promise<{ id: string }> {
  const grant = await authorise(ctx, "escalation.reopen", { kind: "escalation", id }, await pathToJudge(id));
  return inTransaction(async (tx) => {
    const item = (await findEscalations(tx, [id])).get(id);
    if (!item) throw new CockpitError("NOT_FOUND", "There is no such escalation.");
    const decision = decideReopen(item);
    if (!decision.ok) throw new CockpitError("REJECTED", sayRejection(decision.rejection, {}));
    const { path, subject, owner, severity } = item;
    const minutes = path === "policy_denial" ? slaMinutesOf(env().settings) : null;
    const opening: Opening = {
      path,
      subject,
      owner,
      severity,
      reason: item.reason,
      agent: null,
      recordCount: 0,
      previousId: id,
      ...(await findPlace(tx, id)),
      startedAt: ctx.now,
      slaMinutes: minutes,
    };
    const opened = await openOne(tx, ctx, grant, opening, { reopens: id, reason });
    await appendAudit(
      tx,
      doneEvent(grant, ctx, { kind: "escalation", id }, { status: item.status }, { reopenedAs: opened, reason }),
    );
    return { id: opened };
  });
}
