/** The process around lib/cli/main.ts. */
import { exitCodes } from "@/lib/cli/commands/io";
import { systemClock } from "@/lib/kernel/time";
import { main } from "./main";

// Whoever reads may stop reading (`… | head`): that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.usage),
  );
}

const code = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  now: systemClock,
});
// A pipe takes its time: exit when all is written.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
