"use client";

import { ReceiptFrame } from "@/components/act/receipt-frame";
import { Said } from "@/components/act/said";
import { Notice, type Tone } from "@/components/ui/notice";
import { Exact } from "@/components/ui/time";
import type { EffectView, EscalationDetail } from "@/lib/areas/escalation/contract";
import { sayMany } from "@/lib/kernel/words/quantities";
import { ActButton } from "./act-button";
import type { DoAct } from "./use-act";

type Props = { detail: EscalationDetail; focused: boolean; act: DoAct };

/** The receipt: what was decided, and whether thegent has taken it up. Two states, both shown. */
export function Receipt({ detail, focused, act }: Props) {
  const { effectView: effect } = detail;
  return (
    <ReceiptFrame name="Receipt" focused={focused}>
      <ol className="space-y-2">
        <li>
          <Notice tone="green">
            <strong className="font-semibold">
              {detail.closedIn === "thegent"
                ? "Closed in thegent"
                : detail.status === "recovered"
                  ? "Ended by itself"
                  : detail.status === "cancelled"
                    ? "Cancelled"
                    : "Decided"}
            </strong>
            {detail.closedBy && (
              <>
                {" "}
                by <bdi>{detail.closedBy.name}</bdi>
              </>
            )}
            {detail.closedAt && (
              <>
                {" "}
                at <Exact at={detail.closedAt} />
              </>
            )}
            .
          </Notice>
        </li>
        {effect && (
          <li>
            <TakenUp effect={effect} />
          </li>
        )}
        {!effect && detail.closedIn === "thegent" && (
          <li className="text-muted">
            thegent&apos;s own record says{" "}
            {detail.thegentWord ? <bdi>“{detail.thegentWord}”</bdi> : "that it no longer waits"}, so there is nothing to
            write back.
          </li>
        )}
      </ol>
      {effect?.status === "failed" && (
        <div className="space-y-2">
          <ActButton name="retry" detail={detail} act={act} />
        </div>
      )}
      <Said name="Note" text={detail.note} />
      <Said name="Cause of the lateness" text={detail.lateCause} />
    </ReceiptFrame>
  );
}

const tones: Record<EffectView["status"], Tone> = { pending: "amber", applied: "green", failed: "red" };

function TakenUp({ effect }: { effect: EffectView }) {
  return (
    <Notice tone={tones[effect.status]} icon={effect.status === "pending" ? "hourglass" : undefined} live="polite">
      {effect.status === "applied" && (
        <>
          <strong className="font-semibold">Taken up by thegent</strong>
          {effect.appliedAt && (
            <>
              {" "}
              at <Exact at={effect.appliedAt} />
            </>
          )}
          {effect.closedRecords !== null && `: ${sayMany(effect.closedRecords, "record")} closed in its file`}.
        </>
      )}
      {effect.status === "pending" && (
        <>
          <strong className="font-semibold">Not taken up yet.</strong> It is being written to thegent&apos;s queue file.
          {effect.lastError &&
            ` Tried ${effect.attempts === 1 ? "once" : `${effect.attempts} times`}; the last time: ${effect.lastError}`}
        </>
      )}
      {effect.status === "failed" && (
        <>
          <strong className="font-semibold">Not taken up: writing failed {sayMany(effect.attempts, "time")}.</strong>{" "}
          {effect.lastError} The decision stands here. It is tried again by itself, less and less often; once the cause
          is gone, it can be written at once.
        </>
      )}
    </Notice>
  );
}
