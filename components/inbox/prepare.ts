import type { IconName } from "@/components/ui/icon";
import type { SignTone } from "@/components/ui/sign";
import type { DeliveryView, InboxCounts, InboxEntry, InboxPage } from "@/lib/areas/inbox/contract";
import { noticeKinds, type NoticeKind } from "@/lib/kernel/notice/steps";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";

export const kindNames: Readonly<Record<NoticeKind, string>> = {
  action: "Action",
  consult: "Consult",
  informed: "Informed",
};

export const totalUnread = ({ unread }: Pick<InboxCounts, "unread">): number =>
  noticeKinds.reduce((sum, kind) => sum + unread[kind], 0);

/** "12 items, told 14 times"; nothing of one that was told once. */
export function sayFold({ items, count }: Pick<InboxEntry, "items" | "count">): string | null {
  const told = count > items ? `told ${count === 2 ? "twice" : `${sayCount(count)} times`}` : null;
  return [items > 1 ? sayMany(items, "item") : null, told].filter(Boolean).join(", ") || null;
}

/** What a person did, or thegent or time did without one, that settled a notice. */
const settlements: Readonly<Record<string, string>> = {
  "escalation.claim": "took the item",
  "escalation.assign": "gave it to somebody to work on",
  "escalation.advise": "gave the advice",
  "escalation.resolve": "resolved the item",
  "escalation.cancel": "cancelled the item",
  "escalation.sign-off": "signed the breach off",
  "escalation.sync": "thegent closed the item",
  "drift.recover": "the drift ended by itself",
  "override.advise": "gave the advice",
  "override.decide": "decided on the override",
  "override.withdraw": "took the request back",
  "override.revoke": "ended it before its time",
  "override.pass-time": "it reached its end",
};

/** What settled a notice that waits for nobody any more, and who; null of one that still does. */
export function saySettled({
  standing,
  endedByAction,
  endedBy,
}: Pick<InboxEntry, "standing" | "endedByAction" | "endedBy">): string | null {
  if (standing) return null;
  const says = endedByAction !== null && settlements[endedByAction];
  return says ? `Settled: ${endedBy ? `${endedBy} ` : ""}${says}` : "Settled: it waits for nobody any more";
}

const channels = { email: "e-mail", webhook: "webhook" } as const;

export type SaidDelivery = { tone: SignTone; icon: IconName; says: string; at: string | null };

/** How a notice fared outside the page; `at`: the instant that its words end with. */
export function sayDelivery({ channel, status, attempts, lastError, deliveredAt }: DeliveryView): SaidDelivery {
  const by = channels[channel];
  switch (status) {
    case "delivered":
      return { tone: "muted", icon: "check", says: `sent by ${by}`, at: deliveredAt };
    case "failed":
      return { tone: "red", icon: "alert", says: `${by} failed: ${lastError ?? "no reason was given"}`, at: null };
    case "dropped":
      return { tone: "muted", icon: "cross", says: `${by} not sent: it was settled first`, at: null };
    case "pending":
      return attempts > 0
        ? {
            tone: "amber",
            icon: "hourglass",
            says: `${by} not sent yet, tried ${attempts === 1 ? "once" : `${attempts} times`}: ${lastError ?? "no reason was given"}`,
            at: null,
          }
        : { tone: "muted", icon: "hourglass", says: `${by} on its way`, at: null };
  }
}

/** One sentence about a way out of the page that fails; it goes on being tried. */
export const sayFailing = ({ channel, failed, lastError }: InboxCounts["failing"][number]): string =>
  `${channel === "email" ? "E-mail" : "The webhook"} does not get through: ${sayMany(failed, "notice")} could not be sent. ${lastError ?? ""}`.trim();

type Pages = { pages: InboxPage[]; pageParams: unknown[] };

/** The pages with one entry, or all, read or unread. What is settled counts as read. */
export function withRead(known: Pages | undefined, id: string | null, read: boolean): Pages | undefined {
  const mark = (entry: InboxEntry): InboxEntry =>
    id === null || entry.id === id ? { ...entry, unread: entry.standing && !read } : entry;
  return known && { ...known, pages: known.pages.map((page) => ({ ...page, rows: page.rows.map(mark) })) };
}

const empty: Readonly<Record<NoticeKind, string>> = {
  action: "Nothing needs your action.",
  consult: "Nobody asks for your advice.",
  informed: "There is nothing new for you to know.",
};

/** What an empty inbox says. */
export function sayEmpty(show: "standing" | "all", kind: NoticeKind | undefined): string {
  if (show === "all") return kind ? `You have had no notices of this kind yet.` : "You have had no notices yet.";
  return kind ? empty[kind] : "You have no open notices.";
}
