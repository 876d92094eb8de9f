import "server-only";
import {
  markDelivered,
  markRefused,
  nextDue,
  pauseChannel,
  takeDue,
  type Taken,
  type TakenNotice,
} from "@/lib/areas/inbox/store/deliveries";
import { sayNotice } from "@/lib/areas/inbox/words";
import { isInForce, type OverrideStatus } from "@/lib/areas/override/port";
import { log } from "@/lib/kernel/log";
import type { Asked, Bundle, Channel, ChannelError } from "@/lib/kernel/notice/channel";
import { leaseMs, nextTry, notBefore } from "@/lib/kernel/notice/retry";
import { decideLeaving } from "@/lib/kernel/notice/window";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

/** Sent at once through one channel: a receiver that is slow for one person holds up nobody else. */
const lanes = 4;

type Input = {
  sourceId: string;
  channel: Channel;
  now: () => Date;
  /** Nothing more is begun then. */ ending?: AbortSignal;
};

const grant = grantSystem(operatingModel, "notice.deliver", "The cockpit");

/**
 * Sends what is due through one channel, one message a person and window, until nothing is due; answers when more will be, or null. Whoever
 * calls it, and however many: each message is sent by one of them. A worker that dies between sending and noting so leads to a repeat with
 * the same id. Nothing is sent within a transaction.
 */
export async function deliverNotices(input: Input): Promise<Date | null> {
  const way = { sourceId: input.sourceId, channel: input.channel.name };
  const next = await nextDue(grant, way);
  if (!next || next > input.now()) return next;
  const work = await Promise.allSettled(Array.from({ length: lanes }, () => lane(input, way)));
  const broken = work.find((one) => one.status === "rejected");
  if (broken) throw broken.reason;
  return nextDue(grant, way);
}

async function lane({ channel, now, ending }: Input, way: Parameters<typeof takeDue>[1]): Promise<void> {
  while (!ending?.aborted) {
    const at = now();
    const lease = new Date(at.getTime() + leaseMs);
    const taken = await takeDue(grant, way, {
      now: at,
      lease,
      divide: (waiting, openedAt) => decideLeaving(waiting, openedAt, at),
    });
    if (!taken) return;
    await send(channel, taken, at, now);
  }
}

async function send(channel: Channel, taken: Taken, at: Date, now: () => Date): Promise<void> {
  try {
    await channel.send(bundleOf(taken, at));
  } catch (error) {
    const { says, mayPass, asked } = explain(error);
    if (asked?.about === "channel") await pauseChannel(grant, taken, notBefore(asked.ms, now()));
    return markRefused(grant, taken, says, nextTry(taken.tries, mayPass, now(), asked?.ms));
  }
  await markDelivered(grant, taken, now());
}

const bundleOf = ({ messageId, person, notices, heldSince }: Taken, at: Date): Bundle => ({
  id: messageId.replaceAll("-", ""),
  person,
  told: notices.map(toldOf),
  at,
  heldSince,
});

function toldOf({ noticeId, times, kind, at, item, ...notice }: TakenNotice): Bundle["told"][number] {
  return { noticeId, times, kind, says: sayNotice({ ...notice, kind, path: item.path }), at, item: aboutOf(item) };
}

/** What was denied, taken back or has ended is due for nothing any more. */
function aboutOf({
  about,
  id,
  subject,
  reason,
  owner,
  status,
  dueAt,
  dueClock,
}: TakenNotice["item"]): Bundle["told"][number]["item"] {
  const facts = { kind: about, id, subject, reason, owner };
  if (about === "escalation") return { ...facts, dueAt, due: "sla" };
  const over = status !== "requested" && !isInForce(status as OverrideStatus);
  return { ...facts, dueAt: over ? null : dueAt, due: dueClock === "end" ? "end" : "decision" };
}

/** A ChannelError is told by its name: bundling can duplicate a class. Of anything else, which is a fault of ours, people see no details. */
function explain(error: unknown): { says: string; mayPass: boolean; asked: Asked | null } {
  if (error instanceof Error && error.name === "ChannelError") {
    const { message: says, again: mayPass, asked } = error as ChannelError;
    return { says, mayPass, asked };
  }
  log.error({ err: error }, "a notice could not be sent");
  return { says: "The cockpit could not send it; the reason is in its log.", mayPass: true, asked: null };
}
