import { Notice } from "@/components/ui/notice";
import type { ActView } from "@/lib/kernel/act/view";
import { refusalsOf } from "./prepare-acts";

/** Why things may not be done by this person: each reason once, with all that it refuses. */
export function Reasons({ of }: { of: readonly { because: string; names: readonly string[] }[] }) {
  return of.map(({ because, names }) => (
    <Notice key={because} icon="person">
      <p className="font-medium">{names.join(", ")}</p>
      <p>{because}</p>
    </Notice>
  ));
}

/** Whose the acts are that this person may not do. */
export const Refusals = ({ acts }: { acts: readonly ActView[] }) => <Reasons of={refusalsOf(acts)} />;
