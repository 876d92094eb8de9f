import "server-only";
import { appendAuditOnce } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { grantSystem } from "@/lib/domain/operating-model/grant-system";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { doneEvent } from "./authorise";

/** The secret was changed on the server's disk, where no transaction reaches: told afterwards, and once, however often this is called for the same request. */
export function tellOfRotation({ requestId, changedAt }: { requestId: string; changedAt: string }, now: Date): Promise<void> {
  const grant = grantSystem(operatingModel, "secret.rotate", "command line");
  return inTransaction((tx) => appendAuditOnce(tx, doneEvent(grant, { now, requestId }, { kind: "secret", id: null }, null, { changedAt })));
}
