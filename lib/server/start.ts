/** `npm start`, and with --develop `npm run dev`: brings everything up in order, says how to sign in, and takes everything down again. */
import { StartError } from "@/lib/kernel/errors";
import { supervise } from "./supervisor";
import { Undo } from "./undo";

const undo = new Undo();

async function end(code: number): Promise<never> {
  await undo.all();
  process.exit(code);
}

/** The npm script above is told the signal too, and passes it on as a message or by its end: every way leads here, once. */
const stop = () => {
  if (undo.begun) return;
  console.log("\nStopping …");
  void end(0);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
process.on("message", (message) => message === "stop" && stop());
process.on("disconnect", stop);

// Whoever reads what is said may stop reading (`npm start | head`): that ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
// What nobody foresaw still ends every process that was started.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    if (!undo.begun)
      console.error(
        `The cockpit ends, because of something unforeseen: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    void end(1);
  });
}

try {
  await supervise(undo, (line) => console.log(line), { developing: process.argv.includes("--develop") });
} catch (error) {
  if (!undo.begun) {
    console.error(
      error instanceof StartError
        ? `${error.message}\n${error.remedy}`
        : `The cockpit could not start: ${(error as Error).message}\nSet COCKPIT_LOG_LEVEL=debug to see where.`,
    );
    if (!(error instanceof StartError) && process.env.COCKPIT_LOG_LEVEL === "debug") console.error(error);
  }
  await end(undo.begun ? 0 : 1);
}
