import "server-only";
import type { z } from "zod";
import type { DelegationsView, FindingPage, OverrideDetail } from "@/lib/areas/override/contract";
import { delegationFor, listDelegationsView } from "@/lib/areas/override/read/delegations";
import { findOverrideDetail } from "@/lib/areas/override/read/detail";
import { readFindings } from "@/lib/areas/override/read/finding-list";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { authoriseRead, type Otherwise } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { runAction, type Sent } from "@/lib/kernel/act/run-action";
import { CockpitError } from "@/lib/kernel/errors";
import type { PersonActionId } from "@/lib/model/actions";

type UseCase<Schema extends z.ZodType> = (ctx: Context, input: z.output<Schema>) => Promise<void>;

/** An act on one override; answers the override as it is afterwards, so that the page need not ask again. */
export function actOnOverride<Schema extends z.ZodType<{ id: string }>>(
  action: PersonActionId,
  schema: Schema,
  sent: Sent,
  useCase: UseCase<Schema>,
): Promise<ActionResult<OverrideDetail>> {
  return runAction(action, schema, sent, async (ctx, input) => {
    await useCase(ctx, input);
    const detail = await findOverrideDetail(authoriseRead(ctx, "override.view"), input.id, ctx.now);
    if (!detail) throw new CockpitError("NOT_FOUND", "There is no such override.");
    return detail;
  }, action === "override.decide" ? isDelegate : undefined);
}

/** In somebody's place a person may decide whose own letter does not say so. */
const isDelegate: Otherwise = async ({ actor, now }) => (await delegationFor(actor, null, now)) !== null;

/** An act on a finding; answers the first page of them as they are afterwards. */
export function actOnFindings<Schema extends z.ZodType>(action: PersonActionId, schema: Schema, sent: Sent, useCase: UseCase<Schema>): Promise<ActionResult<FindingPage>> {
  return runAction(action, schema, sent, async (ctx, input) => {
    await useCase(ctx, input);
    return readFindings(authoriseRead(ctx, "override.view"), {}, ctx.now);
  });
}

/** An act on who decides in whose place; answers the delegations as they are afterwards. */
export function actOnDelegations<Schema extends z.ZodType>(action: PersonActionId, schema: Schema, sent: Sent, useCase: UseCase<Schema>): Promise<ActionResult<DelegationsView>> {
  return runAction(action, schema, sent, async (ctx, input) => {
    await useCase(ctx, input);
    return listDelegationsView(authoriseRead(ctx, "override.view"), ctx.now);
  });
}
