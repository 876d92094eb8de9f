import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { runnerOf, watchCode } from "./development";

it.each([
  ["lib/areas/escalation/domain/clocks.ts", "worker"],
  ["lib/areas/source/ingest/ingest.ts", "worker"],
  ["lib/thegent/records/formats.ts", "worker"],
  ["lib/server/web.mjs", "web"],
  ["lib/server/origin-guard.mjs", "web"],
  ["lib/areas/escalation/domain/clocks.test.ts", null],
  ["lib/server/jobs/clocks.int.test.ts", null],
  ["lib/testing/scenarios.ts", null],
  ["lib/cli/main.ts", null],
  ["lib/kernel/query/live.ts", null],
  ["lib/areas/inbox/queries/options.ts", null],
  ["lib/areas/escalation/domain/.clocks.ts.swp", null],
  ["components/ui/button.tsx", null],
])("a change of %s starts %s again", (file, name) => expect(runnerOf(file)).toBe(name));

let root: string | undefined;
afterEach(() => root && fs.rmSync(root, { recursive: true, force: true }));

it("every save is noticed, however the editor saves, also in a folder that is new", async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-code-"));
  const at = (name: string) => path.join(root!, name);
  fs.mkdirSync(at("lib/model"), { recursive: true });
  const told: string[] = [];
  const watching = watchCode(root, (name, file) => told.push(`${name} ${file}`));
  const heard = async (save: () => void, says: string) => {
    told.length = 0;
    save();
    await expect.poll(() => told).toContain(says);
  };
  const replace = (name: string) => (
    fs.writeFileSync(at(`${name}.tmp`), "new"),
    fs.renameSync(at(`${name}.tmp`), at(name))
  );
  try {
    await heard(() => fs.writeFileSync(at("lib/model/rule.ts"), "1"), "worker lib/model/rule.ts");
    // As editors do that put a new file in the old one's place: the second time is the one that a watch on the file misses.
    for (const _ of [1, 2]) await heard(() => replace("lib/model/rule.ts"), "worker lib/model/rule.ts");
    fs.mkdirSync(at("lib/server"));
    await expect
      .poll(() => (fs.writeFileSync(at("lib/server/web.mjs"), "1"), told))
      .toContain("web lib/server/web.mjs");
    await heard(() => replace("lib/server/web.mjs"), "web lib/server/web.mjs");
  } finally {
    watching.end();
  }
});
