import "server-only";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAuditOnce } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

/** The secret was changed on the server's disk, where no transaction reaches: told afterwards, and once, however often this is called for the same request. */
export function tellOfRotation(
  { requestId, changedAt }: { requestId: string; changedAt: string },
  now: Date,
): Promise<void> {
  const grant = grantSystem(operatingModel, "secret.rotate", "command line");
  return inTransaction((tx) =>
    appendAuditOnce(tx, doneEvent(grant, { now, requestId }, { kind: "secret", id: null }, null, { changedAt })),
  );
}
