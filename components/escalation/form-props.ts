import type { Me, Fields } from "@/components/act/form-values";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import type { EscalationActions } from "./use-act";

/** What every form of an act is given. Its words live above it, so that they outlive it. */
export type FormProps = {
  detail: EscalationDetail;
  me: Me;
  fields: Fields;
  onFields: (change: Fields) => void;
  /** Why it cannot be sent as things are; null when it can. */
  blocked: string | null;
  onDone: () => void;
  actions: EscalationActions;
  /** Whether closing it now is late. */
  late: boolean;
  /** The longest validity of an override, in seconds. */
  mostSeconds: number;
};

export const LATE_CAUSE_HINT = "It missed an SLA clock: what kept it waiting?";
