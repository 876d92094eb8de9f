"use client";

import { ReceiptFrame } from "@/components/act/receipt-frame";
import { Said } from "@/components/act/said";
import { Notice } from "@/components/ui/notice";
import { Exact } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";

/** Who signed the breach off, when, and with which words. */
export function SignedOff({ detail, focused }: { detail: EscalationDetail; focused: boolean }) {
  return (
    <ReceiptFrame name="Sign-off" focused={focused}>
      <Notice tone="green" live="polite">
        <strong className="font-semibold">Breach signed off</strong> by <bdi>{detail.signedOffBy?.name}</bdi>
        {detail.signedOffAt && (
          <>
            {" "}
            at <Exact at={detail.signedOffAt} />
          </>
        )}
        .
      </Notice>
      <Said name="Note on the breach" text={detail.signOffNote} />
    </ReceiptFrame>
  );
}
