import { Notice } from "@/components/ui/notice";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { refusalsOf } from "./prepare-acts";

/** Whose the acts are that this person may not do; the same sentence is said once. */
export function Refusals({ detail }: { detail: EscalationDetail }) {
  return refusalsOf(detail).map(({ because, names }) => (
    <Notice key={because} icon="person">
      <p className="font-medium">{names.join(", ")}</p>
      <p>{because}</p>
    </Notice>
  ));
}
