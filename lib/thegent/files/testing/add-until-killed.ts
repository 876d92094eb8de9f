/**
 * A process of its own for the race tests: takes up what a killed one left, then adds one record after the other and resolves every
 * second one, until it is killed or done. It remembers nothing, as if it had always been killed between writing and marking.
 */
import path from "node:path";
import { addToQueueFile } from "@/lib/thegent/files/add-to-queue";
import { Drainer } from "@/lib/thegent/files/drainer";
import { QueueWriteError } from "@/lib/thegent/files/replace-file";
import { recoverDrains, resolveInQueueFile } from "@/lib/thegent/files/write-back";
import { addedRecord } from "./queue-fixture";

const [file = "", count = "0"] = process.argv.slice(2);
const drainer = new Drainer();

async function main(): Promise<void> {
  await recoverDrains(path.dirname(file), { drainer });
  process.stdout.write("ready\n");
  for (let run = 0; run < Number(count); run += 1) {
    await addToQueueFile(file, [addedRecord(`run_${run}`)], { drainer, lookAgainMs: 1 });
    if (run % 2)
      await resolveInQueueFile(
        file,
        [{ runId: `run_${run}`, word: "resolved", at: new Date(1_772_359_200_000 + run) }],
        { drainer },
      );
  }
  await drainer.settled();
  process.stdout.write("done\n");
}

main().catch((error: unknown) => {
  if (!(error instanceof QueueWriteError)) throw error;
  process.stdout.write(`${error.message}\n`);
});
