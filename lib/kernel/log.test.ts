import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { describe, expect, it } from "vitest";

/** As in the processes of web and worker. */
const script = `
  await import("./lib/server/until-told.mjs");
  const { log } = await import("./lib/kernel/log.ts");
  const { toFailure } = await import("./lib/kernel/act/respond.ts");
  log.error({ err: new Error("no") }, "a complaint");
  console.error("another, by a library");
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.stdout.write(JSON.stringify(toFailure(new Error("no"), "request-1")));
`;

const run = (log: number) =>
  spawnSync(process.execPath, ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", log],
    encoding: "utf8",
    timeout: 60_000,
  });

describe.skipIf(!fs.existsSync("/dev/full"))("a log on a full disk", { timeout: 60_000 }, () => {
  it("keeps nobody from answering: the complaint is lost, what was asked is refused in words", () => {
    const full = fs.openSync("/dev/full", "w");
    const { status, stdout } = run(full);
    fs.closeSync(full);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ code: "INTERNAL", requestId: "request-1" });
  });
});
