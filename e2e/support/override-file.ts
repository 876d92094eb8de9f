/** thegent's side of overrides: its file as thegent reads it, and as its own `--override` writes it. */
import fs from "node:fs";
import path from "node:path";
import { systemClock } from "@/lib/kernel/time";

export type OverrideLine = { owner: string; reason: string; timestamp: string; expires_at_utc: string };

const file = (sessionDir: string): string => path.join(sessionDir, "override_registry.jsonl");

/** What the file says of an owner, oldest first. */
export function overridesOf(sessionDir: string, owner: string): OverrideLine[] {
  const lines = fs.existsSync(file(sessionDir)) ? fs.readFileSync(file(sessionDir), "utf8").split("\n") : [];
  return lines.flatMap((text) => {
    try {
      const line = JSON.parse(text) as OverrideLine;
      return line.owner === owner ? [line] : [];
    } catch {
      return [];
    }
  });
}

/** thegent's rule: any line with exactly that owner whose end lies ahead; a newer one that is over does not cancel it. */
export const isHonoured = (sessionDir: string, owner: string): boolean =>
  overridesOf(sessionDir, owner).some((line) => systemClock().getTime() < Date.parse(line.expires_at_utc));

/** What thegent appends for `--override`, in its way of writing. */
export function overrideInThegent(
  sessionDir: string,
  { owner, reason, minutes }: { owner: string; reason: string; minutes: number },
): void {
  const now = systemClock().getTime();
  const said = (ms: number) => new Date(ms).toISOString().replace(/\.(\d{3})Z$/, ".$1000+00:00");
  const [o, r] = [owner, reason].map((text) =>
    JSON.stringify(text).replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
  fs.appendFileSync(
    file(sessionDir),
    `{"owner": ${o}, "reason": ${r}, "timestamp": "${said(now)}", "expires_at_utc": "${said(now + minutes * 60_000)}"}\n`,
  );
}
