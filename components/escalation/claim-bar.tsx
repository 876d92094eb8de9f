"use client";

import { useState } from "react";
import { Failure } from "@/components/act/failure";
import type { Me } from "@/components/act/form-values";
import { announce } from "@/components/shell/announcer";
import type { AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { useTicking } from "@/components/ui/time";
import type { EscalationDetail, ItemActInput } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import type { ActView, AllowedAct, ButtonSpec } from "@/lib/kernel/act/view";
import { sayQuiet } from "./prepare-claim";
import { useAct, type EscalationActions } from "./use-act";
import { useClaimReceipt } from "./use-claim";
import { useDetailKeys } from "./use-detail-keys";

type Props = {
  detail: EscalationDetail;
  me: Me;
  actions: EscalationActions;
  serverNow: string;
  go: (act: string) => void;
};
type Pressed = AllowedAct & { button: ButtonSpec };

const isThere = (act: ActView): act is Pressed => act.allowed && act.offered && act.button?.place === "bar";

/** The acts that ask for nothing: takes the item, holds it longer, gives it back to the queue; says how long the claim holds by itself. */
export function ClaimBar({ detail, me, actions, serverNow, go }: Props) {
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const act = useAct(actions.act);
  const receipt = useClaimReceipt(actions);
  const buttons = detail.acts.filter(isThere);

  const run = async ({ name, done, button }: Pressed) => {
    if (busy) return;
    setBusy(name);
    const refused = await act({ act: name as ItemActInput["act"], id: detail.id, version: detail.version });
    setFailure(refused);
    setBusy(null);
    if (refused || !done) return;
    if (button.back) receipt(detail.id);
    else announce(done, "green");
  };
  useDetailKeys(
    detail.acts,
    (asked) => {
      const button = buttons.find(({ name }) => name === asked);
      if (button) void run(button);
    },
    go,
  );

  if (!buttons.length && !failure) return null;
  return (
    <div className="space-y-2">
      {failure && <Failure failure={failure} />}
      <div className="flex flex-wrap items-center gap-2">
        {/* One button whatever its words are, so that the focus stays where it was pressed. */}
        {buttons.map((button) => (
          <Button
            key={button.name}
            pending={busy === button.name}
            onClick={() => void run(button)}
            title={button.key ? `${button.button.words[0]} (${button.key})` : undefined}
          >
            {button.button.words[busy === button.name ? 1 : 0]}
          </Button>
        ))}
      </div>
      {detail.claimQuietAt && detail.claimedBy && isActive(detail.status) && (
        <Quiet
          at={detail.claimQuietAt}
          holder={detail.claimedBy.id === me.id ? null : detail.claimedBy.name}
          serverNow={serverNow}
        />
      )}
    </div>
  );
}

function Quiet({ at, holder, serverNow }: { at: string; holder: string | null; serverNow: string }) {
  const says = useTicking((now) => sayQuiet(at, holder, now), serverNow);
  return <p className="text-sm text-muted">{says}</p>;
}
