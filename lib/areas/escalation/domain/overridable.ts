import { decide, rolesThatMay, type PersonActor } from "@/lib/model/decide";
import type { OperatingModel } from "@/lib/model/model";
import type { Letter, Role } from "@/lib/model/roles";
import { longestOwner } from "@/lib/thegent/records/owner-limit";
import { isActive, type Escalation } from "./escalation";

type Item = Pick<Escalation, "path" | "status" | "owner" | "ownerShown">;
type Right = { allowed: true; as: Role; letter: Letter } | { allowed: false; because: string; whoCan: Role[] };

/** Whether an override can be asked for from this item; a sentence why not, or null. */
export function whyNoOverride({ path, status, owner, ownerShown }: Item): string | null {
  if (path !== "policy_denial" || !isActive(status)) return "Only an open policy denial can be overridden.";
  if (ownerShown !== null) {
    return `This run’s owner, ${ownerShown}, holds a character that cannot be kept exactly, so an override would be for somebody else. Have the run started again under another owner tag, or resolve this item.`;
  }
  if (!owner) return "This run names no owner, and an override belongs to an owner.";
  return owner.length > longestOwner
    ? `The owner’s name is longer than ${longestOwner} characters, which thegent’s file of overrides does not take here.`
    : null;
}

/** May this person ask for one from this item? */
export function requestRight(item: Item, person: PersonActor | null, model: OperatingModel): Right {
  const right = decide(model, "override.request", person);
  if (!right.allowed) return { allowed: false, because: right.because, whoCan: right.whoCan };
  const because = whyNoOverride(item);
  return because
    ? { allowed: false, because, whoCan: rolesThatMay(model, "override", "perform") }
    : { allowed: true, as: right.role, letter: right.letter };
}
