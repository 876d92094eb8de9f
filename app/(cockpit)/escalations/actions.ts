"use server";

import { actOnEscalation } from "@/lib/areas/escalation/acts/act-on-escalation";
import { actOnMany as many, bulkAction } from "@/lib/areas/escalation/acts/act-on-many";
import { addAgain } from "@/lib/areas/escalation/acts/add-again";
import { assignEscalation as assign } from "@/lib/areas/escalation/acts/assign";
import { claimEscalation as claim } from "@/lib/areas/escalation/acts/claim";
import { adviseEscalation as advise, commentEscalation as comment } from "@/lib/areas/escalation/acts/comment";
import { dropView as drop, keepView as keep } from "@/lib/areas/escalation/acts/keep-view";
import { openEscalation as open, reopenEscalation as reopen } from "@/lib/areas/escalation/acts/open";
import { releaseEscalation as release } from "@/lib/areas/escalation/acts/release";
import { reportFinding as report } from "@/lib/areas/escalation/acts/report";
import { cancelEscalation as cancel, resolveEscalation as resolve } from "@/lib/areas/escalation/acts/resolve";
import { retryEscalation as retry } from "@/lib/areas/escalation/acts/retry";
import { signOffBreach as signOff } from "@/lib/areas/escalation/acts/sign-off";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import * as contract from "@/lib/areas/escalation/contract-acts";
import { dropViewSchema, keepViewSchema, type KeepViewInput, type SavedView } from "@/lib/areas/escalation/contract-views";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { runAction } from "@/lib/kernel/act/run-action";

type Answer = Promise<ActionResult<EscalationDetail>>;

export async function claimEscalation(page: PageOf, input: contract.ClaimInput): Answer {
  return actOnEscalation("escalation.claim", contract.claimSchema, { page, input }, claim);
}

export async function assignEscalation(page: PageOf, input: contract.AssignInput): Answer {
  return actOnEscalation("escalation.assign", contract.assignSchema, { page, input }, assign);
}

export async function releaseEscalation(page: PageOf, input: contract.ClaimInput): Answer {
  return actOnEscalation("escalation.release", contract.claimSchema, { page, input }, release);
}

export async function reportFinding(page: PageOf, input: contract.ReportInput): Answer {
  return actOnEscalation("escalation.report", contract.reportSchema, { page, input }, report);
}

export async function resolveEscalation(page: PageOf, input: contract.ResolveInput): Answer {
  return actOnEscalation("escalation.resolve", contract.resolveSchema, { page, input }, resolve);
}

export async function cancelEscalation(page: PageOf, input: contract.CancelInput): Answer {
  return actOnEscalation("escalation.cancel", contract.cancelSchema, { page, input }, cancel);
}

export async function retryEscalation(page: PageOf, input: contract.ClaimInput): Answer {
  return actOnEscalation("escalation.retry", contract.claimSchema, { page, input }, retry);
}

export async function addEscalationAgain(page: PageOf, input: contract.ClaimInput): Answer {
  return actOnEscalation("escalation.add-again", contract.claimSchema, { page, input }, addAgain);
}

export async function commentEscalation(page: PageOf, input: contract.CommentInput): Answer {
  return actOnEscalation("escalation.comment", contract.commentSchema, { page, input }, comment);
}

export async function adviseEscalation(page: PageOf, input: contract.AdviseInput): Answer {
  return actOnEscalation("escalation.advise", contract.adviseSchema, { page, input }, advise);
}

export async function signOffBreach(page: PageOf, input: contract.SignOffInput): Answer {
  return actOnEscalation("escalation.sign-off", contract.signOffSchema, { page, input }, signOff);
}

/** One act on the items selected; each has an outcome of its own. */
export async function actOnMany(page: PageOf, input: contract.BulkInput): Promise<ActionResult<contract.BulkOutcome[]>> {
  return runAction(bulkAction(input), contract.bulkSchema, { page, input }, many);
}

/** Answers the new item's id. */
export async function openEscalation(page: PageOf, input: contract.OpenInput): Promise<ActionResult<{ id: string }>> {
  return runAction("escalation.open", contract.openSchema, { page, input }, open);
}

export async function reopenEscalation(page: PageOf, input: contract.ReopenInput): Promise<ActionResult<{ id: string }>> {
  return runAction("escalation.reopen", contract.reopenSchema, { page, input }, reopen);
}

export async function keepView(page: PageOf, input: KeepViewInput): Promise<ActionResult<SavedView[]>> {
  return runAction("view.keep", keepViewSchema, { page, input }, keep);
}

export async function dropView(page: PageOf, input: { id: string }): Promise<ActionResult<SavedView[]>> {
  return runAction("view.keep", dropViewSchema, { page, input }, drop);
}
