import "server-only";
import { sayLength, type OverrideWords } from "@/lib/areas/override/domain/timeline";
import { limits } from "@/lib/areas/override/limits";
import { heldDelegationFor } from "@/lib/areas/override/read/delegations";
import { textOf } from "@/lib/kernel/chain/timeline";
import { decide, grantDelegate } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import type { FindBy } from "./change-override";
import { text, textWhile } from "./override-act";

/** Who is accountable decides; or their delegate, by a delegation that holds until the decision is written. Everybody else is refused. */
export const byDecider: FindBy<"override.decide"> = async (tx, override, { actor, now }) => {
  const decision = decide(operatingModel, "override.decide", actor);
  if (decision.allowed) return decision;
  const delegation = actor && (await heldDelegationFor(tx, actor, override?.requestedById ?? null, now));
  return delegation
    ? {
        allowed: true,
        grant: grantDelegate(operatingModel, "override.decide", actor, delegation),
        forId: delegation.fromId,
      }
    : decision;
};

/** A decision's reason, and why it does not wait for advice, while that is awaited. */
export const reasons = {
  note: text({ called: "The reason", limit: limits.decision, label: "Reason", rows: 2 }),
  withoutConsultation: textWhile({
    called: "The reason for not waiting",
    limit: limits.withoutConsultation,
    label: "Why not wait for advice",
    hint: "Nobody else of Security/Compliance has advised yet, and they still have time. This is kept with the decision.",
    rows: 2,
    asked: ({ shown }) => ({
      after: null,
      until: shown.consultationOpen ? shown.consultUntil : new Date(0).toISOString(),
    }),
  }),
};

/** One action: its event says which decision it was, and in whose place. */
export const tellDecision: OverrideWords = (after, { names }) => {
  const forId = textOf(after.forId);
  const inPlace = forId ? `, in the place of ${names[forId] ?? "someone who has left"}` : "";
  const early = after.withoutConsultation ? "; decided without consultation" : "";
  const words = [
    textOf(after.note),
    after.withoutConsultation ? `Without consultation because: ${textOf(after.withoutConsultation)}` : "",
  ]
    .filter(Boolean)
    .join("\n");
  if (after.status === "denied") return { kind: "denied", says: `Denied it${inPlace}${early}`, text: words };
  return { kind: "approved", says: `Approved it for ${sayLength(after.seconds)}${inPlace}${early}`, text: words };
};
