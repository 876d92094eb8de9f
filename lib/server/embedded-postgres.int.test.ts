import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "./embedded-postgres";

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-embedded-"));
  fs.chmodSync(home, 0o711);
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const start = () => startEmbeddedPostgres({ directory: path.join(home, "postgres") });

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the embedded PostgreSQL", () => {
  it("is taken over while it runs, and killed with -9 comes back on its port with what was committed", async () => {
    const first = await start();
    await query(first.url("postgres"), "CREATE TABLE kept AS SELECT 1 AS one");
    const again = await start();
    expect(again).toMatchObject({ adopted: true, pid: first.pid });

    process.kill(first.pid, "SIGKILL");
    await first.ended;
    await again.ended;
    const second = await start();
    try {
      expect(second).toMatchObject({ adopted: false });
      expect(second.url("postgres")).toBe(first.url("postgres"));
      expect(await query(second.url("postgres"), "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    } finally {
      await second.stop();
    }
  });

  it("starts although another process got the number of the killed server", async () => {
    const first = await start();
    process.kill(first.pid, "SIGKILL");
    await first.ended;
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const file = path.join(home, "postgres/data/postmaster.pid");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(/^\d+/, String(stranger.pid)));
    const second = await start();
    await second.stop();
    expect(second.adopted).toBe(false);
    stranger.kill();
  });

  it.each([0o700, 0o755])(
    "runs in a directory of mode %o, which other accounts cannot look into afterwards, nor into its own",
    async (mode) => {
      fs.mkdirSync(path.join(home, "data"), { mode });
      fs.mkdirSync(path.join(home, "data/postgres"), { mode });
      for (const name of ["port", "log"]) fs.writeFileSync(path.join(home, "data/postgres", name), "", { mode: 0o644 });
      const server = await startEmbeddedPostgres({ directory: path.join(home, "data/postgres") });
      expect(await query(server.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      await server.stop();
      const modeOf = (name: string) => fs.statSync(path.join(home, name)).mode & 0o777;
      expect(modeOf("data/postgres") & ~0o710).toBe(0);
      if (mode === 0o700) expect(modeOf("data") & ~0o710).toBe(0);
      for (const name of ["port", "log", "password"])
        expect([name, modeOf(`data/postgres/${name}`)]).toEqual([name, 0o600]);
      expect(fs.lstatSync(path.join(home, "data/postgres")).isDirectory()).toBe(true);
    },
  );

  it("begins anew when its first start was killed half way", async () => {
    fs.mkdirSync(path.join(home, "postgres/data.new/base"), { recursive: true });
    const server = await start();
    expect(await query(server.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await server.stop();
  });
});
