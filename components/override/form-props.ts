import type { OverrideDetail } from "@/lib/areas/override/contract";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import type { Fields } from "@/lib/kernel/act/view";
import type { OverrideActions } from "./use-override-act";

/** What the person looked at, and its hash: an approval is bound to it. */
export type Seen = { content: Content; hash: string };

/** What a form of an act is given that the server does not draw. Its words live above it, so that they outlive it. */
export type FormProps = {
  detail: OverrideDetail;
  fields: Fields;
  onFields: (change: Fields) => void;
  /** Why it cannot be sent as things are; null when it can. */
  blocked: string | null;
  onDone: () => void;
  actions: OverrideActions;
  serverNow: string;
  /** The longest validity that may be asked for, in seconds. */
  most: number;
  seen: Seen;
  /** The person has seen what is different now. */
  onSeen: () => void;
};
