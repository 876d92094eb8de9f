import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import type { Fields } from "@/lib/kernel/act/view";
import type { EscalationActions } from "./use-act";

/** What a form that is handed in is given. Its words live above it, so that they outlive it. */
export type FormProps = {
  detail: EscalationDetail;
  fields: Fields;
  onFields: (change: Fields) => void;
  /** Why it cannot be sent as things are; null when it can. */
  blocked: string | null;
  onDone: () => void;
  actions: EscalationActions;
  /** The longest validity of an override, in seconds. */
  mostSeconds: number;
};
