import "server-only";
import { randomUUID } from "node:crypto";
import { decideFindings, type Evidence } from "@/lib/areas/override/domain/findings";
import { applyFindings, endMissing, listBackings } from "@/lib/areas/override/store/findings";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import type { Tx } from "@/lib/kernel/db/client";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

/**
 * A file that tells of overrides: what the bytes of one of its lines say of them; and, of the file that thegent honours them by, what all of it
 * says at this moment, null when there is none.
 */
export type FindingSource = {
  sourceId: string;
  read: (bytes: Uint8Array) => Evidence | null;
  onDisk: (() => Promise<Evidence[] | null>) | null;
};

/** Ids that an audit event lists. */
const listed = 200;

/**
 * Notes what no decision here stands behind, in the transaction that records the lines that tell of it; nobody is sent a notice: the
 * page shows and counts it. `whole`: these are all lines that the file holds. Last in its transaction, because it records itself.
 */
export async function syncFindings(
  tx: Tx,
  fileId: string,
  sourceId: string,
  evidence: readonly Evidence[],
  whole: boolean,
  now: Date,
): Promise<void> {
  const grant = grantSystem(operatingModel, "override.sync", "The cockpit");
  const owners = new Set(evidence.flatMap(({ owner }) => owner ?? []));
  const found = decideFindings(evidence, await listBackings(tx, sourceId, [...owners]), now);
  const ids = await applyFindings(tx, grant, sourceId, found, whole, now);
  if (!ids.length) return;
  await appendAudit(
    tx,
    doneEvent(grant, { now, requestId: randomUUID() }, { kind: "file", id: fileId }, null, {
      found: { count: ids.length, ids: ids.slice(0, listed) },
    }),
  );
}

/** The override registry was read from its start: what it holds no more is over. */
export async function endMissingOverrides(
  tx: Tx,
  sourceId: string,
  evidence: readonly Evidence[],
  now: Date,
): Promise<void> {
  const present = evidence.filter(({ of }) => of === "override").map(({ subject }) => subject);
  await endMissing(tx, grantSystem(operatingModel, "override.sync", "The cockpit"), sourceId, present, now);
}
