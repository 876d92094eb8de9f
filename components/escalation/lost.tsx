"use client";

import { Notice } from "@/components/ui/notice";
import { Exact } from "@/components/ui/time";
import type { EscalationDetail, EscalationRow } from "@/lib/areas/escalation/contract";
import { sayLoss } from "@/lib/areas/escalation/domain/loss";
import { ActButton } from "./act-button";
import type { DoAct } from "./use-act";

export const sayLost = ({ resolvesByRemoving }: Pick<EscalationRow, "resolvesByRemoving">): string =>
  `Its record is gone from thegent's file; ${sayLoss(resolvesByRemoving)}.`;

/** An open item whose record vanished: what that means, and the one press that adds the record again. */
export function Lost({ detail, act }: { detail: EscalationDetail; act: DoAct }) {
  const isBeingAdded = detail.effectView?.kind === "thegent.add" && detail.effectView.status !== "applied";
  return (
    <div className="space-y-2">
      <Notice tone="amber" live="polite">
        {sayLost(detail)} Last seen before {detail.lostAt && <Exact at={detail.lostAt} />}.
        {isBeingAdded && " It is being added again."}
      </Notice>
      <ActButton name="add-again" detail={detail} act={act} />
    </div>
  );
}
