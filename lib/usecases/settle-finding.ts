import "server-only";
import type { z } from "zod";
import type { settleFindingSchema } from "@/lib/contracts/overrides";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { currentSourceId } from "@/lib/data/current-source";
import { findFinding, markSeen } from "@/lib/data/findings";
import { personNames } from "@/lib/data/people-named";
import { CockpitError } from "@/lib/errors";
import { authorise, doneEvent } from "./authorise";
import type { Context } from "./context";

/** Says that one has looked at what no decision stands behind, with a note; once. Throws NOT_FOUND, or CONFLICT, saying who had before. */
export async function settleFinding(ctx: Context, { id, note }: z.output<typeof settleFindingSchema>): Promise<void> {
  const subject = { kind: "finding", id };
  const grant = await authorise(ctx, "finding.settle", subject);
  const sourceId = await currentSourceId();
  const before = await inTransaction(async (tx) => {
    const isMine = await markSeen(tx, grant, sourceId, id, note, ctx.now);
    const finding = await findFinding(tx, sourceId, id);
    if (!finding) throw new CockpitError("NOT_FOUND", "There is no such finding.");
    if (!isMine) return finding;
    const { kind, owner } = finding;
    await appendAudit(tx, doneEvent(grant, ctx, subject, { seen: false }, { seen: true, kind, of: finding.subject, owner, note }));
    return null;
  });
  if (!before) return;
  const names = await personNames([before.seenById]);
  throw new CockpitError("CONFLICT", `${names[before.seenById ?? ""] ?? "A colleague"} has looked at this already.`);
}
