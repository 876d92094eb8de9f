"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { announce } from "@/components/shell/announcer";
import type { EscalationRow } from "@/lib/contracts/escalations";
import { isActive } from "@/lib/domain/escalation/escalation";
import { patchRow } from "@/lib/queries/merge-escalation";
import type { Me } from "./prepare";
import type { Rights } from "./prepare-selection";
import { useAct, type EscalationActions } from "./use-act";

/** Claims at once on the screen, and takes it back when the server says no. */
export function useClaim(me: Me, may: Rights["claim"], claim: EscalationActions["claim"]): (row: EscalationRow) => void {
  const client = useQueryClient();
  const act = useAct();
  return useCallback(
    (row) => {
      const { id, version, subject, status, claimedBy } = row;
      const right = may[row.path];
      if (!right.allowed) return announce(right.because, "amber");
      if (!isActive(status)) return announce(`${subject} is closed already.`, "amber");
      if (claimedBy) return announce(claimedBy.id === me.id ? `You have claimed ${subject} already.` : `${claimedBy.name} has claimed ${subject} already.`, "amber");
      patchRow(client, id, { status: "claimed", claimedBy: me });
      void act(id, () => claim({ id, version })).then((failure) => {
        if (failure) patchRow(client, id, { status, claimedBy });
        announce(failure ? failure.message : `You claimed ${subject}.`, failure ? "red" : "green");
      });
    },
    [client, act, me, may, claim],
  );
}
