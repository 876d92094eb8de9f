"use server";

import { markRead as mark, setEmailKinds as setKinds } from "@/lib/areas/inbox/acts/read-inbox";
import {
  emailKindsSchema,
  markReadSchema,
  type EmailKindsInput,
  type InboxCounts,
  type MarkReadInput,
} from "@/lib/areas/inbox/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { runAction } from "@/lib/kernel/act/run-action";

export async function markRead(page: PageOf, input: MarkReadInput): Promise<ActionResult<InboxCounts>> {
  return runAction("inbox.read", markReadSchema, { page, input }, mark);
}

export async function setEmailKinds(page: PageOf, input: EmailKindsInput): Promise<ActionResult<InboxCounts>> {
  return runAction("inbox.set-email", emailKindsSchema, { page, input }, setKinds);
}
