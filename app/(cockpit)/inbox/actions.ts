"use server";

import { runAction } from "@/lib/actions/run-action";
import type { ActionResult, PageOf } from "@/lib/contracts/action-result";
import { emailKindsSchema, markReadSchema, type EmailKindsInput, type InboxCounts, type MarkReadInput } from "@/lib/contracts/notices";
import { markRead as mark, setEmailKinds as setKinds } from "@/lib/usecases/read-inbox";

export async function markRead(page: PageOf, input: MarkReadInput): Promise<ActionResult<InboxCounts>> {
  return runAction("inbox.read", markReadSchema, { page, input }, mark);
}

export async function setEmailKinds(page: PageOf, input: EmailKindsInput): Promise<ActionResult<InboxCounts>> {
  return runAction("inbox.set-email", emailKindsSchema, { page, input }, setKinds);
}
