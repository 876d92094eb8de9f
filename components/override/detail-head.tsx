"use client";

import Link from "next/link";
import { Clock } from "@/components/list/clock";
import { Icon } from "@/components/ui/icon";
import { Fact } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { Ago, Exact } from "@/components/ui/time";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import { isInForce } from "@/lib/areas/override/domain/override";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { Consultation } from "./clocks";
import { isOver, sayNextStep, saySeconds, sayStatus } from "./prepare";
import { sayApproved } from "./prepare-acts";

type Props = { detail: OverrideDetail; serverNow: string };

const tabOf = ({ status }: Pick<OverrideDetail, "status">): { href: string; name: string } =>
  status === "requested"
    ? { href: "/overrides", name: "Awaiting" }
    : isInForce(status)
      ? { href: "/overrides?tab=active", name: "Active" }
      : { href: "/overrides?tab=history", name: "History" };

/** Whose override it is, how it stands and what is to be done next, each fact once. */
export function DetailHead({ detail, serverNow }: Props) {
  const { owner, status, justification } = detail;
  const tab = tabOf(detail);
  return (
    <header className="space-y-2">
      <p className="text-sm text-muted">
        <Link href="/overrides" className="text-accent underline">
          Overrides
        </Link>{" "}
        /{" "}
        <Link href={tab.href} className="text-accent underline">
          {tab.name}
        </Link>
      </p>
      <h1 className="wrap-anywhere text-lg font-semibold">
        Override for <bdi className="font-mono">{visibleText(owner)}</bdi>
      </h1>
      <blockquote
        className="line-clamp-4 border-l-2 border-line pl-3 wrap-anywhere whitespace-pre-wrap"
        title={justification}
      >
        <bdi>{justification}</bdi>
      </blockquote>
      <p className="flex items-start gap-2 border-l-2 border-accent pl-3 font-medium">
        <Icon name="arrow" className="mt-[3px] text-accent" />
        <span>{sayNextStep(detail)}</span>
      </p>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Fact name="State">
          <Sign {...sayStatus[status]}>{sayStatus[status].says}</Sign>
        </Fact>
        {status === "requested" && (
          <Fact name="Decide by">
            <Clock to="decision" from={detail.requestedAt} at={detail.decideBy} serverNow={serverNow} />
          </Fact>
        )}
        {isInForce(status) && detail.expiresAt && (
          <Fact name="End">
            <Clock to="end" from={detail.decidedAt ?? detail.requestedAt} at={detail.expiresAt} serverNow={serverNow} />
          </Fact>
        )}
        <Fact name="Consultation">
          <Consultation row={detail} serverNow={serverNow} />
        </Fact>
        <Fact name="Asked for">{saySeconds(detail.requestedSeconds)}</Fact>
        <Fact name="Approved for">{sayApproved(detail)}</Fact>
        <Fact name="Asked by">
          <bdi>{detail.requestedBy.name}</bdi>, <Ago at={detail.requestedAt} serverNow={serverNow} />
        </Fact>
        <Fact name="Ticket">{detail.ticket}</Fact>
        {detail.escalation && (
          <Fact name="Asked from">
            <Link href={`/escalations/${detail.escalation.id}`} prefetch={false} className="text-accent underline">
              <bdi className="font-mono">{visibleText(detail.escalation.subject)}</bdi>
            </Link>
          </Fact>
        )}
        {detail.previous && (
          <Fact name="Renews">
            <OtherLink other={detail.previous} />
          </Fact>
        )}
        {detail.renewals.map((renewal) => (
          <Fact key={renewal.id} name="Asked for again">
            <OtherLink other={renewal} />
          </Fact>
        ))}
        {isOver(status) && detail.endedAt && (
          <Fact name="Ended">
            <Exact at={detail.endedAt} />
          </Fact>
        )}
      </dl>
    </header>
  );
}

function OtherLink({ other }: { other: { id: string; status: OverrideDetail["status"] } }) {
  return (
    <Link href={`/overrides/${other.id}`} prefetch={false} className="text-accent underline">
      {sayStatus[other.status].says}
    </Link>
  );
}
