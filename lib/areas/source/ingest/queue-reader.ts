import type { QueueRecord } from "@/lib/areas/escalation/port";
import { env } from "@/lib/kernel/env";
import { slaMinutesOf } from "@/lib/model/settings";
import { identityKeyOf, readQueueRecord } from "@/lib/thegent/records/escalation-queue";
import { instantOf, readObject } from "@/lib/thegent/records/reading";

/**
 * A recorded line of escalation_queue.jsonl, first seen at `seenAt`, as the domain knows it; null for what the cockpit cannot use. A pending
 * one without an SLA of its own is due as long after it was blocked as the setting says; where it does not tell when, after it was seen.
 */
export function readRecordedLine(bytes: Uint8Array, seenAt: Date, count = 1): QueueRecord | null {
  const object = readObject(bytes);
  const read = object.ok ? readQueueRecord(object.value) : null;
  if (!object.ok || !read?.ok) return null;
  const {
    status,
    reason,
    lane,
    owner,
    ownerShown,
    agent,
    priority,
    slaMinutes,
    blockedAtMs,
    dueAtMs,
    blockedAtText,
    resolvedAtText,
  } = read.record;
  const blockedAt = toDate(blockedAtMs);
  const withoutSla = status === "pending" && dueAtMs === null;
  return {
    count,
    identityKey: identityKeyOf(object.value),
    status,
    reason,
    lane,
    owner,
    ownerShown,
    agent,
    priority,
    slaMinutes,
    blockedAt: withoutSla ? (blockedAt ?? seenAt) : blockedAt,
    blockedText: blockedAtText ?? "",
    escalateBy: withoutSla
      ? new Date((blockedAt ?? seenAt).getTime() + slaMinutesOf(env().settings) * 60_000)
      : toDate(dueAtMs),
    resolvedAt: instantOf(resolvedAtText),
  };
}

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
