"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { EmptyList } from "@/components/list/empty-list";
import { ListHead } from "@/components/list/list-head";
import { ShowMore } from "@/components/list/show-more";
import { TabLink } from "@/components/list/tab-link";
import { asOfLast, usePages } from "@/components/list/use-pages";
import { useRowKeys } from "@/components/list/use-row-keys";
import { WhenRead } from "@/components/list/when-read";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { InboxCounts, InboxEntry, InboxPage, InboxQuery } from "@/lib/areas/inbox/contract";
import { inboxParameters, inboxQuery } from "@/lib/areas/inbox/queries/options";
import { noticeKinds } from "@/lib/kernel/notice/steps";
import { EmailKinds, type ByEmail, type SetEmailKinds } from "./email-kinds";
import { Entry } from "./inbox-entry";
import { kindNames, sayEmpty, sayFailing, totalUnread } from "./prepare";
import { useInboxCounts } from "./use-inbox-counts";
import { useMarkRead, type MarkRead } from "./use-mark-read";

type Props = { query: InboxQuery; email: ByEmail; actions: { markRead: MarkRead; setEmailKinds: SetEmailKinds } };

/** What this person was told: what still waits, or all of it; kept true by the live stream. */
export function Inbox({ query, email, actions }: Props) {
  const list = useInfiniteQuery(inboxQuery(query));
  const { rows, serverNow } = usePages<InboxEntry, InboxPage>(list);
  const counts = useInboxCounts();
  const mark = useMarkRead(actions.markRead);
  // `m` marks the entry in focus as read, or as unread again.
  const markRow = (id?: string) => {
    const entry = rows.find((row) => row.id === id);
    if (entry?.standing) mark(entry.id, entry.unread);
    return id !== undefined;
  };
  useRowKeys({ rows, letters: { m: markRow } });
  const unread = counts ? totalUnread(counts) : 0;

  return (
    <>
      <ListHead title="Inbox" end={unread > 0 && <Button onClick={() => mark(null, true)}>Mark all read</Button>} />
      <Filters query={query} counts={counts} />
      <Failing counts={counts} />
      <WhenRead of={list} reading="Reading the inbox" rows={10} asOf={asOfLast}>
        {() => (
          <>
            {rows.length === 0 && (
              <EmptyList says={`${sayEmpty(query.show, query.kind)} What is told to you appears here by itself.`} />
            )}
            <ul aria-label="Notices">
              {rows.map((entry) => (
                <Entry key={entry.id} entry={entry} serverNow={serverNow} onRead={mark} />
              ))}
            </ul>
            <ShowMore of={list} words="Show older ones" />
          </>
        )}
      </WhenRead>
      <EmailKinds email={email} setEmailKinds={actions.setEmailKinds} />
    </>
  );
}

function Failing({ counts }: { counts: InboxCounts | null }) {
  return counts?.failing.map((failing) => (
    <Notice key={failing.channel} tone="amber" live="polite" className="mx-4 my-2">
      {sayFailing(failing)}
    </Notice>
  ));
}

const inboxAddress = (query: InboxQuery): string => {
  const text = inboxParameters(query);
  return text ? `/inbox?${text}` : "/inbox";
};

function Filters({ query, counts }: { query: InboxQuery; counts: InboxCounts | null }) {
  const kinds = [undefined, ...noticeKinds];
  return (
    <nav aria-label="Inbox" className="flex flex-wrap gap-x-6 border-b border-line px-4 pb-1.5">
      <span className="flex">
        {(["standing", "all"] as const).map((show) => (
          <TabLink key={show} href={inboxAddress({ show, kind: query.kind })} isHere={query.show === show}>
            {show === "standing" ? "Standing" : "All"}
          </TabLink>
        ))}
      </span>
      <span className="flex flex-wrap">
        {kinds.map((kind) => (
          <TabLink key={kind ?? "any"} href={inboxAddress({ show: query.show, kind })} isHere={query.kind === kind}>
            {kind ? kindNames[kind] : "Any kind"}
            {kind && counts && counts.unread[kind] > 0 && (
              <span className="ml-1.5 text-sm">{counts.unread[kind]} unread</span>
            )}
          </TabLink>
        ))}
      </span>
    </nav>
  );
}
