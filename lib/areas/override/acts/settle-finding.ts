import "server-only";
import type { z } from "zod";
import type { settleFindingSchema } from "@/lib/areas/override/contract";
import { findFinding, markSeen } from "@/lib/areas/override/store/findings";
import { authorise, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { personNames } from "@/lib/kernel/db/people-named";
import { CockpitError } from "@/lib/kernel/errors";

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
    await appendAudit(
      tx,
      doneEvent(grant, ctx, subject, { seen: false }, { seen: true, kind, of: finding.subject, owner, note }),
    );
    return null;
  });
  if (!before) return;
  const names = await personNames([before.seenById]);
  throw new CockpitError("CONFLICT", `${names[before.seenById ?? ""] ?? "A colleague"} has looked at this already.`);
}
