import { childrenOf } from "./support/processes";
import { deny } from "./support/queue-file";
import { expect, test } from "./support/test";

test.skip(process.platform !== "linux", "The processes are found in /proc.");

test("a worker that stands still shows on the queue, on the sources and in health, and is forgotten once it goes on", async ({
  as,
  cockpit,
}) => {
  test.setTimeout(300_000);
  const [queue, sources] = [await as("Operator"), await as("Operator")];
  const health = async () =>
    (await (await queue.request.get("/api/health")).json()) as {
      status: string;
      reading: string;
      database: string;
    };
  await expect.poll(health, { timeout: 60_000 }).toMatchObject({ status: "ok", reading: "ok" });
  await queue.goto("/escalations");
  await sources.goto("/sources");
  const standing = queue.getByRole("main").getByRole("status").filter({ hasText: "open" });
  const notRead = sources.getByText("thegent's files are not being read now");
  await expect(standing).not.toContainText("not been read lately");
  await expect(notRead).toHaveCount(0);

  const worker = childrenOf(cockpit.supervisor.pid!).find(({ command }) => command.includes("worker-process.ts"))!;
  process.kill(worker.pid, "SIGSTOP");
  try {
    const { run_id: runId } = deny(cockpit.sessionDir, { owner: "still:stands" });
    await expect
      .poll(health, { timeout: 60_000 })
      .toMatchObject({ status: "troubled", reading: "late", database: "ok" });
    await expect(standing).toContainText("not been read lately; is the worker running?", { timeout: 60_000 });
    await expect(notRead).toBeVisible({ timeout: 60_000 });

    process.kill(worker.pid, "SIGCONT");
    await expect.poll(health, { timeout: 60_000 }).toMatchObject({ status: "ok", reading: "ok" });
    await expect(standing).not.toContainText("not been read lately", { timeout: 60_000 });
    await expect(notRead).toHaveCount(0, { timeout: 60_000 });
    const came = async () =>
      (
        (await (
          await queue.request.get(`/api/escalations?sort=newest&owner=${encodeURIComponent("still:stands")}`)
        ).json()) as { rows: { runId: string }[] }
      ).rows.map((row) => row.runId);
    await expect.poll(came, { timeout: 30_000 }).toEqual([runId]);
  } finally {
    // The cockpit is the other tests' too.
    process.kill(worker.pid, "SIGCONT");
  }
});
