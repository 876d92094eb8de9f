import { Notice } from "@/components/ui/notice";
import type { ActView } from "@/lib/kernel/act/view";
import { refusalsOf } from "./prepare-acts";

/** Whose the acts are that this person may not do; the same sentence is said once. */
export function Refusals({ acts }: { acts: readonly ActView[] }) {
  return refusalsOf(acts).map(({ because, names }) => (
    <Notice key={because} icon="person">
      <p className="font-medium">{names.join(", ")}</p>
      <p>{because}</p>
    </Notice>
  ));
}
