"use client";

import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { noticeKinds } from "@/lib/kernel/notice/steps";
import { sayCount } from "@/lib/kernel/words/quantities";
import { useInboxCounts } from "./use-inbox-counts";

const useUnread = (): number | null => {
  const counts = useInboxCounts();
  return counts && noticeKinds.reduce((sum, kind) => sum + counts.unread[kind], 0);
};

/** In the navigation: how much is unread; nothing when it is none or not known. */
export function UnreadCount() {
  const unread = useUnread();
  return unread ? (
    <span className="rounded bg-accent-wash px-1.5 text-xs font-semibold text-accent">{sayCount(unread)} unread</span>
  ) : null;
}

/** In the header: the way to the inbox, with how much is unread. */
export function InboxBell() {
  const unread = useUnread();
  const says = unread ? `Inbox, ${sayCount(unread)} unread` : "Inbox";
  return (
    <Link
      href="/inbox"
      prefetch={false}
      title={says}
      className="no-print inline-flex h-8 items-center gap-1 rounded px-2 text-muted max-sm:px-1 hover:bg-surface hover:text-ink"
    >
      <Icon name="bell" />
      <span aria-hidden="true" className="text-sm font-semibold text-ink">
        {unread ? sayCount(unread) : ""}
      </span>
      <span role="status" className="sr-only">
        {says}
      </span>
    </Link>
  );
}
