/** The whole cockpit on a real disk that is really full: a small one in memory, which only root can make. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fillDisk } from "@/lib/testing/fill-disk";
import { actOnItem } from "./support/actions";
import { verifyChain } from "./support/chain";
import { startCockpit } from "./support/cockpit";
import { deny } from "./support/queue-file";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

let disk: string;
test.beforeAll(() => {
  disk = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-disk-"));
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=300m,mode=711", "tmpfs", disk]).status === 0;
  test.skip(!isMounted, "Only root can mount a small disk.");
});
test.afterAll(() => {
  spawnSync("umount", ["-l", disk]);
  fs.rmSync(disk, { recursive: true, force: true });
});

test("with the data disk full, acts are refused in words, pages are still shown, health says why, and all goes on once there is room", async () => {
  test.setTimeout(300_000);
  const cockpit = await startCockpit({ home: disk });
  const filling = path.join(disk, "filling");
  try {
    const operator = await signIn(
      cockpit.url,
      cockpit.accounts.find(({ role }) => role === "Operator")!,
    );
    const health = async () => {
      const answer = await operator.get("/api/health");
      return { code: answer.status(), ...((await answer.json()) as { status: string; database: string }) };
    };
    const { run_id: runId } = deny(cockpit.sessionDir, { owner: "full:disk" });
    const find = async () =>
      (
        (await (
          await operator.get(`/api/escalations?sort=newest&owner=${encodeURIComponent("full:disk")}`)
        ).json()) as { rows: { id: string; version: number; runId: string }[] }
      ).rows.find((row) => row.runId === runId);
    await expect.poll(find, { timeout: 30_000 }).toBeTruthy();
    await expect.poll(health, { timeout: 60_000 }).toMatchObject({ code: 200, status: "ok", database: "ok" });
    const comment = async () => {
      const { id, version } = (await find())!;
      const answer = await actOnItem(operator, cockpit, "comment", {
        id,
        version,
        text: "What was found, at length. ".repeat(60),
      });
      return { code: answer.status(), text: await answer.text() };
    };
    expect(await comment()).toMatchObject({ code: 200 });

    fillDisk(filling);
    let said = await comment();
    for (let more = 200; said.code === 200 && more > 0; more--) said = await comment();
    expect(said).toEqual({
      code: 503,
      text: expect.stringContaining("The disk of the database is full. Nothing was done."),
    });
    expect(await health()).toMatchObject({ code: 503, status: "failing", database: "full" });
    expect((await operator.get("/escalations")).status()).toBe(200);

    fs.rmSync(filling);
    await expect.poll(health, { timeout: 120_000 }).toMatchObject({ code: 200, status: "ok", database: "ok" });
    expect(await comment()).toMatchObject({ code: 200 });
    expect(verifyChain(cockpit.dataDir)).toMatchObject({ code: 0 });
    await operator.dispose();
  } finally {
    fs.rmSync(filling, { force: true });
    await cockpit.remove().catch(() => {}); // the directory itself is the disk's
  }
});
