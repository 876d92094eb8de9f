"use server";

import { runAction } from "@/lib/actions/run-action";
import type { ActionResult, PageOf } from "@/lib/contracts/action-result";
import { dutySchema, type DutyInput, type DutyView } from "@/lib/contracts/duty";
import { leaveDuty as leave, takeDuty as take } from "@/lib/usecases/duty";

export async function takeDuty(page: PageOf, input: DutyInput): Promise<ActionResult<DutyView>> {
  return runAction("duty.take", dutySchema, { page, input }, take);
}

export async function leaveDuty(page: PageOf, input: DutyInput): Promise<ActionResult<DutyView>> {
  return runAction("duty.leave", dutySchema, { page, input }, leave);
}
