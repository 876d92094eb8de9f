"use client";

import { useState } from "react";
import { Failure } from "@/components/act/failure";
import type { AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import type { ItemActName } from "@/lib/model/actions";
import type { DoAct } from "./use-act";

/** An act that asks for nothing, where it stands by itself: its button, why it failed, or whose it is. */
export function ActButton({ name, detail, act }: { name: ItemActName; detail: EscalationDetail; act: DoAct }) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const view = detail.acts.find((one) => one.name === name);
  if (!view) return null;
  if (!view.allowed) return <p className="text-sm text-muted">{view.because}</p>;
  const press = async () => {
    setPending(true);
    setFailure(await act({ act: name, id: detail.id, version: detail.version }));
    setPending(false);
  };
  return (
    <>
      {failure && <Failure failure={failure} />}
      {view.offered && view.button && (
        <Button pending={pending} onClick={() => void press()}>
          {view.button.words[pending ? 1 : 0]}
        </Button>
      )}
    </>
  );
}
