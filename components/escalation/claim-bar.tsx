"use client";

import { useState } from "react";
import { Failure } from "@/components/act/failure";
import type { Me } from "@/components/act/form-values";
import type { AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { useTicking } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import type { FormName } from "./prepare-acts";
import { sayQuiet } from "./prepare-claim";
import { useAct, type EscalationActions } from "./use-act";
import { useClaimReceipt } from "./use-claim";
import { useDetailKeys } from "./use-detail-keys";

type Props = { detail: EscalationDetail; me: Me; actions: EscalationActions; serverNow: string; go: (form: FormName) => void };

/** Takes the item, holds it longer, or gives it back to the queue; says how long the claim holds by itself. */
export function ClaimBar({ detail, me, actions, serverNow, go }: Props) {
  const [busy, setBusy] = useState<"claim" | "release" | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const act = useAct();
  const receipt = useClaimReceipt(actions.release);
  const active = isActive(detail.status);
  const mine = detail.claimedBy?.id === me.id;
  const mayClaim = active && detail.may.claim.allowed && (!detail.claimedBy || mine);
  const mayRelease = active && detail.may.release.allowed && detail.claimedBy !== null;

  const run = async (name: "claim" | "release") => {
    if (busy) return;
    setBusy(name);
    const refused = await act(detail.id, () => actions[name]({ id: detail.id, version: detail.version }));
    setFailure(refused);
    setBusy(null);
    if (name === "claim" && !mine && !refused) receipt(detail.id);
  };
  useDetailKeys(mayClaim ? () => void run("claim") : null, go);

  if (!mayClaim && !mayRelease && !failure) return null;
  return (
    <div className="space-y-2">
      {failure && <Failure failure={failure} />}
      <div className="flex flex-wrap items-center gap-2">
        {/* One button for both, so that the focus stays where it was pressed. */}
        {mayClaim && (
          <Button pending={busy === "claim"} onClick={() => void run("claim")} title={mine ? "Keep the claim (c)" : "Claim (c)"}>
            {busy === "claim" ? (mine ? "Keeping…" : "Claiming…") : mine ? "Keep the claim" : "Claim"}
          </Button>
        )}
        {mayRelease && (
          <Button pending={busy === "release"} onClick={() => void run("release")}>
            {busy === "release" ? "Releasing…" : "Release to the queue"}
          </Button>
        )}
      </div>
      {detail.claimQuietAt && detail.claimedBy && active && <Quiet at={detail.claimQuietAt} holder={mine ? null : detail.claimedBy.name} serverNow={serverNow} />}
    </div>
  );
}

function Quiet({ at, holder, serverNow }: { at: string; holder: string | null; serverNow: string }) {
  const says = useTicking((now) => sayQuiet(at, holder, now), serverNow);
  return <p className="text-sm text-muted">{says}</p>;
}
