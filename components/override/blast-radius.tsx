"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { AsOf } from "@/components/ui/time";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import { isInForce } from "@/lib/areas/override/domain/override";
import { sayMany } from "@/lib/kernel/words/quantities";
import { saySubject } from "@/lib/kernel/words/subjects";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { saySeconds, totalRuns } from "./prepare";

type Props = { detail: OverrideDetail; serverNow: string };

/** What an approval lets pass: the sentence first, then the owner's doings as thegent's files tell them. */
export function BlastRadius({ detail, serverNow }: Props) {
  const { denials, runs, agents, live, alike } = detail.content.radius;
  return (
    <Section
      title="What it lets pass"
      aside={detail.status === "requested" ? "as it is now" : "as it was when it was decided or taken back"}
    >
      <Sentence detail={detail} serverNow={serverNow} />
      {alike && alike.length > 0 && (
        <Notice tone="amber">
          Not the same owner as <bdi className="font-mono">{alike.map(visibleText).join(", ")}</bdi>, which{" "}
          {alike.length === 1 ? "reads" : "read"} alike: thegent tells them apart character by character.
        </Notice>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        <Row name="Other pending denials">
          {denials.length === 0 && "none"}
          {denials.length > 0 && (
            <ul>
              {denials.map(({ runId, reason, lane }) => (
                <li key={runId} className="truncate" title={reason}>
                  <Link
                    href={`/escalations?owner=${encodeURIComponent(detail.owner)}`}
                    prefetch={false}
                    className="font-mono text-accent underline"
                  >
                    {saySubject(runId)}
                  </Link>{" "}
                  <span className="text-muted">
                    <bdi>{visibleText(lane)}</bdi> · <bdi>{reason}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Row>
        <Row name="Runs, last 24 h">{runs.length === 0 ? "none" : <Runs runs={runs} />}</Row>
        <Row name="Agents">{agents.length === 0 ? "none known" : <bdi>{agents.map(visibleText).join(", ")}</bdi>}</Row>
        <Row name="Overrides held already">
          {live.length === 0 && "none"}
          {live.length > 0 && (
            <ul>
              {live.map(({ id, expiresAt, reason }) => (
                <li key={`${id}-${expiresAt}-${reason}`} className="truncate" title={reason}>
                  until <AsOf at={expiresAt} serverNow={serverNow} />
                  {", "}
                  {id ? (
                    <Link href={`/overrides/${id}`} prefetch={false} className="text-accent underline">
                      decided here
                    </Link>
                  ) : (
                    "made outside the cockpit"
                  )}
                  {": "}
                  <bdi className="text-muted">{reason}</bdi>
                </li>
              ))}
            </ul>
          )}
        </Row>
      </dl>
      <p className="text-sm text-muted">
        thegent records no environment with a run, so runs cannot be told apart by it.
      </p>
    </Section>
  );
}

function Sentence({ detail, serverNow }: Props) {
  const { status, owner, requestedSeconds, passesUntil } = detail;
  const who = (
    <>
      Every run of <bdi className="font-mono">{visibleText(owner)}</bdi>, on any rule, lane or agent,
    </>
  );
  const until = <AsOf at={passesUntil} serverNow={serverNow} />;
  const waiting = status === "requested";
  return (
    <p
      className={`flex items-start gap-2 rounded border px-3 py-2 font-medium ${waiting ? "border-amber bg-amber-wash" : "border-line bg-surface"}`}
    >
      <Icon name={waiting ? "alert" : "key"} className={`mt-[3px] ${waiting ? "text-amber" : "text-muted"}`} />
      <span>
        {waiting && (
          <>
            {who} will pass policy until {until}, if this is approved now for the {saySeconds(requestedSeconds)} asked
            for.
          </>
        )}
        {isInForce(status) && (
          <>
            {who} passes policy until {until}.
          </>
        )}
        {(status === "expired" || status === "revoked") && (
          <>
            {who} was to pass policy until {until}
            {status === "revoked" && ", and it was ended before"}.
          </>
        )}
        {(status === "denied" || status === "withdrawn") && (
          <>
            {who} would have passed policy for {saySeconds(requestedSeconds)}. Nothing passed by this request.
          </>
        )}
      </span>
    </p>
  );
}

function Runs({ runs }: { runs: OverrideDetail["content"]["radius"]["runs"] }) {
  const lanes = [...new Set(runs.map(({ lane }) => lane))];
  return (
    <>
      {sayMany(totalRuns(runs), "run")}
      {lanes.map((lane) => (
        <span key={lane}>
          {"; "}
          <bdi className="font-medium">{visibleText(lane)}</bdi>:{" "}
          {runs
            .filter((one) => one.lane === lane)
            .map(({ policyResult, count }) => `${count} ${policyResult}`)
            .join(", ")}
        </span>
      ))}
    </>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}
