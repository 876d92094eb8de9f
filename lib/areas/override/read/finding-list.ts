import "server-only";
import type { FindingPage, FindingView } from "@/lib/areas/override/contract";
import { toMayDo } from "@/lib/kernel/act/may-do";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { personRef } from "@/lib/kernel/db/people-named";
import { listRoster } from "@/lib/kernel/notice/notices";
import { reach } from "@/lib/kernel/notice/roster";
import { decide, rolesThatMay, type Actor, type Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { readPosition } from "./filters";

const pageSize = 50;

type Raw = {
  id: string;
  kind: FindingView["kind"];
  subject: string;
  owner: string;
  reason: string;
  at: Date;
  expiresAt: Date | null;
  seenById: string | null;
  seenByName: string | null;
  seenAt: Date | null;
  seenNote: string | null;
};

/** What no decision here stands behind: what nobody has looked at first, then the rest, each newest first; 50 at a time, by keyset. And whose it is to look. */
export async function readFindings(
  grant: Grant<"override.view">,
  { after }: { after?: string | undefined },
  now: Date,
): Promise<FindingPage> {
  const [raw, roster] = await Promise.all([readPage(await currentSourceId(), after), listRoster()]);
  const shown = raw.slice(0, pageSize);
  const last = raw.length > pageSize ? shown.at(-1) : undefined;
  const accountable = rolesThatMay(operatingModel, "override", "decide").flatMap((role) => reach(role, roster).people);
  return {
    rows: shown.map(toView),
    next: last ? `${last.seenAt ? "seen" : "unseen"}_${last.at.toISOString()}_${last.id}` : null,
    accountable: accountable.map(({ id, name }) => ({ id, name })),
    may: toMayDo(decide(operatingModel, "finding.settle", personOf(grant.actor))),
    now: now.toISOString(),
  };
}

const personOf = (actor: Actor) => (actor.kind === "person" ? actor : null);

const readPage = (sourceId: string, after: string | undefined) => db().$queryRaw<Raw[]>`
  SELECT f."id", f."kind"::text AS "kind", f."subject", f."owner", f."reason", f."at", f."expiresAt", f."seenById", p."name" AS "seenByName", f."seenAt", f."seenNote"
  FROM "Finding" f LEFT JOIN "Person" p ON p."id" = f."seenById"
  WHERE f."sourceId" = ${sourceId}::uuid ${beyond(after)} ORDER BY (f."seenAt" IS NOT NULL), f."at" DESC, f."id" DESC LIMIT ${pageSize + 1}::int`;

/** An unusable position starts from the top. */
function beyond(after: string | undefined): Prisma.Sql {
  const [, part, rest] = /^(seen|unseen)_(.*)$/.exec(after ?? "") ?? [];
  const place = readPosition(rest);
  if (!place) return Prisma.empty;
  const further = Prisma.sql`(f."at", f."id") < (${place.at}::timestamptz, ${place.id}::uuid)`;
  return part === "seen"
    ? Prisma.sql`AND f."seenAt" IS NOT NULL AND ${further}`
    : Prisma.sql`AND (f."seenAt" IS NOT NULL OR ${further})`;
}

const toView = ({ subject, at, expiresAt, seenById, seenByName, seenAt, ...row }: Raw): FindingView => ({
  ...row,
  runId: row.kind === "unbacked_run" ? subject : null,
  overrideId: row.kind.startsWith("override_") ? (subject.split(" ")[0] ?? null) : null,
  at: at.toISOString(),
  expiresAt: instant(expiresAt),
  seenBy: personRef(seenById, seenByName),
  seenAt: instant(seenAt),
});
