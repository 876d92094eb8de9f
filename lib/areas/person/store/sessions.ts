import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/**
 * The new session's id; null when the password that was looked at is not the person's any more, or they were disabled meanwhile: who
 * changes either waits for this transaction, and then ends its session too.
 */
export async function insertSession(
  tx: Tx,
  grant: Grant<"session.sign-in">,
  passwordHash: string,
  now: Date,
  endsAt: Date,
): Promise<string | null> {
  const id = uuidv7();
  const made = await tx.$executeRaw`
    INSERT INTO "Session" ("id", "personId", "startedAt", "endsAt")
    SELECT ${id}::uuid, p."id", ${now}::timestamptz, ${endsAt}::timestamptz FROM "Person" p
    WHERE p."id" = ${grant.actor.id}::uuid AND p."passwordHash" = ${passwordHash} AND p."disabledAt" IS NULL FOR SHARE`;
  if (made) await tx.session.deleteMany({ where: { endsAt: { lte: now } } });
  return made ? id : null;
}

/** False: it had ended already. */
export async function deleteSession(tx: Tx, _grant: Grant<"session.sign-out">, id: string): Promise<boolean> {
  return (await tx.session.deleteMany({ where: { id } })).count > 0;
}

/** All of a person's, wherever they signed in; answers how many. */
export async function deleteSessionsOf(
  tx: Tx,
  _grant: Grant<"person.set-roles" | "person.disable" | "person.set-password">,
  personId: string,
): Promise<number> {
  return (await tx.session.deleteMany({ where: { personId } })).count;
}

const knownForMs = 90 * 24 * 3_600_000;
/** Since when an address must have been used to be known. */
export const knownSince = (now: Date): Date => new Date(now.getTime() - knownForMs);

/** They signed in from there; what they have not used for long is forgotten. */
export async function rememberAddress(tx: Tx, grant: Grant<"session.sign-in">, hash: string, now: Date): Promise<void> {
  const personId = grant.actor.id;
  await tx.knownAddress.deleteMany({ where: { personId, lastAt: { lte: knownSince(now) } } });
  await tx.knownAddress.upsert({
    where: { personId_hash: { personId, hash } },
    create: { personId, hash, lastAt: now },
    update: { lastAt: now },
  });
}
