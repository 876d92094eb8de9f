import type { EpisodeDetail } from "@/lib/areas/drift/contract";
import type { Shown } from "@/lib/areas/drift/domain/shown";
import type { Fields } from "@/lib/kernel/act/view";
import type { EpisodeActions } from "./use-episode-act";

/** What the person looked at, and its hash: a decision is bound to it. */
export type Seen = { shown: Shown; hash: string };

/** What a form of an act is given that the server does not draw. Its words live above it, so that they outlive it. */
export type FormProps = {
  name: string;
  detail: EpisodeDetail;
  fields: Fields;
  onFields: (change: Fields) => void;
  /** Why it cannot be sent as things are; null when it can. */
  blocked: string | null;
  onDone: () => void;
  actions: EpisodeActions;
  serverNow: string;
  seen: Seen;
  /** The person has seen what is different now. */
  onSeen: () => void;
};
