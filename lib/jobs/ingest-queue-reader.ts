import type { QueueRecord } from "@/lib/domain/escalation/waiting-set";
import { identityKeyOf, readQueueRecord } from "@/lib/thegent/records/escalation-queue";
import { instantOf, readObject } from "@/lib/thegent/records/reading";

/** A recorded line of escalation_queue.jsonl as the domain knows it; null for what the cockpit cannot use. */
export function readRecordedLine(bytes: Uint8Array): QueueRecord | null {
  const object = readObject(bytes);
  const read = object.ok ? readQueueRecord(object.value) : null;
  if (!object.ok || !read?.ok) return null;
  const { status, reason, lane, owner, ownerShown, agent, priority, slaMinutes, blockedAtMs, dueAtMs, blockedAtText, resolvedAtText } = read.record;
  return {
    identityKey: identityKeyOf(object.value),
    status,
    reason,
    lane,
    owner,
    ownerShown,
    agent,
    priority,
    slaMinutes,
    blockedAt: toDate(blockedAtMs),
    blockedText: blockedAtText ?? "",
    escalateBy: toDate(dueAtMs),
    resolvedAt: instantOf(resolvedAtText),
  };
}

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
