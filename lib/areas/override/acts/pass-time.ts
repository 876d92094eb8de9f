import "server-only";
import { passTimeOfOverride, type OverrideDue } from "@/lib/areas/override/domain/next";
import type { Override } from "@/lib/areas/override/domain/override";
import { endings, tellsOfOverrideTime } from "@/lib/areas/override/domain/tells";
import { lockDueOverrides, saveOverride } from "@/lib/areas/override/store/writes";
import { doneEvent } from "@/lib/kernel/act/authorise";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { endNotices } from "@/lib/kernel/notice/notices";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { tellOfOverride } from "./tell";

const batch = 100;

const clockGrant = () => grantSystem(operatingModel, "override.pass-time", "The clock");

/** The chain's events of what time did to an override, whoever noticed it. */
export function overrideTimeEvents(
  { id }: Pick<Override, "id">,
  happened: readonly OverrideDue[],
  by: { now: Date; requestId: string },
): DoneEvent<"override.pass-time">[] {
  return happened.map(({ do: did, lateMs }) =>
    doneEvent(clockGrant(), by, { kind: "override", id }, null, { did, lateMs }),
  );
}

/** Calls deadlines that passed, warns of ends that come, and ends what is over; everything once. Answers how many overrides changed. */
export async function passTimeOfOverrides({
  sourceId,
  now,
  requestId,
}: {
  sourceId: string;
  now: () => Date;
  requestId: string;
}): Promise<number> {
  let changed = 0;
  for (;;) {
    const at = now();
    const count = await inTransaction(async (tx) => {
      const grant = clockGrant();
      const due = await lockDueOverrides(tx, grant, sourceId, at, batch);
      const events: DoneEvent<"override.pass-time">[] = [];
      for (const before of due) {
        const { override, happened } = passTimeOfOverride(before, at);
        if (!(await saveOverride(tx, grant, before, override))) continue;
        if (override.status === "expired") await endNotices(tx, grant, [{ ...endings.end, subjectId: before.id }], at);
        await tellOfOverride(tx, grant, before, override, tellsOfOverrideTime(happened, override), at);
        events.push(...overrideTimeEvents(before, happened, { now: at, requestId }));
      }
      await appendAuditAll(tx, events);
      return due.length;
    });
    changed += count;
    if (count < batch) return changed;
  }
}
