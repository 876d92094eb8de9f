import { CockpitError } from "@/lib/kernel/errors";

/** Streams of one person in one process; a browser shares one among its tabs. */
export const mostStreams = 20;

// On globalThis: the bundler may load this module more than once in one process.
const holder = globalThis as unknown as { cockpitStreams?: Map<string, number> };

/** Counts a stream of the person's in, and answers what counts it out again. Refuses with RATE_LIMITED. */
export function countIn(personId: string): () => void {
  const streams = (holder.cockpitStreams ??= new Map<string, number>());
  const open = streams.get(personId) ?? 0;
  if (open >= mostStreams)
    throw new CockpitError(
      "RATE_LIMITED",
      `You have ${mostStreams} live pages open already. Close one, and this one follows.`,
    );
  streams.set(personId, open + 1);
  return () => {
    const left = (streams.get(personId) ?? 1) - 1;
    if (left) streams.set(personId, left);
    else streams.delete(personId);
  };
}
