/**
 * thegent as a process of its own: appends denials to the queue file of `directory`, `count` of them and `everyMs` apart, each due sooner
 * than all before it, and tells the bench of each as soon as it is on disk.
 */
import { setTimeout as pause } from "node:timers/promises";
import { deny } from "@/e2e/support/queue-file";
import { systemClock } from "@/lib/kernel/time";

export type Appended = { runId: string; at: number };

const [directory, count, everyMs, minutesLeft] = process.argv.slice(2);

for (let made = 0; made < Number(count); made++) {
  const { run_id } = deny(directory!, {
    owner: `team-${made % 40}:shop`,
    minutesLeft: Number(minutesLeft) - made / 10,
  });
  process.send!({ runId: run_id, at: systemClock().getTime() } satisfies Appended);
  // Never in step with whatever looks at the file at even intervals.
  await pause(Number(everyMs) * (0.6 + 0.8 * Math.random()));
}
process.disconnect();
