"use client";

import Link from "next/link";
import { Clock } from "@/components/list/clock";
import { Button } from "@/components/ui/button";
import { Sign } from "@/components/ui/sign";
import { Ago, AsOf } from "@/components/ui/time";
import { listAddress } from "@/lib/areas/escalation/page-port";
import type { DeliveryView, InboxEntry } from "@/lib/areas/inbox/contract";
import { sayNotice } from "@/lib/areas/inbox/words";
import { saySubject } from "@/lib/kernel/words/subjects";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { sayDelivery, sayFold, saySettled } from "./prepare";

type Props = { entry: InboxEntry; serverNow: string; onRead: (id: string, read: boolean) => void };

/** One entry of the inbox, in two lines: what happened and what it asks, with its time; the item, and how the notice fared. */
export function Entry({ entry, serverNow, onRead }: Props) {
  const { id, item, unread, standing } = entry;
  return (
    <li className="grid grid-cols-[4rem_minmax(0,1fr)_auto] gap-x-3 border-b border-line px-4 py-0.5 max-md:grid-cols-[minmax(0,1fr)_auto]">
      <span className="max-md:order-2">
        {unread && <strong className="rounded bg-accent px-1.5 text-xs font-semibold text-accent-ink">Unread</strong>}
      </span>
      <div className="min-w-0 max-md:order-1">
        <Link
          href={`/${item.kind === "override" ? "overrides" : "escalations"}/${item.id}`}
          prefetch={false}
          data-row={id}
          onClick={() => unread && onRead(id, true)}
          className={`inline-block leading-6 hover:underline ${unread ? "font-semibold" : ""} ${standing ? "" : "text-muted"}`}
        >
          {sayNotice({ ...entry, path: item.path })}
        </Link>
        <p className="flex items-baseline gap-x-3 text-sm leading-6 max-md:flex-wrap">
          <span className="min-w-0 truncate" title={item.reason}>
            <bdi className={item.path === "policy_denial" ? "font-mono" : "font-medium"}>
              {saySubject(item.subject)}
            </bdi>{" "}
            <bdi className="text-muted">{item.reason}</bdi>
          </span>
          <span className="flex shrink-0 flex-wrap items-baseline gap-x-3 max-md:shrink">
            {!standing && <span className="text-muted">{saySettled(entry)}</span>}
            <Fold entry={entry} />
            {entry.deliveries.map((delivery) => (
              <Delivery key={delivery.channel} delivery={delivery} serverNow={serverNow} />
            ))}
          </span>
        </p>
      </div>
      <div className="flex items-start gap-1 text-sm leading-6 max-md:order-3 max-md:col-span-2 max-md:justify-between">
        <span className="flex gap-3 whitespace-nowrap">
          {standing && <Due item={item} serverNow={serverNow} />}
          <span className="w-24 text-right text-muted max-md:w-auto">
            <Ago at={entry.lastAt} serverNow={serverNow} />
          </span>
        </span>
        {standing && (
          <Button
            look="quiet"
            size="tiny"
            className="min-w-24"
            onClick={() => onRead(id, unread)}
            title={unread ? "Mark as read (m)" : "Mark as unread (m)"}
          >
            {unread ? "Mark read" : "Mark unread"}
          </Button>
        )}
      </div>
    </li>
  );
}

function Due({ item, serverNow }: { item: InboxEntry["item"]; serverNow: string }) {
  if (!["open", "claimed", "requested", "approved", "active"].includes(item.status))
    return <span className="text-muted">{item.status}</span>;
  if (item.kind === "override")
    return item.dueClock === "end" ? (
      <Clock to="end" from={item.dueAt} at={item.dueAt} serverNow={serverNow} />
    ) : (
      <Clock to="decision" from={item.dueAt} at={item.dueAt} serverNow={serverNow} />
    );
  return <Clock to="sla" from={item.dueAt} at={item.dueAt} serverNow={serverNow} />;
}

/** How much is folded into the entry, and the way to all of it. */
function Fold({ entry: { items, count, item } }: { entry: InboxEntry }) {
  const says = sayFold({ items, count });
  if (!says) return null;
  if (items === 1 || !item.owner || !item.path) return <span className="text-muted">{says}</span>;
  return (
    <Link
      href={listAddress({ state: "active", sort: "due", owner: item.owner, path: item.path })}
      prefetch={false}
      className="inline-block leading-6 text-accent underline"
      title={`The open ones of ${visibleText(item.owner)} in the queue`}
    >
      {says}
    </Link>
  );
}

function Delivery({ delivery, serverNow }: { delivery: DeliveryView; serverNow: string }) {
  const { tone, icon, says, at } = sayDelivery(delivery);
  return (
    <Sign tone={tone} icon={icon} title={says}>
      {says}
      {at && (
        <>
          {" "}
          <AsOf at={at} serverNow={serverNow} />
        </>
      )}
    </Sign>
  );
}
