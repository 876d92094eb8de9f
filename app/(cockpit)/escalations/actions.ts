"use server";

import { actOnEscalation } from "@/lib/actions/act-on-escalation";
import type { ActionResult } from "@/lib/contracts/action-result";
import { claimSchema, resolveSchema, signOffSchema, type ClaimInput, type EscalationDetail, type ResolveInput, type SignOffInput } from "@/lib/contracts/escalations";
import { claimEscalation as claim } from "@/lib/usecases/claim-escalation";
import { releaseEscalation as release } from "@/lib/usecases/release-escalation";
import { resolveEscalation as resolve } from "@/lib/usecases/resolve-escalation";
import { retryEscalation as retry } from "@/lib/usecases/retry-escalation";
import { signOffBreach as signOff } from "@/lib/usecases/sign-off-breach";

type Answer = Promise<ActionResult<EscalationDetail>>;

export async function claimEscalation(input: ClaimInput): Answer {
  return actOnEscalation(claimSchema, input, claim);
}

export async function releaseEscalation(input: ClaimInput): Answer {
  return actOnEscalation(claimSchema, input, release);
}

export async function resolveEscalation(input: ResolveInput): Answer {
  return actOnEscalation(resolveSchema, input, resolve);
}

export async function retryEscalation(input: ClaimInput): Answer {
  return actOnEscalation(claimSchema, input, retry);
}

export async function signOffBreach(input: SignOffInput): Answer {
  return actOnEscalation(signOffSchema, input, signOff);
}
