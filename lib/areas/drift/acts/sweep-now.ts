import "server-only";
import type { SweepView } from "@/lib/areas/drift/contract";
import { decideAsk } from "@/lib/areas/drift/domain/sweep-schedule";
import { lastSweeps, sweepView } from "@/lib/areas/drift/read/sweeps";
import { insertSweep } from "@/lib/areas/drift/store/sweeps";
import { authorise, authoriseRead, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { scheduleSweep } from "@/lib/kernel/effect/outbox";
import { CockpitError } from "@/lib/kernel/errors";

type Input = { /** The last one that the page showed; null: none. */ seen: number | null };

/**
 * Asks for a sweep, which the worker carries out. Where one is open, or has come since the page was drawn, it is that one, so that pressing twice
 * sweeps once. Refuses: FORBIDDEN; RATE_LIMITED right after another that was asked for by hand.
 */
export async function sweepNow(ctx: Context, { seen }: Input): Promise<SweepView> {
  const grant = await authorise(ctx, "drift.sweep", { kind: "sweep", id: null });
  const sourceId = await currentSourceId();
  await inTransaction(async (tx) => {
    const { last } = await lastSweeps(tx, sourceId);
    const asking = decideAsk(last, seen, ctx.now);
    if (asking.do === "wait") throw tooSoon(asking.until, ctx.now);
    const id = asking.do === "sweep" ? await insertSweep(tx, grant, sourceId, last?.id ?? 0, ctx.now) : null;
    if (id === null) return;
    await scheduleSweep(tx, grant, sourceId);
    await appendAudit(tx, doneEvent(grant, ctx, { kind: "sweep", id: String(id) }, null, { status: "asked" }));
  });
  return sweepView(authoriseRead(ctx, "drift.view"), ctx.actor, ctx.now);
}

function tooSoon(until: Date, now: Date): CockpitError {
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  const says = `A sweep that was asked for has only just ended; its result stands. Sweep again in ${seconds} s, if you need to.`;
  return new CockpitError("RATE_LIMITED", says);
}
