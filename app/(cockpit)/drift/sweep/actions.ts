"use server";

import { sweepNow as sweep } from "@/lib/areas/drift/acts/sweep-now";
import { sweepNowSchema, type SweepNowInput, type SweepView } from "@/lib/areas/drift/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { runAction } from "@/lib/kernel/act/run-action";

export async function sweepNow(page: PageOf, input: SweepNowInput): Promise<ActionResult<SweepView>> {
  return runAction("drift.sweep", sweepNowSchema, { page, input }, sweep);
}
