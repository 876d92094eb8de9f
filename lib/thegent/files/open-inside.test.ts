import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileRefused, openInside, openInsideSync, readInside, readInsideSync } from "./open-inside";
import { asNobody } from "./testing/queue-fixture";
import { openVault, secretLine, strangeFiles, type Vault } from "./testing/strange-files";

let root: string;
let vault: Vault;
beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "open-inside-")));
  vault = openVault();
});
afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
  vault.close();
});

const at = (name: string) => path.join(root, name);
const isRoot = process.getuid?.() === 0;

async function refusal(name: string, flags?: number): Promise<string[]> {
  const asynchronous = await openInside(root, name, flags).then(
    async (handle) => handle.close().then(() => "opened"),
    (error: unknown) => (error instanceof FileRefused ? error.is : String(error)),
  );
  try {
    fs.closeSync(openInsideSync(root, name, flags));
    return [asynchronous, "opened"];
  } catch (error) {
    return [asynchronous, error instanceof FileRefused ? error.is : String(error)];
  }
}

const waysToOpen = {
  "to read": fs.constants.O_RDONLY,
  "to append": fs.constants.O_RDWR | fs.constants.O_APPEND,
  "to write": fs.constants.O_WRONLY,
};
const places = ["escalation_queue.jsonl", "agent_x/s1.json", ".escalation_queue.jsonl.cockpit-held-1"];

describe("not opened, and told at once, is", () => {
  const cases = strangeFiles.flatMap((strange) =>
    places.flatMap((place) => Object.entries(waysToOpen).map(([way, flags]) => ({ ...strange, place, way, flags }))),
  );
  it.each(cases)("$what as $place, $way", async ({ put, is, place, flags }) => {
    fs.mkdirSync(at("agent_x"));
    await put(at(place), vault);
    expect(await refusal(place, flags)).toEqual([is, is]);
    expect(vault.untouched()).toBe(true);
  });

  it.each([
    ["another directory", () => vault.directory],
    ["the root of everything", () => "/"],
    ["a directory within", () => at("other")],
  ])("a file in a directory that is a link to %s", async (_, to) => {
    fs.mkdirSync(at("other"));
    fs.writeFileSync(at("other/s1.json"), "{}");
    fs.symlinkSync(to(), at("agent_x"));
    const name = to() === "/" ? "agent_x/etc/passwd" : "agent_x/s1.json";
    const says = to() === at("other") ? "opened" : "lies behind a link";
    // Within the directory there is nothing that its writer could not put there under its own name.
    expect(await refusal(name)).toEqual([says, says]);
  });

  it("what is missing, in the system's words", async () => {
    await expect(openInside(root, "nothing")).rejects.toMatchObject({ code: "ENOENT" });
    expect(() => openInsideSync(root, "nothing")).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});

describe("opened is", () => {
  it("an ordinary file, also where the directory itself is named by a link", async () => {
    fs.mkdirSync(at("agent_x"));
    fs.writeFileSync(at("agent_x/s1.json"), "{}");
    const link = `${root}-link`;
    fs.symlinkSync(root, link);
    expect((await readInside(link, "agent_x/s1.json")).toString()).toBe("{}");
    expect(readInsideSync(link, "agent_x/s1.json").toString()).toBe("{}");
    fs.rmSync(link);
  });

  it("a file that our own draft or held file shares, and no other", async () => {
    fs.writeFileSync(at("escalation_queue.jsonl"), "");
    fs.linkSync(at("escalation_queue.jsonl"), at(".escalation_queue.jsonl.cockpit-held-1"));
    expect(await refusal("escalation_queue.jsonl")).toEqual(["opened", "opened"]);
    expect(await refusal(".escalation_queue.jsonl.cockpit-held-1")).toEqual(["opened", "opened"]);
    fs.linkSync(at("escalation_queue.jsonl"), path.join(vault.directory, "third"));
    const is = "has another name elsewhere (a hard link)";
    expect(await refusal("escalation_queue.jsonl")).toEqual([is, is]);
    expect(await refusal(".escalation_queue.jsonl.cockpit-held-1")).toEqual([is, is]);
  });

  it.runIf(isRoot).each([
    [0o644, 1234, 1234, "opened"],
    [0o640, 1234, 2000, "opened"],
    [0o640, 1234, 1234, "belongs to an account that keeps it from the directory's owner"],
    [0o600, 1000, 1234, "opened"],
    [0o600, 0, 0, "belongs to an account that keeps it from the directory's owner"],
  ])(
    "of mode %o, of account %d and group %d, in a directory of 1000 and group 2000: %s",
    async (mode, uid, gid, says) => {
      fs.chownSync(root, 1000, 2000);
      fs.writeFileSync(at("run_registry.jsonl"), "");
      fs.chmodSync(at("run_registry.jsonl"), mode);
      fs.chownSync(at("run_registry.jsonl"), uid, gid);
      expect(await refusal("run_registry.jsonl")).toEqual([says, says]);
    },
  );

  it("what an account sees that may not ask where its open files are", async () => {
    fs.chmodSync(root, 0o755);
    fs.mkdirSync(at("agent_x"));
    fs.writeFileSync(at("agent_x/s1.json"), "{}");
    fs.chmodSync(vault.directory, 0o755);
    fs.chmodSync(path.join(vault.directory, "s1.json"), 0o644);
    fs.symlinkSync(vault.directory, at("agent_y"));
    await asNobody(async () => {
      expect(await refusal("agent_x/s1.json")).toEqual(["opened", "opened"]);
      expect(await refusal("agent_y/s1.json")).toEqual(["lies behind a link", "lies behind a link"]);
    });
  });
});

/** Another process swaps what bears the name, as fast as it can. */
const swapper = `
  const fs = require("node:fs");
  const [name, good, evil] = process.argv.slice(1);
  process.stdout.write("go");
  for (;;) for (const next of [evil, good]) {
    fs.renameSync(name, next === good ? evil : good);
    fs.renameSync(next, name);
  }
`;

describe("while another process swaps it again and again, nothing but the session's is read:", () => {
  it.each([
    [
      "a directory for a link to another",
      "agent_x",
      "agent_x/s1.json",
      (place: string) => fs.symlinkSync(vault.directory, place),
    ],
    ["a file for a link", "agent_x/s1.json", "agent_x/s1.json", (place: string) => fs.symlinkSync(vault.secret, place)],
    [
      "a file for a hard link",
      "agent_x/s1.json",
      "agent_x/s1.json",
      (place: string) => fs.linkSync(vault.secret, place),
    ],
  ])(
    "%s",
    async (_, swapped, name, putEvil) => {
      fs.mkdirSync(at("agent_x"));
      fs.writeFileSync(at("agent_x/s1.json"), "good");
      putEvil(at("evil"));
      const child = spawn(process.execPath, ["-e", swapper, at(swapped), at("good"), at("evil")], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      const seen = new Set<string>();
      for (let n = 0; n < 3000 || !(seen.has("good") && seen.has("FileRefused")); n += 1) {
        const read =
          n % 2
            ? await readInside(root, name).then(String, (error: Error) => error.name)
            : attempt(() => readInsideSync(root, name).toString());
        seen.add(read);
      }
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(seen).not.toContain(secretLine);
      expect([...seen].filter((said) => !["good", "Error", "FileRefused"].includes(said))).toEqual([]);
    },
    60_000,
  );
});

function attempt(read: () => string): string {
  try {
    return read();
  } catch (error) {
    return (error as Error).name;
  }
}
