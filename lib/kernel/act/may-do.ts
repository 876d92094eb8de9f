import "server-only";
import type { MayDo } from "@/lib/kernel/contract";
import type { Decision } from "@/lib/model/decide";

/** A decision as pages are told it. */
export const toMayDo = (decision: Decision): MayDo =>
  decision.allowed
    ? { allowed: true, as: decision.role, letter: decision.letter }
    : { allowed: false, because: decision.because, whoCan: decision.whoCan };
