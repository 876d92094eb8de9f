import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** In place of Next's: says where it worked and what lay there. */
const builder = `
  const fs = require("node:fs");
  fs.mkdirSync(".next/cache", { recursive: true });
  fs.writeFileSync(".next/BUILD_ID", fs.readFileSync("app/page.tsx", "utf8"));
`;
const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

let home: string;
let clone: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-build-"));
  clone = path.join(home, "clone");
  const write = (name: string, content: string) => {
    fs.mkdirSync(path.dirname(path.join(clone, name)), { recursive: true });
    fs.writeFileSync(path.join(clone, name), content);
  };
  write("node_modules/next/dist/bin/next", builder);
  write("package.json", "{}");
  write("app/page.tsx", "a page");
  write("app/page.test.tsx", "no page");
  fs.chmodSync(home, 0o755);
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

/** The build that this account gets, and what was said. */
function start(name: string, account = {}): { build: string; said: string[] } {
  const dataDir = path.join(home, name);
  fs.mkdirSync(dataDir, { recursive: true });
  if ("uid" in account) fs.chownSync(dataDir, nobody.uid, nobody.gid);
  const script = `
    const { currentBuild } = await import("./lib/server/build.ts");
    const said = [];
    const build = await currentBuild({ root: ${JSON.stringify(clone)}, dataDir: ${JSON.stringify(dataDir)}, logPath: ${JSON.stringify(path.join(dataDir, "log"))}, say: (line) => said.push(line) });
    process.stdout.write(JSON.stringify({ build, said }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    ...account,
    encoding: "utf8",
    env: { ...process.env, HOME: dataDir, TMPDIR: dataDir },
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as { build: string; said: string[] };
}
const within = (folder: string) => fs.readdirSync(path.join(home, folder)).sort();
const buildId = (build: string) => fs.readFileSync(path.join(build, ".next/BUILD_ID"), "utf8");

describe("the build", { timeout: 60_000 }, () => {
  it("is made once in the clone, and shared by all who may write there", () => {
    const first = start("data");
    expect([path.dirname(first.build), first.said, buildId(first.build)]).toEqual([
      path.join(clone, ".builds"),
      ["Building the pages …"],
      "a page",
    ]);
    expect(start("other data")).toEqual({ build: first.build, said: [] });
  });

  it("is made anew when a source is another, and not when only a test is", () => {
    const first = start("data");
    fs.writeFileSync(path.join(clone, "app/page.test.tsx"), "another");
    expect(start("data").build).toBe(first.build);
    fs.writeFileSync(path.join(clone, "app/page.tsx"), "another page");
    expect(buildId(start("data").build)).toBe("another page");
  });

  describe.skipIf(!isRoot)("of an account that may not write in the clone", () => {
    it("is the clone's, where there is one", () => {
      const { build } = start("data");
      expect(start("theirs", nobody)).toEqual({ build, said: [] });
    });

    it("is made in its data directory, once, with the clone's packages, and leaves the clone as it was", () => {
      const before = within("clone");
      const { build, said } = start("theirs", nobody);
      expect([path.dirname(build), said, buildId(build)]).toEqual([
        path.join(home, "theirs/builds"),
        ["Building the pages …"],
        "a page",
      ]);
      expect(fs.realpathSync(path.join(build, "node_modules"))).toBe(path.join(clone, "node_modules"));
      expect(fs.readdirSync(path.join(build, ".next"))).toEqual(["BUILD_ID"]);
      expect(within("clone")).toEqual(before);
      expect(within("theirs/builds/workshop/app")).toEqual(["page.tsx"]);
      expect(start("theirs", nobody)).toEqual({ build, said: [] });
    });
  });
});
