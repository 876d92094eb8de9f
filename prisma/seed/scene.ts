import type { Players } from "@/lib/areas/source/acts/play-scene";
import type { Context } from "@/lib/kernel/act/context";

/** What a scene is given: who plays, where thegent's files are, when it is. */
export type Stage = { people: Players; directory: string; now: Date; requestId: string };

/** A situation that is worth looking at, made by the doors that people and thegent use. Played again it stands there once more, under new names. */
export type Scene = {
  /** What stands there afterwards, as a sentence. */
  says: string;
  /** Answers how to find it. */
  play(stage: Stage): Promise<string>;
};

/** Somebody of this role acts now. */
export const as = ({ people, now, requestId }: Stage, role: keyof Players): Context => ({
  actor: people[role],
  now,
  requestId,
});

/** What tells this time from the others; the id of the request is made anew each time. */
export const nameOf = ({ requestId }: Stage): string => requestId.slice(-6);
