/** A process of its own for the race test: takes up what a killed one left, then resolves one run after the other, until it is killed or done. */
import path from "node:path";
import { Drainer } from "@/lib/thegent/files/drainer";
import { recoverDrains, resolveInQueueFile } from "@/lib/thegent/files/write-back";

const [file = "", runs = "0"] = process.argv.slice(2);
const drainer = new Drainer();

async function main(): Promise<void> {
  await recoverDrains(path.dirname(file), { drainer });
  process.stdout.write("ready\n");
  for (let run = 0; run < Number(runs); run += 1) {
    await resolveInQueueFile(file, [{ runId: `run_${run}`, word: "resolved", at: new Date(1_772_359_200_000 + run) }], {
      drainer,
    });
  }
  await drainer.settled();
  process.stdout.write("done\n");
}

void main();
