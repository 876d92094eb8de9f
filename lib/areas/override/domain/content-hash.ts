import { createHash } from "node:crypto";
import { canonicalJson, type Plain } from "@/lib/kernel/chain/audit-event";
import type { Content } from "./blast-radius";

/** SHA-256 over the content's canonical JSON, lower-case hex: one content, one hash, whatever the order it was read in. */
export function contentHash({ radius, ...request }: Content): string {
  const sorted = <T extends Plain>(list: readonly T[]): Plain[] =>
    [...list].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  const content: Plain = {
    ...request,
    radius: {
      owner: radius.owner,
      denials: sorted(radius.denials as readonly Plain[]),
      runs: sorted(radius.runs as readonly Plain[]),
      agents: sorted(radius.agents),
      live: sorted(radius.live as readonly Plain[]),
      ...(radius.alike?.length ? { alike: sorted(radius.alike) } : {}),
    },
  };
  return createHash("sha256").update(canonicalJson(content), "utf8").digest("hex");
}
