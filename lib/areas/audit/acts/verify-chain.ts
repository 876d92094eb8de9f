import "server-only";
import { StandingVerifier } from "@/lib/areas/audit/domain/standing";
import { readStanding } from "@/lib/areas/audit/read/standing";
import { readChain } from "@/lib/kernel/chain/audit";
import type { TreeHead } from "@/lib/kernel/chain/log/verify-proofs";
import { ChainVerifier, withFindings, type ChainVerdict, type Head } from "@/lib/kernel/chain/verify-chain";
import { TreeVerifier } from "@/lib/kernel/chain/verify-tree";

/** What was kept outside the database: a head, and the tree of the log's last checkpoint. */
export type Expected = { expect?: Head | undefined; signed?: TreeHead | undefined };

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

/** The same, and holds against it what the log signed last, and what stands in the database: a full one without events, roles that no event gave. */
export async function verifyChainAndStanding({ expect, signed }: Expected = {}): Promise<ChainVerdict> {
  const [chain, merkle, standing] = [new ChainVerifier(expect), new TreeVerifier(signed), new StandingVerifier()];
  const each: Parameters<typeof readChain>[0] = (event) => {
    chain.add(event);
    merkle.add(event);
    standing.add(event);
  };
  const { head, tree, beside } = await readChain(each, readStanding);
  return withFindings(chain.finish(head), [...merkle.compare(tree), ...standing.compare(beside)]);
}
