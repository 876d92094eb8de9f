/** What the DTOs and inputs of all areas are made of. */
import { z } from "zod";
import type { Letter, Role } from "@/lib/model/roles";

/** Instants are ISO 8601 in UTC with milliseconds. */
export type Instant = string;

export const instant = (at: Date | null): Instant | null => at?.toISOString() ?? null;

export type PersonRef = { id: string; name: string };

/** Whether the reader may do an act, or why not and who could. */
export type MayDo = { allowed: true; as: Role; letter: Letter } | { allowed: false; because: string; whoCan: Role[] };

/** How what was decided here fares in thegent. */
export type EffectProgress = {
  status: "pending" | "applied" | "failed";
  attempts: number;
  lastError: string | null;
  createdAt: Instant;
  appliedAt: Instant | null;
};

/** What an act is done to, in the version that the person looked at. */
export const targetOf = (what: string) => ({
  id: z.uuid(`That is not the id of ${what}.`),
  version: z.coerce.number("The version is missing.").int().min(1).max(2_147_483_647),
});
export const colleague = z.uuid("Choose a colleague.");
