import { createHash } from "node:crypto";
import type { Bundle } from "./channel";

/** The same for the same person and the same notices, in whatever order: by it a receiver recognises a repeat. 32 hexadecimal digits. */
export function deliveryId({ person, told }: Bundle): string {
  const ids = told.map(({ noticeId }) => noticeId).sort();
  return createHash("sha256").update(JSON.stringify([person.id, ...ids])).digest("hex").slice(0, 32);
}
