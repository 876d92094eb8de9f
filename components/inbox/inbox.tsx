"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { ShowMore } from "@/components/list/show-more";
import { useRowKeys } from "@/components/list/use-row-keys";
import { MaybeOld, Unreadable } from "@/components/shell/reading";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { InboxCounts, InboxQuery } from "@/lib/areas/inbox/contract";
import { inboxParameters, inboxQuery } from "@/lib/areas/inbox/queries/options";
import { noticeKinds } from "@/lib/kernel/notice/steps";
import { observeFirstPaint } from "@/lib/kernel/query/server-clock";
import { EmailKinds, type ByEmail, type SetEmailKinds } from "./email-kinds";
import { Entry } from "./inbox-entry";
import { kindNames, sayEmpty, sayFailing, totalUnread } from "./prepare";
import { useInboxCounts } from "./use-inbox-counts";
import { useMarkRead, type MarkRead } from "./use-mark-read";

type Props = { query: InboxQuery; email: ByEmail; actions: { markRead: MarkRead; setEmailKinds: SetEmailKinds } };

/** What this person was told: what still waits, or all of it; kept true by the live stream. */
export function Inbox({ query, email, actions }: Props) {
  const list = useInfiniteQuery(inboxQuery(query));
  const { data, error, refetch } = list;
  const counts = useInboxCounts();
  const mark = useMarkRead(actions.markRead);
  const first = data?.pages[0];
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const [firstNow] = useState(first?.now ?? "");
  useEffect(() => {
    if (firstNow) observeFirstPaint(firstNow);
  }, [firstNow]);
  // `m` marks the entry in focus as read, or as unread again.
  const markRow = (row?: HTMLElement) => {
    const entry = entries.find(({ id }) => id === row?.dataset.notice);
    if (entry?.standing) mark(entry.id, entry.unread);
    return row !== undefined;
  };
  useRowKeys({ rows: "[data-notice]", letters: { m: markRow } });
  const unread = counts ? totalUnread(counts) : 0;

  return (
    <>
      <header className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-1.5">
        <h1 className="text-lg font-semibold">Inbox</h1>
        {unread > 0 && (
          <Button className="ml-auto" onClick={() => mark(null, true)}>
            Mark all read
          </Button>
        )}
      </header>
      <Filters query={query} counts={counts} />
      <Failing counts={counts} />
      {!data && error && <Unreadable error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={10} label="Reading the inbox" />}
      {first && (
        <>
          <MaybeOld error={error} now={data.pages.at(-1)!.now} serverNow={firstNow || first.now} />
          {entries.length === 0 && (
            <p className="px-4 py-6">{sayEmpty(query.show, query.kind)} What is told to you appears here by itself.</p>
          )}
          <ul aria-label="Notices">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} serverNow={firstNow || first.now} onRead={mark} />
            ))}
          </ul>
          <ShowMore of={list} words="Show older ones" />
        </>
      )}
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

const choice =
  "inline-flex h-8 items-center rounded px-2 text-muted hover:bg-surface hover:text-ink aria-[current]:bg-accent-wash aria-[current]:font-medium aria-[current]:text-ink";

function Filters({ query, counts }: { query: InboxQuery; counts: InboxCounts | null }) {
  const kinds = [undefined, ...noticeKinds];
  return (
    <nav aria-label="Inbox" className="flex flex-wrap gap-x-6 border-b border-line px-4 pb-1.5">
      <span className="flex">
        {(["standing", "all"] as const).map((show) => (
          <Link
            key={show}
            href={inboxAddress({ show, kind: query.kind })}
            prefetch={false}
            aria-current={query.show === show ? "true" : undefined}
            className={choice}
          >
            {show === "standing" ? "Standing" : "All"}
          </Link>
        ))}
      </span>
      <span className="flex flex-wrap">
        {kinds.map((kind) => (
          <Link
            key={kind ?? "any"}
            href={inboxAddress({ show: query.show, kind })}
            prefetch={false}
            aria-current={query.kind === kind ? "true" : undefined}
            className={choice}
          >
            {kind ? kindNames[kind] : "Any kind"}
            {kind && counts && counts.unread[kind] > 0 && (
              <span className="ml-1.5 text-sm">{counts.unread[kind]} unread</span>
            )}
          </Link>
        ))}
      </span>
    </nav>
  );
}
