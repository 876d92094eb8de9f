"use client";

import Link from "next/link";
import { Said } from "@/components/act/said";
import { Clock } from "@/components/list/clock";
import { Icon, type IconName } from "@/components/ui/icon";
import { Fact } from "@/components/ui/section";
import { Sign, type SignTone } from "@/components/ui/sign";
import { Ago, Exact } from "@/components/ui/time";
import type { EpisodeDetail, OtherEpisode } from "@/lib/areas/drift/contract";
import type { EpisodeStatus } from "@/lib/areas/drift/domain/episodes";
import { differences, sayShown } from "@/lib/areas/drift/domain/shown";
import { sayNext } from "./prepare-decision";

/** Each state as it is shown, never by its colour alone. */
export const episodeSigns: Readonly<Record<EpisodeStatus, { tone: SignTone; icon: IconName; says: string }>> = {
  detected: { tone: "red", icon: "alert", says: "Detected: nobody works on it" },
  investigating: { tone: "amber", icon: "person", says: "Investigating" },
  remediating: { tone: "amber", icon: "hourglass", says: "Remediating" },
  remediated: { tone: "green", icon: "check", says: "Remediated" },
  accepted: { tone: "amber", icon: "clock", says: "Accepted for a time" },
  dismissed: { tone: "muted", icon: "cross", says: "Dismissed" },
  recovered: { tone: "green", icon: "wave", says: "Recovered by itself" },
};

/** What the episode is about, how it stands and what is to be done next, each fact once. */
export function EpisodeHead({ detail, serverNow }: { detail: EpisodeDetail; serverNow: string }) {
  const { status, due, holder, acceptedUntil, waiverEndedAt, previous, returnedAs } = detail;
  const { says, ...look } = episodeSigns[status];
  return (
    <header className="space-y-2">
      <p className="text-sm text-muted">
        <Link href="/drift" className="text-accent underline">
          Drift
        </Link>{" "}
        / Episode
      </p>
      <h1 className="text-lg font-semibold">
        <bdi>{detail.subject}</bdi>
      </h1>
      <p>
        <bdi>{detail.found.join("; ")}</bdi>
      </p>
      <p className="flex items-start gap-2 border-l-2 border-accent pl-3 font-medium">
        <Icon name="arrow" className="mt-[3px] text-accent" />
        <span>{sayNext(detail)}</span>
      </p>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Fact name="State">
          <Sign {...look}>{says}</Sign>
        </Fact>
        {due && (
          <Fact name={due.clock === "investigate" ? "Investigate by" : "Remediate by"}>
            <Clock to="sla" from={detail.openedAt} at={due.at} serverNow={serverNow} />
          </Fact>
        )}
        {acceptedUntil && !waiverEndedAt && (
          <Fact name="Accepted until">
            <Clock to="end" from={detail.answeredAt ?? detail.openedAt} at={acceptedUntil} serverNow={serverNow} />
          </Fact>
        )}
        {waiverEndedAt && (
          <Fact name="Waiver ended">
            <Exact at={waiverEndedAt} />, {returnedAs ? "and the drift was still there" : "and the drift had gone"}
          </Fact>
        )}
        <Fact name="Held by">{holder && <bdi>{holder.name}</bdi>}</Fact>
        <Fact name="Level">{detail.level > 0 ? String(detail.level) : null}</Fact>
        <Fact name="Opened">
          <Ago at={detail.openedAt} serverNow={serverNow} />
        </Fact>
        {detail.fineSince && (
          <Fact name="Not found since">
            <Ago at={detail.fineSince} serverNow={serverNow} />
          </Fact>
        )}
        {detail.endedAt && (
          <Fact name="Ended">
            <Exact at={detail.endedAt} />
          </Fact>
        )}
        {previous && (
          <Fact name="Follows">
            <OtherLink other={previous} />
          </Fact>
        )}
        {returnedAs && (
          <Fact name="Returned as">
            <OtherLink other={returnedAs} />
          </Fact>
        )}
        <Fact name="In the queue">
          <Link href={`/escalations/${detail.id}`} prefetch={false} className="text-accent underline">
            Its item
          </Link>
        </Fact>
      </dl>
      {previous?.decidedOn && (
        <Said
          name="What moved since that was decided"
          text={differences(previous.decidedOn, detail.shown).join("\n") || "Nothing that matters"}
        />
      )}
      <Said name="Now" text={sayShown(detail.shown).join("\n")} />
    </header>
  );
}

function OtherLink({ other }: { other: OtherEpisode }) {
  return (
    <Link href={`/drift/${other.id}`} prefetch={false} className="text-accent underline">
      {episodeSigns[other.status].says}
    </Link>
  );
}
