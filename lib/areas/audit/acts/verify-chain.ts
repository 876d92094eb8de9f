import "server-only";
import { StandingVerifier } from "@/lib/areas/audit/domain/standing";
import { readStanding } from "@/lib/areas/audit/read/standing";
import { readChain } from "@/lib/kernel/chain/audit";
import { ChainVerifier, most, type ChainVerdict, type Finding, type Head } from "@/lib/kernel/chain/verify-chain";
import { TreeVerifier } from "@/lib/kernel/chain/verify-tree";

/** Reads the cockpit's whole chain, re-derives every hash, and grows its tree anew. `expect` is a head that was kept elsewhere. */
export async function verifyChain(expect?: Head): Promise<ChainVerdict> {
  const [chain, merkle] = [new ChainVerifier(expect), new TreeVerifier()];
  const each: Parameters<typeof readChain>[0] = (event) => {
    chain.add(event);
    merkle.add(event);
  };
  const { head, tree } = await readChain(each, async () => null);
  return withFindings(chain.finish(head), merkle.compare(tree));
}

/** The same, and holds against it what stands in the database: a full one without events, roles that no event gave. */
export async function verifyChainAndStanding(expect?: Head): Promise<ChainVerdict> {
  const [chain, merkle, standing] = [new ChainVerifier(expect), new TreeVerifier(), new StandingVerifier()];
  const each: Parameters<typeof readChain>[0] = (event) => {
    chain.add(event);
    merkle.add(event);
    standing.add(event);
  };
  const { head, tree, beside } = await readChain(each, readStanding);
  return withFindings(chain.finish(head), [...merkle.compare(tree), ...standing.compare(beside)]);
}

function withFindings(verdict: ChainVerdict, more: readonly Finding[]): ChainVerdict {
  const findings = [...verdict.findings, ...more];
  // An event that was edited or is gone is not in the tree either, which says nothing new.
  const own = verdict.findings.length ? findings.filter(({ kind }) => kind !== "tree") : findings;
  return { ...verdict, status: own.length ? "failed" : "passed", findings: own.slice(0, most) };
}
