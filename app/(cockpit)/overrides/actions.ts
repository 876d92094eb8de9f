"use server";

import { actOnDelegations, actOnFindings, actOnOverride } from "@/lib/actions/act-on-override";
import { runAction } from "@/lib/actions/run-action";
import type { ActionResult } from "@/lib/contracts/action-result";
import * as contract from "@/lib/contracts/overrides";
import { approveOverride as approve, denyOverride as deny } from "@/lib/usecases/decide-override";
import { delegateDecisions as delegate, withdrawDelegation as undelegate } from "@/lib/usecases/delegate";
import { adviseOverride as advise, revokeOverride as revoke, withdrawOverride as withdraw } from "@/lib/usecases/end-override";
import { requestOverride as request } from "@/lib/usecases/request-override";
import { settleFinding as settle } from "@/lib/usecases/settle-finding";

type Answer = Promise<ActionResult<contract.OverrideDetail>>;

/** Answers the new request's id. */
export async function requestOverride(input: contract.RequestOverrideInput): Promise<ActionResult<{ id: string }>> {
  return runAction(contract.requestOverrideSchema, input, request);
}

export async function approveOverride(input: contract.ApproveOverrideInput): Answer {
  return actOnOverride(contract.approveOverrideSchema, input, approve);
}

export async function denyOverride(input: contract.DenyOverrideInput): Answer {
  return actOnOverride(contract.denyOverrideSchema, input, deny);
}

export async function adviseOverride(input: contract.AdviseOverrideInput): Answer {
  return actOnOverride(contract.adviseOverrideSchema, input, advise);
}

export async function withdrawOverride(input: contract.WithdrawOverrideInput): Answer {
  return actOnOverride(contract.withdrawOverrideSchema, input, withdraw);
}

export async function revokeOverride(input: contract.RevokeOverrideInput): Answer {
  return actOnOverride(contract.revokeOverrideSchema, input, revoke);
}

export async function delegateDecisions(input: contract.DelegateInput): Promise<ActionResult<contract.DelegationsView>> {
  return actOnDelegations(contract.delegateSchema, input, delegate);
}

export async function withdrawDelegation(input: { id: string }): Promise<ActionResult<contract.DelegationsView>> {
  return actOnDelegations(contract.endDelegationSchema, input, undelegate);
}

export async function settleFinding(input: contract.SettleFindingInput): Promise<ActionResult<contract.FindingPage>> {
  return actOnFindings(contract.settleFindingSchema, input, settle);
}
