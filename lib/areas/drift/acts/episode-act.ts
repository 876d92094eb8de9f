import "server-only";
import { z } from "zod";
import type { EpisodeActName, EpisodeDetail } from "@/lib/areas/drift/contract";
import { isOpen as isOpenStatus } from "@/lib/areas/drift/domain/episodes";
import { limits } from "@/lib/areas/drift/limits";
import { statusWords } from "@/lib/areas/drift/words";
import { lateCauseHint } from "@/lib/areas/escalation/port";
import type { Context } from "@/lib/kernel/act/context";
import type { ReviewingAction } from "@/lib/kernel/act/doors";
import { fieldsOf, shapeOf, type Fields, type Read } from "@/lib/kernel/act/fields";
import { toMayDo } from "@/lib/kernel/act/may-do";
import type { Offer } from "@/lib/kernel/act/offer";
import type { ActWords } from "@/lib/kernel/chain/timeline";
import { targetOf, type MayDo } from "@/lib/kernel/contract";
import { throwIfRefused, type Target } from "@/lib/kernel/subject/change-subjects";
import type { PersonActor } from "@/lib/model/decide";
import { changeEpisodes, may, type Steps } from "./change-episode";

/** An episode as one person looks at it. */
export type EpisodeFacts = {
  shown: Pick<
    EpisodeDetail,
    "status" | "asks" | "decision" | "reviewedBy" | "answeredBy" | "holder" | "late" | "acceptDays"
  >;
  meId: string;
};
type EpisodeOffer = Offer<EpisodeFacts>;

type Described<A extends ReviewingAction, F extends Fields<EpisodeFacts>> = Omit<EpisodeOffer, "right"> & {
  act: EpisodeActName;
  action: A;
  /** Why it is not this person's, though the matrix says so: separation of duties. */
  notTheirs?: (facts: EpisodeFacts) => string | null;
  fields?: F;
  does: (input: Read<F>) => Steps<NoInfer<A>>;
  /** How the episode's story tells it, by its event. */
  timeline: ActWords<NoInfer<A>>;
};

export type EpisodeAct<A extends ReviewingAction = ReviewingAction> = EpisodeOffer & {
  act: EpisodeActName;
  action: A;
  schema: z.ZodType<Target>;
  timeline: ActWords<A>;
};

/** An act on an episode: what is called to do it, which throws what went wrong, and what it says of itself. */
export function episodeAct<A extends ReviewingAction, F extends Fields<EpisodeFacts>>(
  described: Described<A, F>,
): ((ctx: Context, input: Target & Read<F>) => Promise<void>) & EpisodeAct<A> {
  const { action, fields = {}, does, notTheirs } = described;
  const one = (ctx: Context, { id, version, ...input }: Target & Read<F>) =>
    changeEpisodes(ctx, action, [{ id, version }], does(input as unknown as Read<F>)).then(throwIfRefused);
  const schema = z.object({
    ...targetOf("an episode of drift"),
    ...shapeOf<EpisodeFacts, Fields<EpisodeFacts>>(fields),
  });
  const right = (person: PersonActor | null, facts: EpisodeFacts): MayDo => {
    const decision = may(action, person);
    const because = decision.allowed ? (notTheirs?.(facts) ?? null) : null;
    return because === null ? toMayDo(decision) : { allowed: false, because, whoCan: [] };
  };
  return Object.assign(one, { absent: absentOf(described.title), ...described, schema, right });
}

const absentOf =
  (title: string) =>
  ({ shown }: EpisodeFacts): string =>
    isOpenStatus(shown) ? `${title} is not offered while the drift is ${statusWords[shown.status]}.` : over(shown);

const { text, textWhile, given } = fieldsOf<EpisodeFacts>();
export { given, text };

const isOpen = ({ shown }: EpisodeFacts): boolean => isOpenStatus(shown);
export const isUnderReview = ({ shown: { status } }: EpisodeFacts): boolean =>
  status === "investigating" || status === "remediating";

const over = ({ status }: EpisodeFacts["shown"]): string => `This episode is ${statusWords[status]}.`;
/** How it ended, where that is why nothing can be done; null while it is open. */
export const whenOver = (facts: EpisodeFacts): string | null => (isOpen(facts) ? null : over(facts.shown));

export const note = (label: string, called = "The note") => text({ called, limit: limits.note, label, rows: 3 });

/** What closing its item late asks for: from the instant on at which it is late. */
export const lateCause = () =>
  textWhile({
    called: "The cause of the lateness",
    limit: limits.lateCause,
    label: "Cause of the lateness",
    rows: 2,
    hint: lateCauseHint,
    asked: ({ shown: { late } }) => ({ after: late, until: null }),
  });

/** The hash of what a decision is made on, as the page showed it. */
export const seenHash = () =>
  given(z.string("What was shown is missing.").regex(/^[0-9a-f]{64}$/, "What was shown is missing."));
