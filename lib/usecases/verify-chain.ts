import "server-only";
import { readChain } from "@/lib/data/audit";
import { ChainVerifier, type ChainVerdict, type Head } from "@/lib/domain/chain/verify-chain";

/** Reads the cockpit's whole chain and re-derives every hash. `expect` is a head that was kept elsewhere. */
export async function verifyChain(expect?: Head): Promise<ChainVerdict> {
  const verifier = new ChainVerifier(expect);
  const head = await readChain((event) => verifier.add(event));
  return verifier.finish(head);
}
