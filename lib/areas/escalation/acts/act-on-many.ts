import "server-only";
import { z } from "zod";
import { bulkActs, type BulkInput, type BulkOutcome, type bulkSchema } from "@/lib/areas/escalation/contract-acts";
import type { Context } from "@/lib/kernel/act/context";
import type { ErrorCode } from "@/lib/kernel/errors";
import { assignEscalation } from "./assign";
import type { Outcome } from "@/lib/kernel/subject/change-subjects";
import { claimEscalation } from "./claim";
import { resolveEscalation } from "./resolve";

/** Which act is asked for many, as far as it can be read before the input is; they are all works on items. */
export function bulkAction(input: unknown): `escalation.${BulkInput["act"]}` {
  const asked = z.object({ act: z.enum(bulkActs) }).safeParse(input);
  return `escalation.${asked.data?.act ?? "claim"}`;
}

const done = { claim: "Claimed.", assign: "Assigned.", resolve: "Resolved." } as const;

/** One act on many items, each with its own outcome, in the order of the selection. Where none of them is this person's to do, it is refused as a whole. */
export async function actOnMany(ctx: Context, input: z.output<typeof bulkSchema>): Promise<BulkOutcome[]> {
  const outcomes = await act(ctx, input);
  if (outcomes[0]?.error && outcomes.every(({ error }) => error && isRefusal(error.code))) throw outcomes[0].error;
  return outcomes.map(({ id, error }) => ({
    id,
    ok: !error,
    code: error?.code ?? null,
    message: error?.message ?? done[input.act],
  }));
}

function act(ctx: Context, input: z.output<typeof bulkSchema>): Promise<Outcome[]> {
  if (input.act === "claim") return claimEscalation.many(ctx, input.targets, {});
  if (input.act === "assign") return assignEscalation.many(ctx, input.targets, { toId: input.toId });
  const { outcome, note, lateCause } = input;
  return resolveEscalation.many(ctx, input.targets, { outcome, note, lateCause });
}

const isRefusal = (code: ErrorCode): boolean => code === "FORBIDDEN" || code === "UNAUTHENTICATED";
