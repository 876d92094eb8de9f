"use server";

import { actOnEscalation } from "@/lib/actions/act-on-escalation";
import { runAction } from "@/lib/actions/run-action";
import type { ActionResult } from "@/lib/contracts/action-result";
import * as contract from "@/lib/contracts/escalation-acts";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import { dropViewSchema, keepViewSchema, type KeepViewInput, type SavedView } from "@/lib/contracts/views";
import { actOnMany as many } from "@/lib/usecases/act-on-many";
import { assignEscalation as assign } from "@/lib/usecases/assign-escalation";
import { claimEscalation as claim } from "@/lib/usecases/claim-escalation";
import { adviseEscalation as advise, commentEscalation as comment } from "@/lib/usecases/comment-escalation";
import { openEscalation as open, reopenEscalation as reopen } from "@/lib/usecases/open-escalation";
import { releaseEscalation as release } from "@/lib/usecases/release-escalation";
import { reportFinding as report } from "@/lib/usecases/report-finding";
import { cancelEscalation as cancel, resolveEscalation as resolve } from "@/lib/usecases/resolve-escalation";
import { retryEscalation as retry } from "@/lib/usecases/retry-escalation";
import { signOffBreach as signOff } from "@/lib/usecases/sign-off-breach";
import { dropView as drop, keepView as keep } from "@/lib/usecases/keep-view";

type Answer = Promise<ActionResult<EscalationDetail>>;

export async function claimEscalation(input: contract.ClaimInput): Answer {
  return actOnEscalation(contract.claimSchema, input, claim);
}

export async function assignEscalation(input: contract.AssignInput): Answer {
  return actOnEscalation(contract.assignSchema, input, assign);
}

export async function releaseEscalation(input: contract.ClaimInput): Answer {
  return actOnEscalation(contract.claimSchema, input, release);
}

export async function reportFinding(input: contract.ReportInput): Answer {
  return actOnEscalation(contract.reportSchema, input, report);
}

export async function resolveEscalation(input: contract.ResolveInput): Answer {
  return actOnEscalation(contract.resolveSchema, input, resolve);
}

export async function cancelEscalation(input: contract.CancelInput): Answer {
  return actOnEscalation(contract.cancelSchema, input, cancel);
}

export async function retryEscalation(input: contract.ClaimInput): Answer {
  return actOnEscalation(contract.claimSchema, input, retry);
}

export async function commentEscalation(input: contract.CommentInput): Answer {
  return actOnEscalation(contract.commentSchema, input, comment);
}

export async function adviseEscalation(input: contract.AdviseInput): Answer {
  return actOnEscalation(contract.adviseSchema, input, advise);
}

export async function signOffBreach(input: contract.SignOffInput): Answer {
  return actOnEscalation(contract.signOffSchema, input, signOff);
}

/** One act on the items selected; each has an outcome of its own. */
export async function actOnMany(input: contract.BulkInput): Promise<ActionResult<contract.BulkOutcome[]>> {
  return runAction(contract.bulkSchema, input, many);
}

/** Answers the new item's id. */
export async function openEscalation(input: contract.OpenInput): Promise<ActionResult<{ id: string }>> {
  return runAction(contract.openSchema, input, open);
}

export async function reopenEscalation(input: contract.ReopenInput): Promise<ActionResult<{ id: string }>> {
  return runAction(contract.reopenSchema, input, reopen);
}

export async function keepView(input: KeepViewInput): Promise<ActionResult<SavedView[]>> {
  return runAction(keepViewSchema, input, keep);
}

export async function dropView(input: { id: string }): Promise<ActionResult<SavedView[]>> {
  return runAction(dropViewSchema, input, drop);
}
