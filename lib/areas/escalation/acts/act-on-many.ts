import "server-only";
import { z } from "zod";
import type { BulkInput, BulkOutcome } from "@/lib/areas/escalation/contract-acts";
import { bulkActs, type BulkAct } from "@/lib/areas/escalation/domain/stays";
import { mostAtOnce } from "@/lib/areas/escalation/limits";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import type { Context } from "@/lib/kernel/act/context";
import { runAction } from "@/lib/kernel/act/run-action";
import { targetOf } from "@/lib/kernel/contract";
import type { ErrorCode } from "@/lib/kernel/errors";
import type { Outcome, Target } from "@/lib/kernel/subject/change-subjects";
import { assignEscalation } from "./assign";
import { claimEscalation } from "./claim";
import { resolveEscalation } from "./resolve";

/** As it is called with what its own fields have read. */
type Called = {
  many: (ctx: Context, targets: readonly Target[], input: never) => Promise<Outcome[]>;
  shape: z.ZodRawShape;
};
const acts: Readonly<Record<BulkAct, Called>> = {
  claim: claimEscalation,
  assign: assignEscalation,
  resolve: resolveEscalation,
};
const done: Readonly<Record<BulkAct, string>> = { claim: "Claimed.", assign: "Assigned.", resolve: "Resolved." };

const targets = z
  .array(z.object(targetOf("an escalation")))
  .min(1, "Select at least one item.")
  .max(mostAtOnce, `Select at most ${mostAtOnce} items.`);

/** What is asked of many items at once: the act, the items, and what the act asks for of one. */
export const bulkSchemaOf = (act: BulkAct) => z.object({ act: z.literal(act), targets, ...acts[act].shape });

const named = z.object({ act: z.enum(bulkActs) });

/** One act on many items; each has an outcome of its own, in the order of the selection. */
export function actOnSelected(page: PageOf, input: BulkInput): Promise<ActionResult<BulkOutcome[]>> {
  // Read as far as the name before the input is: the door is the act's own. What names none goes by the first, and is refused there.
  const act = named.safeParse(input).data?.act ?? "claim";
  return runAction(`escalation.${act}`, bulkSchemaOf(act), { page, input }, actOnMany);
}

/** Where none of the items is this person's to do, it is refused as a whole. */
export async function actOnMany(ctx: Context, input: BulkInput): Promise<BulkOutcome[]> {
  const { act, targets: items, ...asked } = input;
  const outcomes = await acts[act].many(ctx, items, asked as never);
  if (outcomes[0]?.error && outcomes.every(({ error }) => error && isRefusal(error.code))) throw outcomes[0].error;
  return outcomes.map(({ id, error }) => ({
    id,
    ok: !error,
    code: error?.code ?? null,
    message: error?.message ?? done[act],
  }));
}

const isRefusal = (code: ErrorCode): boolean => code === "FORBIDDEN" || code === "UNAUTHENTICATED";
