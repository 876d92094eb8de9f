import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { OnDuty } from "@/lib/areas/duty/domain/duty";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";

export type StandingDuty = OnDuty & { name: string };

/** Who stands in the book as on duty as this role. */
export async function findDuty(tx: Tx, role: Role): Promise<StandingDuty | null> {
  const [row] = await tx.$queryRaw<StandingDuty[]>`
    SELECT p."id" AS "personId", p."name", p."disabledAt" IS NULL AND EXISTS (SELECT 1 FROM "RoleHolding" r WHERE r."personId" = p."id" AND r."role" = d."role") AS "able"
    FROM "Duty" d JOIN "Person" p ON p."id" = d."personId" WHERE d."role" = ${role}::"Role" AND d."endedAt" IS NULL`;
  return row ?? null;
}

/** False: they were not on duty as it (any more). Somebody else who ends the same duty at this moment is waited for. */
export async function endDuty(
  tx: Tx,
  _grant: Grant<"duty.take" | "duty.leave">,
  role: Role,
  personId: string,
  now: Date,
): Promise<boolean> {
  const ended = await tx.$executeRaw`
    UPDATE "Duty" SET "endedAt" = GREATEST("since", ${now}::timestamptz) WHERE "role" = ${role}::"Role" AND "personId" = ${personId}::uuid AND "endedAt" IS NULL`;
  return ended > 0;
}

/** The person who holds the grant comes on duty. False: somebody else was faster, in which case they are waited for. */
export async function beginDuty(tx: Tx, grant: Grant<"duty.take">, role: Role, now: Date): Promise<boolean> {
  const begun = await tx.$executeRaw`
    INSERT INTO "Duty" ("id", "personId", "role", "since") VALUES (${uuidv7({ msecs: now.getTime() })}::uuid, ${grant.actor.id}::uuid, ${role}::"Role", ${now}::timestamptz)
    ON CONFLICT ("role") WHERE "endedAt" IS NULL DO NOTHING`;
  return begun > 0;
}
