import { db } from "@/lib/kernel/db/client";

/** The ids of subjects that are not as their rows say, of rows without a subject and of subjects without a row: none, ever. */
export const unlikeTheirRows = async (): Promise<string[]> =>
  (
    await db().$queryRaw<{ id: string }[]>`
      SELECT "id" FROM (SELECT * FROM "subject_of_escalation" UNION ALL SELECT * FROM "subject_of_override") v
        FULL JOIN "Subject" s USING ("id") WHERE to_jsonb(v) IS DISTINCT FROM to_jsonb(s)`
  ).map(({ id }) => id);
