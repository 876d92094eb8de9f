"use client";

import { useState } from "react";
import { Failure } from "@/components/act/failure";
import type { AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Exact } from "@/components/ui/time";
import type { EscalationDetail, EscalationRow } from "@/lib/areas/escalation/contract";
import { sayLoss } from "@/lib/areas/escalation/domain/loss";
import { useAct, type EscalationActions } from "./use-act";

export const sayLost = ({ resolvesByRemoving }: Pick<EscalationRow, "resolvesByRemoving">): string => `Its record is gone from thegent's file; ${sayLoss(resolvesByRemoving)}.`;

/** An open item whose record vanished: what that means, and the one press that adds the record again. */
export function Lost({ detail, addAgain }: { detail: EscalationDetail; addAgain: EscalationActions["addAgain"] }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const act = useAct();
  const isBeingAdded = detail.effectView?.kind === "thegent.add" && detail.effectView.status !== "applied";
  const press = async () => {
    setBusy(true);
    setFailure(await act(detail.id, () => addAgain({ id: detail.id, version: detail.version })));
    setBusy(false);
  };
  return (
    <div className="space-y-2">
      <Notice tone="amber" live="polite">
        {sayLost(detail)} Last seen before {detail.lostAt && <Exact at={detail.lostAt} />}.{isBeingAdded && " It is being added again."}
      </Notice>
      {failure && <Failure failure={failure} />}
      {!detail.may.addAgain.allowed && <p className="text-sm text-muted">{detail.may.addAgain.because}</p>}
      {detail.may.addAgain.allowed && !isBeingAdded && (
        <Button pending={busy} onClick={() => void press()}>
          {busy ? "Adding…" : "Add it to thegent's queue again"}
        </Button>
      )}
    </div>
  );
}
