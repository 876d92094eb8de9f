import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/kernel/chain/audit-event";
import type { Shown } from "./shown";

/** SHA-256 over what was shown as canonical JSON, lower-case hex: one state of things, one hash. */
export const shownHash = (shown: Shown): string =>
  createHash("sha256").update(canonicalJson(shown), "utf8").digest("hex");
