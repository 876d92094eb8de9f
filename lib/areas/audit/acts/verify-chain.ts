import "server-only";
import { StandingVerifier } from "@/lib/areas/audit/domain/standing";
import { readStanding } from "@/lib/areas/audit/read/standing";
import { readChain } from "@/lib/kernel/chain/audit";
import { ChainVerifier, most, type ChainVerdict, type Head } from "@/lib/kernel/chain/verify-chain";

/** Reads the cockpit's whole chain and re-derives every hash. `expect` is a head that was kept elsewhere. */
export async function verifyChain(expect?: Head): Promise<ChainVerdict> {
  const verifier = new ChainVerifier(expect);
  const { head } = await readChain(
    (event) => verifier.add(event),
    async () => null,
  );
  return verifier.finish(head);
}

/** The same, and holds against it what stands in the database: a full one without events, roles that no event gave. */
export async function verifyChainAndStanding(expect?: Head): Promise<ChainVerdict> {
  const [chain, standing] = [new ChainVerifier(expect), new StandingVerifier()];
  const each: Parameters<typeof readChain>[0] = (event) => {
    chain.add(event);
    standing.add(event);
  };
  const { head, beside } = await readChain(each, readStanding);
  const verdict = chain.finish(head);
  const findings = [...verdict.findings, ...standing.compare(beside)].slice(0, most);
  return { ...verdict, status: findings.length ? "failed" : "passed", findings };
}
