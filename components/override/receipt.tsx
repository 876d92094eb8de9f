"use client";

import { ReceiptFrame } from "@/components/act/receipt-frame";
import { Said } from "@/components/act/said";
import { Notice, type Tone } from "@/components/ui/notice";
import { Exact } from "@/components/ui/time";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { roleNames } from "@/lib/model/roles";
import { sayDecider } from "./prepare";
import { sayApproved } from "./prepare-acts";

type Props = { detail: OverrideDetail; focused: boolean };

/** The receipt: what was decided or ended, by whom and by which right, on which content, where it stands in the chain, and whether thegent honours it. */
export function Receipt({ detail, focused }: Props) {
  const { status, receipt, contentHash } = detail;
  if (status === "requested") return null;
  return (
    <ReceiptFrame name="Receipt" focused={focused}>
      <ol className="space-y-2">
        {detail.decidedAt && (
          <li>
            <Notice tone={status === "denied" ? "plain" : "green"} icon={status === "denied" ? "cross" : "check"}>
              <strong className="font-semibold">
                {status === "denied" ? "Denied" : `Approved for ${sayApproved(detail)}`}
              </strong>
              , by <bdi>{sayDecider(detail)}</bdi>
              {receipt?.role && receipt.letter && ` as ${roleNames[receipt.role]} (${receipt.letter})`}, at{" "}
              <Exact at={detail.decidedAt} />.
            </Notice>
          </li>
        )}
        {detail.endedAt && (
          <li>
            <Notice icon={status === "expired" ? "clock" : "cross"}>
              <strong className="font-semibold">
                {{ withdrawn: "Withdrawn", revoked: "Revoked" }[status as "withdrawn" | "revoked"] ??
                  "Expired by itself"}
              </strong>
              {detail.endedBy && (
                <>
                  , by <bdi>{detail.endedBy.name}</bdi>
                </>
              )}
              , at <Exact at={detail.endedAt} />.
            </Notice>
          </li>
        )}
        {detail.effects.map((effect) => (
          <li key={`${effect.says}-${effect.createdAt}`}>
            <Effect effect={effect} />
          </li>
        ))}
        {detail.expiresAt && (
          <li>
            <Honoured detail={detail} />
          </li>
        )}
      </ol>
      <Said name="Reason of the decision" text={detail.decisionNote} />
      <Said name="Why not waited for advice" text={detail.withoutConsultation} />
      <Said name="Reason of the end" text={detail.endReason} />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 text-sm">
        <dt className="text-muted">Content hash</dt>
        <dd className="font-mono wrap-anywhere">{contentHash}</dd>
        {receipt && (
          <>
            <dt className="text-muted">Audit event</dt>
            <dd>
              <a href={`#event-${receipt.seq}`} className="text-accent underline">
                {receipt.seq}
              </a>
            </dd>
            <dt className="text-muted">Chain hash</dt>
            <dd className="font-mono wrap-anywhere">{receipt.hash}</dd>
          </>
        )}
      </dl>
    </ReceiptFrame>
  );
}

function Honoured({ detail: { honoured, status, owner } }: { detail: OverrideDetail }) {
  const over = status !== "approved" && status !== "active";
  return (
    <Notice
      tone={honoured ? (over ? "amber" : "green") : over ? "plain" : "amber"}
      icon={honoured ? "key" : over ? "check" : "hourglass"}
      live="polite"
    >
      {honoured ? "thegent honours " : "thegent does not honour "}
      <bdi className="font-mono">{visibleText(owner)}</bdi>
      {honoured ? " now." : over ? " any more." : " yet."}{" "}
      <span className="text-muted">As its file was last read.</span>
    </Notice>
  );
}

const tones: Record<"pending" | "applied" | "failed", Tone> = { pending: "amber", applied: "green", failed: "red" };
const words = {
  write: {
    pending: "Not in thegent’s file yet",
    applied: "Written into thegent’s file",
    failed: "Could not be written into thegent’s file",
  },
  end: {
    pending: "Not ended in thegent’s file yet",
    applied: "Ended in thegent’s file",
    failed: "Could not be ended in thegent’s file",
  },
} as const;

function Effect({
  effect: { says, status, attempts, lastError, appliedAt },
}: {
  effect: OverrideDetail["effects"][number];
}) {
  return (
    <Notice tone={tones[status]} icon={status === "pending" ? "hourglass" : undefined}>
      <strong className="font-semibold">{words[says][status]}</strong>
      {appliedAt && (
        <>
          , at <Exact at={appliedAt} />
        </>
      )}
      .
      {lastError &&
        status !== "applied" &&
        ` Tried ${attempts === 1 ? "once" : `${attempts} times`}; the last time: ${lastError}`}
      {status === "failed" && " It is tried again by itself."}
    </Notice>
  );
}
