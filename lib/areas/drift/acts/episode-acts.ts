import "server-only";
import type { EpisodeActName } from "@/lib/areas/drift/contract";
import type { Context } from "@/lib/kernel/act/context";
import type { ActWords } from "@/lib/kernel/chain/timeline";
import { answers } from "./answer";
import { decideOnEpisode } from "./decide";
import type { EpisodeAct } from "./episode-act";
import { finishRemediation } from "./finish";
import { investigateEpisode } from "./investigate";

/** As it is called with what its own schema has read. */
type Called = (ctx: Context, input: never) => Promise<void>;

/** Everything that can be done with an episode, in the order in which it is offered. Its page, its door, its story and its tests are made of these. */
export const episodeActs: Readonly<Record<EpisodeActName, EpisodeAct & Called>> = {
  ...answers,
  investigate: investigateEpisode,
  decide: decideOnEpisode,
  finish: finishRemediation,
};

/** How an episode's story tells each of them, by its action. */
export const wordsOfEpisodeActs: Readonly<Record<string, ActWords>> = {
  ...Object.fromEntries(Object.values(episodeActs).map(({ action, timeline }) => [action, timeline])),
  "drift.end-waiver": ({ returnedAs }) =>
    returnedAs
      ? {
          kind: "expired",
          says: "The time for which it was accepted is over; the drift is still found, and is an episode again",
        }
      : { kind: "expired", says: "The time for which it was accepted is over; the drift had gone by then" },
};
