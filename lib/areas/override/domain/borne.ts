import { isSameOwner } from "./owner";
import type { NewFinding, OverrideLine } from "./findings";

/** What was decided about an override here, as far as thegent's file is known to have said so. */
export type Taken = {
  overrideId: string;
  /** How the decision reached thegent: the approval's write, or the end's. */
  effectId: string;
  owner: string;
  justification: string;
  decidedAt: Date;
  expiresAt: Date;
  /** Null while it is in force. */
  endedAt: Date | null;
};

/** `write` and `end`: the effect is to be carried out again; `tell`: nobody's to undo but a person's. Each with what is found. */
export type Unborne = { do: "write" | "end" | "tell"; overrideId: string; effectId: string; finding: NewFinding };

/**
 * Which decisions the file bears no more: an override that was ended here is honoured again, because an old text came back; one in force has
 * no line any more, or one that ends earlier. What is gone is only known of a file that was read as a `whole`. What somebody cut short is
 * not made longer again: honoring less harms nobody as much as honoring more.
 */
export function decideUnborne(
  taken: readonly Taken[],
  lines: readonly OverrideLine[],
  whole: boolean,
  now: Date,
): Unborne[] {
  return taken.flatMap((one): Unborne[] => {
    const ends = lines.filter((line) => isOf(one, line)).map(({ expiresAt }) => expiresAt.getTime());
    const last = ends.length ? new Date(Math.max(...ends)) : null;
    if (one.endedAt) return last && last > now ? [unborne("end", "override_back", one, last, now)] : [];
    if (!whole || one.expiresAt <= now) return [];
    if (!last) return [unborne("write", "override_gone", one, one.expiresAt, now)];
    return last < one.expiresAt ? [unborne("tell", "override_cut", one, last, last)] : [];
  });
}

const isOf = ({ owner, justification, decidedAt }: Taken, line: OverrideLine): boolean =>
  isSameOwner(line.owner, owner) && line.reason === justification && line.at?.getTime() === decidedAt.getTime();

/** Each time is a finding of its own; one that lasts is found once. */
const unborne = (
  what: Unborne["do"],
  kind: NewFinding["kind"],
  { overrideId, effectId, owner, justification }: Taken,
  expiresAt: Date,
  time: Date,
): Unborne => ({
  do: what,
  overrideId,
  effectId,
  finding: { kind, subject: `${overrideId} ${time.toISOString()}`, owner, reason: justification, at: time, expiresAt },
});
