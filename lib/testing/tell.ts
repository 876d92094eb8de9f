import { inTransaction } from "@/lib/kernel/db/client";
import { addNotices, endNotices, type SubjectNotice } from "@/lib/kernel/notice/notices";
import { noticeKinds } from "@/lib/kernel/notice/steps";
import type { PersonActor } from "@/lib/model/decide";
import { cockpitMay } from "./grants";

const clock = () => cockpitMay("escalation.escalate");

/** Tells a person one thing about each of these items: "Past SLA", to act on, as Operator, unless said otherwise. */
export function tell(
  person: PersonActor,
  sourceId: string,
  itemIds: readonly string[],
  now: Date,
  change: Partial<SubjectNotice> = {},
): Promise<void> {
  const notice = {
    personId: person.id,
    step: "missed-resolve",
    kind: "action",
    role: "operator",
    letter: "R",
    activity: "escalation",
    standsInFor: null,
    urgent: false,
    foldKey: "missed-resolve",
  } as const;
  return inTransaction((tx) =>
    addNotices(
      tx,
      clock(),
      sourceId,
      itemIds.map((subjectId) => ({ ...notice, subjectId, ...change })),
      now,
    ),
  );
}

/** Ends all that stands about these items but their breach. */
export const settle = (itemIds: readonly string[], now: Date): Promise<void> =>
  inTransaction((tx) =>
    endNotices(
      tx,
      clock(),
      itemIds.map((subjectId) => ({ subjectId, only: null, but: "breach", kinds: noticeKinds, role: null })),
      now,
    ),
  );
