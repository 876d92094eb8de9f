import "server-only";
import { z } from "zod";
import {
  overrideActNames,
  type DelegationsView,
  type FindingPage,
  type OverrideActInput,
  type OverrideDetail,
} from "@/lib/areas/override/contract";
import { delegationFor, listDelegationsView } from "@/lib/areas/override/read/delegations";
import { readFindings } from "@/lib/areas/override/read/finding-list";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { authoriseRead, type Otherwise } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { runAction, type Sent } from "@/lib/kernel/act/run-action";
import { CockpitError } from "@/lib/kernel/errors";
import type { PersonActionId } from "@/lib/model/actions";
import { overrideActs } from "./override-acts";
import { findOverrideDetail } from "./read-override";

type UseCase<Schema extends z.ZodType> = (ctx: Context, input: z.output<Schema>) => Promise<void>;

const named = z.object({ act: z.enum(overrideActNames) });

/** An act on one override, by its name; answers the override as it is afterwards, so that the page need not ask again. */
export function actOnOverride(page: PageOf, input: OverrideActInput): Promise<ActionResult<OverrideDetail>> {
  // As on an item: what names no act goes by the first, and is refused there.
  const act = overrideActs[named.safeParse(input).data?.act ?? "approve"];
  return runAction(
    act.action,
    named.and(act.schema),
    { page, input },
    async (ctx, { act: _, ...asked }) => {
      await act(ctx, asked as never);
      const detail = await findOverrideDetail(authoriseRead(ctx, "override.view"), asked.id, ctx.now);
      if (!detail) throw new CockpitError("NOT_FOUND", "There is no such override.");
      return detail;
    },
    act.action === "override.decide" ? isDelegate : undefined,
  );
}

/** In somebody's place a person may decide whose own letter does not say so. */
const isDelegate: Otherwise = async ({ actor, now }) => (await delegationFor(actor, null, now)) !== null;

/** An act on a finding; answers the first page of them as they are afterwards. */
export function actOnFindings<Schema extends z.ZodType>(
  action: PersonActionId,
  schema: Schema,
  sent: Sent,
  useCase: UseCase<Schema>,
): Promise<ActionResult<FindingPage>> {
  return runAction(action, schema, sent, async (ctx, input) => {
    await useCase(ctx, input);
    return readFindings(authoriseRead(ctx, "override.view"), {}, ctx.now);
  });
}

/** An act on who decides in whose place; answers the delegations as they are afterwards. */
export function actOnDelegations<Schema extends z.ZodType>(
  action: PersonActionId,
  schema: Schema,
  sent: Sent,
  useCase: UseCase<Schema>,
): Promise<ActionResult<DelegationsView>> {
  return runAction(action, schema, sent, async (ctx, input) => {
    await useCase(ctx, input);
    return listDelegationsView(authoriseRead(ctx, "override.view"), ctx.now);
  });
}
