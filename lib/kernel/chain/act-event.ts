import type { WriteAction } from "@/lib/model/actions";
import type { Grant, Refusal } from "@/lib/model/grant";
import type { AuditEvent, Plain } from "./audit-event";

type Circumstances = { at: Date; requestId: string; subject: AuditEvent["subject"] };

/** What was done, with the grant that did it: who, which action, role and letter are the grant's to say, and nobody else's. */
export type DoneEvent<A extends WriteAction = WriteAction> = Circumstances & {
  grant: Grant<A>;
  before: Plain;
  after: Plain;
};

/** What was refused, with the refusal. `after`: what else is told of the attempt. */
export type RefusedEvent = Circumstances & { refusal: Refusal; after: Plain };

/** The event as the chain keeps it. */
export function toAuditEvent(event: DoneEvent | RefusedEvent): AuditEvent {
  const { at, requestId, subject, after } = event;
  const where = { at: at.toISOString(), subject, after, requestId };
  if ("refusal" in event) {
    const { action, actor, because, modelVersion } = event.refusal;
    const who: AuditEvent["actor"] = actor
      ? { kind: "person", id: actor.id, name: actor.name }
      : { kind: "nobody", id: null, name: "Nobody" };
    return {
      ...where,
      action,
      outcome: "refused",
      actor: who,
      role: null,
      letter: null,
      before: null,
      because,
      model: modelVersion,
    };
  }
  const { action, actor, role, letter, modelVersion } = event.grant;
  return {
    ...where,
    action,
    outcome: "done",
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    role,
    letter,
    before: event.before,
    because: null,
    model: modelVersion,
  };
}
