import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { changedSince } from "@/bin/lib/changed-files.mjs";

it("what changed since a commit is what differs from it and is there, committed or not, and what git does not know yet", () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-changed-"));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true }));
  const write = (name: string, content: string) => fs.writeFileSync(path.join(directory, name), content);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: directory,
      encoding: "utf8",
    }).trim();
  const commit = () => (git("add", "-A"), git("commit", "-qm", "all"), git("rev-parse", "HEAD"));
  git("init", "-q");
  for (const name of ["same.ts", "edited.ts", "removed.ts", "committed.ts", ".gitignore"])
    write(name, name === ".gitignore" ? "ignored.ts\n" : "one");
  const first = commit();
  write("committed.ts", "two");
  commit();
  write("edited.ts", "two");
  write("a new one.ts", "one");
  write("ignored.ts", "one");
  fs.rmSync(path.join(directory, "removed.ts"));
  expect(changedSince("HEAD", directory).sort()).toEqual(["a new one.ts", "edited.ts"]);
  expect(changedSince(first, directory).sort()).toEqual(["a new one.ts", "committed.ts", "edited.ts"]);
});
