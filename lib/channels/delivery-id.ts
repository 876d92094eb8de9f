import { createHash } from "node:crypto";
import type { Bundle } from "./channel";

/**
 * The same for the same person and the same notices, told equally often, in whatever order: by it a receiver recognises what was sent
 * before. 32 hexadecimal digits.
 */
export function deliveryId({ person, told }: Bundle): string {
  const ids = told.map(({ noticeId, times }) => `${noticeId} ${times}`).sort();
  return createHash("sha256").update(JSON.stringify([person.id, ...ids])).digest("hex").slice(0, 32);
}
