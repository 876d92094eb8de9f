import { eventBody, openSigned, proveAppended, proveEvent } from "@/lib/areas/audit/acts/prove-event";
import type { SignerKey } from "@/lib/kernel/chain/log/keys";
import { fromDecimal } from "@/lib/kernel/chain/log/text";
import { NotProven } from "@/lib/kernel/chain/read-log";
import { readLogKey, readSignedCheckpoint } from "@/lib/server/log-key";
import { exitCodes, type Io } from "./io";

const usage = "Usage: cockpit log key | checkpoint | event SEQ | proof SEQ | consistency M N";

type WithDatabase = <T>(work: () => Promise<T>) => Promise<T>;
type Log = { key: SignerKey; dataDir: string; database: WithDatabase };

const inputs = { key: 0, checkpoint: 0, event: 1, proof: 1, consistency: 2 } as const;
type What = keyof typeof inputs;

/** `log …`: what the community's tools take, and nothing else on stdout: an event's bytes end without a newline, because it has none. */
export async function runLog(args: string[], io: Io, dataDir: string, database: WithDatabase): Promise<number> {
  const [what = "", ...rest] = args;
  const numbers = rest.map(fromDecimal).filter((number) => number !== null);
  if (!isWhat(what) || rest.length !== inputs[what] || numbers.length !== rest.length) {
    io.err(`${usage}\n`);
    return exitCodes.usage;
  }
  try {
    const key = readLogKey(dataDir);
    if (!key) throw new NotProven("The log has no key yet: the first `npm start` makes it.");
    io.out(await answers[what]({ key, dataDir, database }, ...numbers));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof NotProven)) throw error;
    io.err(`${error.message}\n`);
    return exitCodes.negative;
  }
}

const isWhat = (what: string): what is What => Object.hasOwn(inputs, what);

const answers: Record<What, (log: Log, first?: bigint, second?: bigint) => Promise<string> | string> = {
  key: ({ key }) => `${key.verifier.text}\n`,
  checkpoint: (log) => newest(log).toString("utf8"),
  event: async ({ database }, seq = 0n) => {
    const body = await database(() => eventBody(seq));
    if (body === null) throw new NotProven(`There is no event ${seq}.`);
    return body;
  },
  proof: (log, seq = 0n) => log.database(() => proveEvent(seq, newest(log), [log.key.verifier])),
  consistency: async ({ database }, old = 0n, size = 0n) =>
    (await database(() => proveAppended(old, size))).map((hash) => `${hash.toString("base64")}\n`).join(""),
};

/** As it was signed, with all its signatures. */
function newest({ key, dataDir }: Log): Buffer {
  const checkpoint = readSignedCheckpoint(dataDir);
  if (!checkpoint) throw new NotProven("No checkpoint is signed yet: a running cockpit does so each minute.");
  openSigned(checkpoint, [key.verifier]);
  return checkpoint;
}
