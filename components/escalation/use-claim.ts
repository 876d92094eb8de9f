"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Me } from "@/components/act/form-values";
import { announce } from "@/components/shell/announcer";
import type { EscalationDetail, EscalationRow } from "@/lib/areas/escalation/contract";
import type { WhyStays } from "@/lib/areas/escalation/domain/stays";
import { patchRow } from "@/lib/areas/escalation/queries/merge";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import type { PersonRef } from "@/lib/kernel/contract";
import { saySubject } from "@/lib/kernel/words/subjects";
import type { Rights } from "./prepare-selection";
import { useAct, type EscalationActions } from "./use-act";

/** Says that a claim was made, and offers to take it back: a key may have been pressed by accident. */
export function useClaimReceipt(actions: Pick<EscalationActions, "act">): (id: string) => void {
  const client = useQueryClient();
  const act = useAct(actions.act);
  return useCallback(
    (id) => {
      const claimed = client.getQueryData<EscalationDetail>(escalationKeys.detail(id));
      if (!claimed) return;
      const { subject, version, acts } = claimed;
      const takeBack = () =>
        void act({ act: "release", id, version }).then((failure) =>
          announce(failure ? failure.message : `You released ${subject}.`, failure ? "red" : "green"),
        );
      const mayRelease = acts.some(({ name, allowed }) => name === "release" && allowed);
      announce(`You claimed ${subject}.`, "green", mayRelease ? { name: "Release", run: takeBack } : null);
    },
    [client, act],
  );
}

/** Claims at once on the screen, and takes it back when the server says no. */
export function useClaim(
  me: Me,
  may: Rights["claim"],
  actions: Pick<EscalationActions, "act">,
): (row: EscalationRow) => void {
  const client = useQueryClient();
  const act = useAct(actions.act);
  const receipt = useClaimReceipt(actions);
  return useCallback(
    (row) => {
      const { id, version, status, claimedBy, stays } = row;
      const subject = saySubject(row.subject);
      const right = may[row.path];
      if (!right.allowed) return announce(right.because, "amber");
      if (stays?.claim) return announce(sayStays(stays.claim, subject, claimedBy), "amber");
      patchRow(client, id, { status: "claimed", claimedBy: me, stays: { claim: "yours" } });
      void act({ act: "claim", id, version }).then((failure) => {
        if (!failure) return receipt(id);
        patchRow(client, id, { status, claimedBy, stays });
        announce(failure.message, "red");
      });
    },
    [client, act, receipt, me, may],
  );
}

const sayStays = (why: WhyStays, subject: string, holder: PersonRef | null): string =>
  ({
    closed: `${subject} is closed already.`,
    yours: `You have claimed ${subject} already.`,
    held: `${holder?.name ?? "A colleague"} has claimed ${subject} already.`,
  })[why];
