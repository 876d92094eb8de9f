import "server-only";
import type { z } from "zod";
import type { BulkOutcome, bulkSchema } from "@/lib/contracts/escalation-acts";
import { assignEscalations } from "./assign-escalation";
import type { Outcome } from "./change-escalations";
import { claimEscalations } from "./claim-escalation";
import type { Context } from "./context";
import { resolveEscalations } from "./resolve-escalation";

const done = { claim: "Claimed.", assign: "Assigned.", resolve: "Resolved." } as const;

/** One act on many items, each with its own outcome, in the order of the selection. */
export async function actOnMany(ctx: Context, input: z.output<typeof bulkSchema>): Promise<BulkOutcome[]> {
  const outcomes = await act(ctx, input);
  return outcomes.map(({ id, error }) => ({ id, ok: !error, code: error?.code ?? null, message: error?.message ?? done[input.act] }));
}

function act(ctx: Context, input: z.output<typeof bulkSchema>): Promise<Outcome[]> {
  if (input.act === "claim") return claimEscalations(ctx, input.targets);
  if (input.act === "assign") return assignEscalations(ctx, input.targets, input.toId);
  return resolveEscalations(ctx, input.targets, input);
}
