"use client";

import { useEffect, useRef, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { Exact } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import type { Me } from "./prepare";
import { saySignOffBlocked } from "./prepare-breach";
import { Said } from "./said";
import { SignOffForm } from "./sign-off-form";
import type { EscalationActions } from "./use-act";

type Props = { detail: EscalationDetail; me: Me; signOff: EscalationActions["signOff"] };

/** The breach of an item, open or closed: its sign-off, the way there, or who has it. */
export function Breach({ detail, me, signOff }: Props) {
  const [note, setNote] = useState("");
  const [done, setDone] = useState(false);
  const receipt = useRef<HTMLDivElement>(null);
  const signed = detail.signedOffBy !== null;
  const { signOff: may } = detail.may;

  // As with a resolution: the form is gone, and whoever pressed it goes on at the receipt.
  useEffect(() => {
    if (done && signed) receipt.current?.focus();
  }, [done, signed]);

  const finish = () => {
    setNote("");
    setDone(true);
  };
  return (
    <section aria-label="Breach" className="space-y-3 border-t border-line pt-3">
      <h3 className="font-semibold">Breach</h3>
      {signed && (
        <div ref={receipt} tabIndex={-1} role="group" aria-label="Sign-off" className="space-y-3 outline-none">
          <SignedOff detail={detail} />
        </div>
      )}
      {!signed && !may.allowed && (
        <Notice icon="person">
          <p className="font-medium">Sign off the breach</p>
          <p>{may.because}</p>
        </Notice>
      )}
      {/* What was typed outlives a colleague's sign-off. */}
      {may.allowed && (!signed || note !== "") && (
        <SignOffForm detail={detail} blocked={saySignOffBlocked(detail, me, Date.parse(detail.now))} note={note} onNote={setNote} onDone={finish} signOff={signOff} />
      )}
    </section>
  );
}

function SignedOff({ detail }: { detail: EscalationDetail }) {
  return (
    <>
      <Notice tone="green" live="polite">
        <strong className="font-semibold">Signed off</strong> by <bdi>{detail.signedOffBy?.name}</bdi>
        {detail.signedOffAt && (
          <>
            {" "}
            at <Exact at={detail.signedOffAt} />
          </>
        )}
        .
      </Notice>
      <Said name="Note on the breach" text={detail.signOffNote} />
    </>
  );
}
