"use server";

import { leaveDuty as leave, takeDuty as take } from "@/lib/areas/duty/acts/duty";
import { dutySchema, type DutyInput, type DutyView } from "@/lib/areas/duty/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { runAction } from "@/lib/kernel/act/run-action";

export async function takeDuty(page: PageOf, input: DutyInput): Promise<ActionResult<DutyView>> {
  return runAction("duty.take", dutySchema, { page, input }, take);
}

export async function leaveDuty(page: PageOf, input: DutyInput): Promise<ActionResult<DutyView>> {
  return runAction("duty.leave", dutySchema, { page, input }, leave);
}
