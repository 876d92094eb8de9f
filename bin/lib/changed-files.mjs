import { spawnSync } from "node:child_process";
import { refuse, root } from "./repository.mjs";

/**
 * What is there and differs from a commit, and what git does not know yet: paths from the repository's root.
 * @param {string} ref
 * @returns {string[]}
 */
export function changedSince(ref, directory = root) {
  const git = (...args) => spawnSync("git", args, { cwd: directory, encoding: "utf8" });
  const known = git("diff", "--name-only", "--diff-filter=d", "-z", ref, "--");
  if (known.status !== 0)
    refuse(`Git cannot compare with "${ref}".`, "Usage: npm test -- --changed, or --changed=COMMIT");
  const unknown = git("ls-files", "--others", "--exclude-standard", "-z");
  return [known, unknown].flatMap(({ stdout }) => stdout.split("\0")).filter(Boolean);
}
