import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { verifyAndRaise } from "@/lib/areas/audit/acts/verify-and-raise";
import { openSigned } from "@/lib/areas/audit/acts/prove-event";
import type { TreeHead } from "@/lib/kernel/chain/log/verify-proofs";
import type { Head } from "@/lib/kernel/chain/verify-chain";
import { systemClock } from "@/lib/kernel/time";
import { readLogKey, readSignedCheckpoint } from "@/lib/server/log-key";
import { exitCodes, type Io } from "./io";

const usage = "Usage: cockpit verify chain [--json] [--expect SEQ:HASH]";

/** `verify chain`: passed, or where and how the cockpit's own chain is broken; then Security finds an escalation in the queue, too. */
export async function runVerify(args: string[], io: Io, dataDir: string): Promise<number> {
  let options: { json: boolean; expect: Head | undefined };
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: "boolean" }, expect: { type: "string" } },
    });
    if (positionals.join(" ") !== "chain") throw new Error("what is to be verified?");
    options = { json: values.json ?? false, expect: parseHead(values.expect) };
  } catch (error) {
    io.err(`${(error as Error).message}\n${usage}\n`);
    return exitCodes.usage;
  }
  const verdict = await verifyAndRaise({
    expect: options.expect,
    signed: signedIn(dataDir),
    now: systemClock(),
    requestId: randomUUID(),
  });
  if (options.json) io.out(`${JSON.stringify(verdict, null, 2)}\n`);
  else {
    io.out(`${verdict.status}: ${verdict.events} events, head ${verdict.head.seq}:${verdict.head.hash}\n`);
    for (const { seq, kind, says } of verdict.findings) io.out(`  event ${seq} ${kind}: ${says}\n`);
  }
  return verdict.status === "passed" ? exitCodes.ok : exitCodes.negative;
}

/** What the log signed last: the chain must have begun with that. */
function signedIn(dataDir: string): TreeHead | undefined {
  const [key, last] = [readLogKey(dataDir), readSignedCheckpoint(dataDir)];
  return key && last ? openSigned(last, [key.verifier]) : undefined;
}

function parseHead(text: string | undefined): Head | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text);
  if (!match) throw new Error("--expect takes a head as `verify chain` prints it: SEQ:HASH");
  return { seq: BigInt(match[1]!), hash: match[2]! };
}
