"use client";

import { useState } from "react";
import { Failure } from "@/components/act/failure";
import { ReceiptFrame } from "@/components/act/receipt-frame";
import { Said } from "@/components/act/said";
import type { AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { Notice, type Tone } from "@/components/ui/notice";
import { Exact } from "@/components/ui/time";
import type { EffectView, EscalationDetail } from "@/lib/areas/escalation/contract";
import { sayMany } from "@/lib/kernel/words/quantities";
import { useAct, type EscalationActions } from "./use-act";

type Props = { detail: EscalationDetail; focused: boolean; retry: EscalationActions["retry"] };

/** The receipt: what was decided, and whether thegent has taken it up. Two states, both shown. */
export function Receipt({ detail, focused, retry }: Props) {
  const { effectView: effect } = detail;
  return (
    <ReceiptFrame name="Receipt" focused={focused}>
      <ol className="space-y-2">
        <li>
          <Notice tone="green">
            <strong className="font-semibold">{detail.closedIn === "thegent" ? "Closed in thegent" : detail.status === "cancelled" ? "Cancelled" : "Decided"}</strong>
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
        {!effect && detail.closedIn === "thegent" && <li className="text-muted">
            thegent&apos;s own record says {detail.thegentWord ? <bdi>“{detail.thegentWord}”</bdi> : "that it no longer waits"}, so there is nothing to write back.
          </li>}
      </ol>
      {effect?.status === "failed" && <Retry detail={detail} retry={retry} />}
      <Said name="Note" text={detail.note} />
      <Said name="Cause of the lateness" text={detail.lateCause} />
    </ReceiptFrame>
  );
}

function Retry({ detail, retry }: Pick<Props, "detail" | "retry">) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const act = useAct();
  if (!detail.may.retry.allowed) return <p className="text-sm text-muted">{detail.may.retry.because}</p>;
  const again = async () => {
    setPending(true);
    setFailure(await act(detail.id, () => retry({ id: detail.id, version: detail.version })));
    setPending(false);
  };
  return (
    <div className="space-y-2">
      {failure && <Failure failure={failure} />}
      <Button pending={pending} onClick={() => void again()}>
        {pending ? "Asking…" : "Write to thegent again now"}
      </Button>
    </div>
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
          {effect.lastError && ` Tried ${effect.attempts === 1 ? "once" : `${effect.attempts} times`}; the last time: ${effect.lastError}`}
        </>
      )}
      {effect.status === "failed" && (
        <>
          <strong className="font-semibold">Not taken up: writing failed {sayMany(effect.attempts, "time")}.</strong> {effect.lastError} The decision stands here. It is tried again by itself, less and less often;
          once the cause is gone, it can be written at once.
        </>
      )}
    </Notice>
  );
}
