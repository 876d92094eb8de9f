import { reach, type Roster } from "@/lib/kernel/notice/roster";
import type { Tell } from "@/lib/kernel/notice/steps";
import type { OperatingModel } from "@/lib/model/model";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Letter, type Role } from "@/lib/model/roles";
import type { Escalation } from "./escalation";
import { next, type Due } from "./next";
import { tellsOfTime } from "./tells";

/** Whom a word to a role gets to at this moment. */
export type Reached = { role: Role; letter: Letter; onDuty: boolean; people: { id: string; name: string }[] };

export type ComesNext = { at: Date; what: Due["do"]; clock: string | null; level: number; reaches: Reached[] };

type Item = Pick<Escalation, "path" | "status" | "clocks" | "level" | "claimedById" | "claimQuietAt">;
type Around = { model: OperatingModel; roster: Roster };

/** What happens to an item next by itself, and whom it would reach if it happened now; what is due already comes first. Null: nothing will. */
export function comesNext(item: Item, now: Date, around: Around): ComesNext | null {
  const { due, at } = next(item, now);
  const first = due[0] ?? (at && next(item, at).due[0]);
  if (!first) return null;
  const clock = first.do === "return-claim" ? null : first.clock;
  return {
    at: due.length ? new Date(now.getTime() - first.lateMs) : at!,
    what: first.do,
    clock: clock?.name ?? null,
    level: Math.max(item.level, clock?.level ?? 0),
    reaches: reached(tellsOfTime([first], paths[item.path].activity), around),
  };
}

const lettersInOrder: readonly Letter[] = ["R", "A", "C", "I"];

/** Who hears of an item of this path now: the roles by their letter on its activity. */
export const hearsOf = (path: EscalationPath, around: Around): Reached[] =>
  lettersInOrder.flatMap((letter) =>
    reached([{ step: "opened", activity: paths[path].activity, to: { letters: [letter] } }], around),
  );

/** A role that is told twice is named once, with its letter on what it is told first. */
function reached(tells: readonly Tell[], { model, roster }: Around): Reached[] {
  const named = new Map<Role, Reached>();
  for (const { activity, to } of tells) {
    const row = model.matrix[activity];
    const told =
      "roles" in to ? to.roles : "letters" in to ? roles.filter((role) => to.letters.includes(row[role])) : [];
    for (const role of told) {
      const { people, onDuty } = reach(role, roster);
      if (!named.has(role))
        named.set(role, { role, letter: row[role], onDuty, people: people.map(({ id, name }) => ({ id, name })) });
    }
  }
  return [...named.values()];
}
