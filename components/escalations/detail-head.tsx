"use client";

import Link from "next/link";
import { Fact } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { Ago, Exact } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import { isActive } from "@/lib/domain/escalation/escalation";
import { paths } from "@/lib/domain/operating-model/paths";
import { sayMinutes } from "@/lib/format/durations";
import { Countdown } from "./countdown";
import { ComesNext, LevelFact } from "./level";
import { sayHolder, sayOutcome, type Me } from "./prepare";

/** What the item is and how it stands, each fact once. */
export function DetailHead({ detail, me, serverNow }: { detail: EscalationDetail; me: Me; serverNow: string }) {
  const path = paths[detail.path];
  const active = isActive(detail.status);
  return (
    <header className="space-y-2">
      <p className="text-sm text-muted">
        <Link href="/escalations" className="text-accent underline">
          Escalations
        </Link>{" "}
        / {path.name} ({path.section})
      </p>
      <h1 className="line-clamp-3 wrap-anywhere text-lg font-semibold" title={detail.reason}>
        <bdi>{detail.reason}</bdi>
      </h1>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {active && (
          <Fact name="Due">
            <Countdown startedAt={detail.blockedAt} dueAt={detail.dueAt} serverNow={serverNow} />
          </Fact>
        )}
        <Fact name="State">{active ? <Holder detail={detail} me={me} serverNow={serverNow} /> : <Closed detail={detail} serverNow={serverNow} />}</Fact>
        {detail.level > 0 && (
          <Fact name="Raised">
            <LevelFact detail={detail} serverNow={serverNow} />
          </Fact>
        )}
        <Fact name="Priority">{String(detail.priority)}</Fact>
        <Fact name="Lane">{detail.lane}</Fact>
        <Fact name="Run">
          <bdi className="font-mono">{detail.runId}</bdi>
        </Fact>
        <Fact name="Owner">{detail.owner ?? "nobody named"}</Fact>
        <Fact name="Agent">{detail.agent ?? "not named"}</Fact>
        <Fact name="Blocked since">
          <Exact at={detail.blockedAt} />
        </Fact>
        <Fact name="SLA">{sayMinutes(detail.slaMinutes)}</Fact>
        {detail.previous && (
          <Fact name="Reopens">
            <Link href={`/escalations/${detail.previous.id}`} className="text-accent underline">
              an earlier item
            </Link>
          </Fact>
        )}
      </dl>
      <ComesNext detail={detail} serverNow={serverNow} />
    </header>
  );
}

function Holder({ detail, me, serverNow }: { detail: EscalationDetail; me: Me; serverNow: string }) {
  if (!detail.claimedBy) return <Sign {...sayHolder(detail, me)}>Open, unclaimed</Sign>;
  return (
    <Sign {...sayHolder(detail, me)}>
      Claimed by <bdi>{sayHolder(detail, me).says === "You" ? "you" : detail.claimedBy.name}</bdi>
      {detail.claimedAt && (
        <>
          , <Ago at={detail.claimedAt} serverNow={serverNow} />
        </>
      )}
    </Sign>
  );
}

function Closed({ detail, serverNow }: { detail: EscalationDetail; serverNow: string }) {
  return (
    <Sign tone="ink" icon="check">
      {sayOutcome(detail)}
      {detail.closedAt && (
        <>
          , <Ago at={detail.closedAt} serverNow={serverNow} />
        </>
      )}
    </Sign>
  );
}
