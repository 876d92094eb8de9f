"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import { isActive } from "@/lib/domain/escalation/escalation";
import { Breach } from "./breach";
import { Decision } from "./decision";
import { Failure } from "./failure";
import type { Draft, Me } from "./prepare";
import { ResolveForm } from "./resolve-form";
import { useAct, type ActFailure, type EscalationActions } from "./use-act";
import { useDetailKeys } from "./use-detail-keys";

const empty: Draft = { outcome: null, note: "", lateCause: "" };

type Props = { detail: EscalationDetail; me: Me; actions: EscalationActions; serverNow: string };

/** What may be done with the item by this person; for the rest, whose it is. */
export function ActionsPanel({ detail, me, actions, serverNow }: Props) {
  const [draft, setDraft] = useState(empty);
  const [busy, setBusy] = useState<"claim" | "release" | "retry" | null>(null);
  const [failure, setFailure] = useState<ActFailure | null>(null);
  const [done, setDone] = useState(false);
  const receipt = useRef<HTMLDivElement>(null);
  const act = useAct();
  const active = isActive(detail.status);
  const typed = draft.note !== "" || draft.lateCause !== "";

  // The form is gone once its press was heard; whoever pressed it goes on at the receipt.
  useEffect(() => {
    if (done && !active) receipt.current?.focus();
  }, [done, active]);

  const run = async (name: "claim" | "release" | "retry") => {
    if (busy) return;
    setBusy(name);
    setFailure(await act(detail.id, () => actions[name]({ id: detail.id, version: detail.version })));
    setBusy(null);
  };
  const finish = () => {
    setDraft(empty);
    setDone(true);
  };
  const claim = active && !detail.claimedBy && detail.may.claim.allowed ? () => void run("claim") : null;
  useDetailKeys(claim);

  return (
    <Section title={active ? "What may be done" : "What was decided"}>
      <div className="space-y-3">
        {failure && <Failure failure={failure} />}
        {!active && (
          <div ref={receipt} tabIndex={-1} role="group" aria-label="Receipt" className="outline-none">
            <Decision detail={detail} onRetry={detail.may.retry.allowed ? () => void run("retry") : null} retrying={busy === "retry"} />
          </div>
        )}
        {(claim || (active && detail.claimedBy && detail.may.release.allowed)) && (
          <div className="flex flex-wrap gap-2">
            {claim && (
              <Button pending={busy === "claim"} onClick={claim} title="Claim (c)">
                {busy === "claim" ? "Claiming…" : "Claim"}
              </Button>
            )}
            {detail.claimedBy && detail.may.release.allowed && (
              <Button pending={busy === "release"} onClick={() => void run("release")}>
                {busy === "release" ? "Releasing…" : "Release to the queue"}
              </Button>
            )}
          </div>
        )}
        {active && <Refusals may={detail.may} />}
        {/* What was typed outlives a colleague's decision. */}
        {detail.may.resolve.allowed && (active || typed) && (
          <ResolveForm detail={detail} me={me} draft={draft} onDraft={setDraft} onDone={finish} resolve={actions.resolve} serverNow={serverNow} />
        )}
        {detail.level > 0 && <Breach detail={detail} me={me} signOff={actions.signOff} />}
      </div>
    </Section>
  );
}

/** Whose the actions are that this person may not do; the same sentence is said once. */
function Refusals({ may }: Pick<EscalationDetail, "may">) {
  const reasons = new Map<string, string[]>();
  for (const [name, right] of Object.entries({ Claim: may.claim, Release: may.release, Resolve: may.resolve })) {
    if (!right.allowed) reasons.set(right.because, [...(reasons.get(right.because) ?? []), name]);
  }
  return [...reasons].map(([because, names]) => (
    <Notice key={because} icon="person">
      <p className="font-medium">{names.join(", ")}</p>
      <p>{because}</p>
    </Notice>
  ));
}
