import "server-only";
import { openByTrigger } from "@/lib/areas/escalation/port";
import type { ChainVerdict } from "@/lib/kernel/chain/verify-chain";
import { listSourceIds } from "@/lib/kernel/db/current-source";
import { verifyChainAndStanding, type Expected } from "./verify-chain";

type When = { now: Date; requestId: string };

const subject = "the cockpit's audit chain";

/**
 * Verifies the cockpit's chain, and what stands in the database beside it. A failed verification opens an integrity escalation, at once to Security, and a P1 incident in every
 * source; while they are open, never a second one.
 */
export async function verifyAndRaise({ expect, signed, ...when }: Expected & When): Promise<ChainVerdict> {
  const verdict = await verifyChainAndStanding({ expect, signed });
  if (verdict.status === "failed") await raiseIntegrity(verdict.findings[0]?.says ?? "it is not whole.", when);
  return verdict;
}

/** The same for what was found without reading the whole chain. */
export async function raiseIntegrity(says: string, { now, requestId }: When): Promise<void> {
  const reason = `Verification of the audit chain failed: ${says}`.slice(0, 500);
  for (const sourceId of await listSourceIds()) {
    for (const path of ["integrity", "incident"] as const)
      await openByTrigger({ sourceId, path, subject, reason, severity: "P1", now, requestId });
  }
}
