"use server";

import { runAction } from "@/lib/actions/run-action";
import type { ActionResult } from "@/lib/contracts/action-result";
import { emailKindsSchema, markReadSchema, type EmailKindsInput, type InboxCounts, type MarkReadInput } from "@/lib/contracts/notices";
import { markRead as mark, setEmailKinds as setKinds } from "@/lib/usecases/read-inbox";

export async function markRead(input: MarkReadInput): Promise<ActionResult<InboxCounts>> {
  return runAction(markReadSchema, input, mark);
}

export async function setEmailKinds(input: EmailKindsInput): Promise<ActionResult<InboxCounts>> {
  return runAction(emailKindsSchema, input, setKinds);
}
