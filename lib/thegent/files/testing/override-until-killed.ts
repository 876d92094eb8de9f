/**
 * A process of its own for the race tests: records one override after the other and ends every second one, until it is killed or done.
 * It remembers nothing, as if it had always been killed between writing and marking.
 */
import path from "node:path";
import { endOverride, recordOverride, removeOverrideDrafts } from "@/lib/thegent/files/override-file";
import { newOverrideKey } from "@/lib/thegent/records/override-record";
import { endOfNumbered, numberedOverride } from "./override-fixture";

const [file = "", count = "0"] = process.argv.slice(2);

async function main(): Promise<void> {
  await removeOverrideDrafts(path.dirname(file));
  process.stdout.write("ready\n");
  for (let number = 0; number < Number(count); number += 1) {
    await recordOverride(file, numberedOverride(number), { lookAgainMs: 1 });
    if (number % 2)
      await endOverride(file, newOverrideKey(numberedOverride(number)), endOfNumbered(number), { lookAgainMs: 1 });
  }
  process.stdout.write("done\n");
}

void main();
