import "server-only";
import { openByTrigger } from "@/lib/areas/escalation/port";
import type { ChainVerdict, Head } from "@/lib/kernel/chain/verify-chain";
import { listSourceIds } from "@/lib/kernel/db/current-source";
import { verifyChainAndStanding } from "./verify-chain";

const subject = "the cockpit's audit chain";

/**
 * Verifies the cockpit's chain, and what stands in the database beside it. A failed verification opens an integrity escalation, at once to Security, and a P1 incident in every
 * source; while they are open, never a second one.
 */
export async function verifyAndRaise({
  expect,
  now,
  requestId,
}: {
  expect?: Head;
  now: Date;
  requestId: string;
}): Promise<ChainVerdict> {
  const verdict = await verifyChainAndStanding(expect);
  if (verdict.status === "passed") return verdict;
  const [first] = verdict.findings;
  const reason = `Verification of the audit chain failed: ${first?.says ?? "it is not whole."}`.slice(0, 500);
  for (const sourceId of await listSourceIds()) {
    for (const path of ["integrity", "incident"] as const)
      await openByTrigger({ sourceId, path, subject, reason, severity: "P1", now, requestId });
  }
  return verdict;
}
