"use server";

import { actOnDelegations, actOnFindings, actOnOverride as act } from "@/lib/areas/override/acts/act-on-override";
import { delegateDecisions as delegate, withdrawDelegation as undelegate } from "@/lib/areas/override/acts/delegate";
import { requestOverride as request } from "@/lib/areas/override/acts/request";
import { settleFinding as settle } from "@/lib/areas/override/acts/settle-finding";
import * as contract from "@/lib/areas/override/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { runAction } from "@/lib/kernel/act/run-action";

/** Answers the new request's id. */
export async function requestOverride(
  page: PageOf,
  input: contract.RequestOverrideInput,
): Promise<ActionResult<{ id: string }>> {
  return runAction("override.request", contract.requestOverrideSchema, { page, input }, request);
}

/** Any act on one override that stands. */
export async function actOnOverride(
  page: PageOf,
  input: contract.OverrideActInput,
): Promise<ActionResult<contract.OverrideDetail>> {
  return act(page, input);
}

export async function delegateDecisions(
  page: PageOf,
  input: contract.DelegateInput,
): Promise<ActionResult<contract.DelegationsView>> {
  return actOnDelegations("override.delegate", contract.delegateSchema, { page, input }, delegate);
}

export async function withdrawDelegation(
  page: PageOf,
  input: { id: string },
): Promise<ActionResult<contract.DelegationsView>> {
  return actOnDelegations("override.delegate", contract.endDelegationSchema, { page, input }, undelegate);
}

export async function settleFinding(
  page: PageOf,
  input: contract.SettleFindingInput,
): Promise<ActionResult<contract.FindingPage>> {
  return actOnFindings("finding.settle", contract.settleFindingSchema, { page, input }, settle);
}
