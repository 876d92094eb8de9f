"use server";

import { actOnDelegations, actOnFindings, actOnOverride } from "@/lib/areas/override/acts/act-on-override";
import { approveOverride as approve, denyOverride as deny } from "@/lib/areas/override/acts/decide";
import { delegateDecisions as delegate, withdrawDelegation as undelegate } from "@/lib/areas/override/acts/delegate";
import { adviseOverride as advise, revokeOverride as revoke, withdrawOverride as withdraw } from "@/lib/areas/override/acts/end";
import { requestOverride as request } from "@/lib/areas/override/acts/request";
import { settleFinding as settle } from "@/lib/areas/override/acts/settle-finding";
import * as contract from "@/lib/areas/override/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { runAction } from "@/lib/kernel/act/run-action";

type Answer = Promise<ActionResult<contract.OverrideDetail>>;

/** Answers the new request's id. */
export async function requestOverride(page: PageOf, input: contract.RequestOverrideInput): Promise<ActionResult<{ id: string }>> {
  return runAction("override.request", contract.requestOverrideSchema, { page, input }, request);
}

export async function approveOverride(page: PageOf, input: contract.ApproveOverrideInput): Answer {
  return actOnOverride("override.decide", contract.approveOverrideSchema, { page, input }, approve);
}

export async function denyOverride(page: PageOf, input: contract.DenyOverrideInput): Answer {
  return actOnOverride("override.decide", contract.denyOverrideSchema, { page, input }, deny);
}

export async function adviseOverride(page: PageOf, input: contract.AdviseOverrideInput): Answer {
  return actOnOverride("override.advise", contract.adviseOverrideSchema, { page, input }, advise);
}

export async function withdrawOverride(page: PageOf, input: contract.WithdrawOverrideInput): Answer {
  return actOnOverride("override.withdraw", contract.withdrawOverrideSchema, { page, input }, withdraw);
}

export async function revokeOverride(page: PageOf, input: contract.RevokeOverrideInput): Answer {
  return actOnOverride("override.revoke", contract.revokeOverrideSchema, { page, input }, revoke);
}

export async function delegateDecisions(page: PageOf, input: contract.DelegateInput): Promise<ActionResult<contract.DelegationsView>> {
  return actOnDelegations("override.delegate", contract.delegateSchema, { page, input }, delegate);
}

export async function withdrawDelegation(page: PageOf, input: { id: string }): Promise<ActionResult<contract.DelegationsView>> {
  return actOnDelegations("override.delegate", contract.endDelegationSchema, { page, input }, undelegate);
}

export async function settleFinding(page: PageOf, input: contract.SettleFindingInput): Promise<ActionResult<contract.FindingPage>> {
  return actOnFindings("finding.settle", contract.settleFindingSchema, { page, input }, settle);
}
