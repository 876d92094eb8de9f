"use server";

import { actOnEscalation as act } from "@/lib/areas/escalation/acts/act-on-escalation";
import { actOnSelected } from "@/lib/areas/escalation/acts/act-on-many";
import { dropView as drop, keepView as keep } from "@/lib/areas/escalation/acts/keep-view";
import { openEscalation as open } from "@/lib/areas/escalation/acts/open";
import type { ItemActed, ItemActInput } from "@/lib/areas/escalation/contract";
import { openSchema, type BulkInput, type BulkOutcome, type OpenInput } from "@/lib/areas/escalation/contract-acts";
import {
  dropViewSchema,
  keepViewSchema,
  type KeepViewInput,
  type SavedView,
} from "@/lib/areas/escalation/contract-views";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { runAction } from "@/lib/kernel/act/run-action";

/** Any act on one item. */
export async function actOnEscalation(page: PageOf, input: ItemActInput): Promise<ActionResult<ItemActed>> {
  return act(page, input);
}

/** One act on the items selected; each has an outcome of its own. */
export async function actOnMany(page: PageOf, input: BulkInput): Promise<ActionResult<BulkOutcome[]>> {
  return actOnSelected(page, input);
}

/** Answers the new item's id. */
export async function openEscalation(page: PageOf, input: OpenInput): Promise<ActionResult<{ id: string }>> {
  return runAction("escalation.open", openSchema, { page, input }, open);
}

export async function keepView(page: PageOf, input: KeepViewInput): Promise<ActionResult<SavedView[]>> {
  return runAction("view.keep", keepViewSchema, { page, input }, keep);
}

export async function dropView(page: PageOf, input: { id: string }): Promise<ActionResult<SavedView[]>> {
  return runAction("view.keep", dropViewSchema, { page, input }, drop);
}
