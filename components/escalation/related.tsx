"use client";

import Link from "next/link";
import { Clock } from "@/components/list/clock";
import { Section } from "@/components/ui/section";
import { Ago } from "@/components/ui/time";
import type { RelatedItem } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { sayMany } from "@/lib/kernel/words/quantities";
import { saySubject } from "@/lib/kernel/words/subjects";
import { sayRelated } from "./prepare-reach";

/** Other items that may belong to this one, and why. */
export function Related({ items, serverNow }: { items: readonly RelatedItem[]; serverNow: string }) {
  if (items.length === 0) return null;
  return (
    <Section title="Related items" aside={sayMany(items.length, "item")}>
      <ul className="text-sm">
        {items.map((item) => (
          <li
            key={item.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line py-1 sm:grid-cols-[12rem_minmax(0,1fr)_auto]"
          >
            <Link href={`/escalations/${item.id}`} prefetch={false} className="truncate text-accent underline">
              <bdi>{saySubject(item.subject)}</bdi>
            </Link>
            <span className="truncate max-sm:order-3 max-sm:col-span-2" title={item.reason}>
              <span className="text-muted">{sayRelated(item)} · </span>
              <bdi>{item.reason}</bdi>
            </span>
            <span className="text-right">
              {isActive(item.status) ? (
                <Clock to="sla" from={item.dueAt} at={item.dueAt} serverNow={serverNow} />
              ) : (
                <ClosedAt item={item} serverNow={serverNow} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ClosedAt({ item, serverNow }: { item: RelatedItem; serverNow: string }) {
  return (
    <span className="text-muted">
      {item.status}
      {item.closedAt && (
        <>
          {" "}
          <Ago at={item.closedAt} serverNow={serverNow} />
        </>
      )}
    </span>
  );
}
