"use client";

import Link from "next/link";
import { Clock } from "@/components/list/clock";
import { sayStatus } from "@/components/override/prepare";
import { Section } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { isInForce } from "@/lib/areas/override/domain/override";
import { sayMany } from "@/lib/kernel/words/quantities";

/** The overrides that were asked for from this item, and how they stand. */
export function ItemOverrides({
  overrides,
  serverNow,
}: {
  overrides: EscalationDetail["overrides"];
  serverNow: string;
}) {
  if (overrides.length === 0) return null;
  return (
    <Section title="Overrides" aside={sayMany(overrides.length, "request")}>
      <ul className="text-sm">
        {overrides.map(({ id, status, requestedBy, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-1">
            <Link href={`/overrides/${id}`} prefetch={false} className="text-accent underline">
              Asked for by <bdi>{requestedBy.name}</bdi>
            </Link>
            <Sign {...sayStatus[status]}>{sayStatus[status].says}</Sign>
            {isInForce(status) && expiresAt && <Clock to="end" from={expiresAt} at={expiresAt} serverNow={serverNow} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}
