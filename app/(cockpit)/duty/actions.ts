"use server";

import { runAction } from "@/lib/actions/run-action";
import type { ActionResult } from "@/lib/contracts/action-result";
import { dutySchema, type DutyInput, type DutyView } from "@/lib/contracts/duty";
import { leaveDuty as leave, takeDuty as take } from "@/lib/usecases/duty";

export async function takeDuty(input: DutyInput): Promise<ActionResult<DutyView>> {
  return runAction(dutySchema, input, take);
}

export async function leaveDuty(input: DutyInput): Promise<ActionResult<DutyView>> {
  return runAction(dutySchema, input, leave);
}
