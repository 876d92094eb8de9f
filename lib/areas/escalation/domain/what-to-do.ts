import { listed } from "@/lib/model/decide";
import { paths, type StoppedBy } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import { isActive, isLate, type Escalation } from "./escalation";
import { sayLoss } from "./loss";

type Facts = {
  item: Pick<Escalation, "path" | "status" | "dueAt" | "dueClock" | "breachedAt" | "signedOffById" | "lostAt">;
  /** Who holds it. */
  holder: { id: string; name: string } | null;
  /** What thegent must still take up, if anything. */
  effect: { kind: "thegent.resolve" | "thegent.add"; status: "pending" | "applied" | "failed" } | null;
  /** A later thegent writes the file that its record is gone from. */
  resolvesByRemoving: boolean;
  /** Who reads it, and whether they may work on such items and sign breaches off. */
  reader: { id: string; works: boolean; signsOff: boolean };
  /** Whose these things are. */
  roles: { work: readonly Role[]; signOff: readonly Role[] };
  now: Date;
};

/** What stops the clock that is due next, as it is said to the reader and of somebody else. */
const deeds: Readonly<Record<StoppedBy, { you: string; they: string }>> = {
  claim: { you: "claim it", they: "claims it" },
  finding: { you: "record what you found out", they: "records what was found out" },
  close: { you: "resolve it", they: "resolves it" },
};

/** One sentence: what is to be done next about an item, and whose it is, from where the reader stands. */
export function sayWhatToDo(facts: Facts): string {
  const { item, effect, reader, roles } = facts;
  const unsigned = item.breachedAt !== null && item.signedOffById === null;
  if (effect?.status === "failed") {
    const what =
      effect.kind === "thegent.add"
        ? "The record could not be added to thegent's queue file"
        : "The decision could not be written into thegent's queue file";
    return `${what}: ${reader.works ? "see why, then have it written again" : `${listed(roles.work)} has it written again`}.`;
  }
  if (isActive(item.status)) return item.lostAt ? sayLost(facts) : sayOpen(facts);
  if (unsigned)
    return `It missed its SLA: ${reader.signsOff ? "sign the breach off" : `${listed(roles.signOff)} signs the breach off`}.`;
  if (effect?.status === "pending") return "Decided here; it is being written into thegent's queue file.";
  return "Nothing is left to do.";
}

function sayLost({ effect, resolvesByRemoving, reader, roles }: Facts): string {
  if (effect?.kind === "thegent.add" && effect.status === "pending")
    return "Its record vanished from thegent's file; it is being added again.";
  return `Its record is gone from thegent's file; ${sayLoss(resolvesByRemoving)}: ${reader.works ? "add it again, or resolve it" : `${listed(roles.work)} adds it again, or resolves it`}.`;
}

function sayOpen({ item, holder, reader, roles, now }: Facts): string {
  const late = isLate(item, now);
  const stoppedBy = paths[item.path].clocks.find(({ name }) => name === item.dueClock)?.stoppedBy ?? "close";
  const { you, they } = deeds[stoppedBy];
  const inTime = late ? "" : " by its due time";
  if (holder?.id === reader.id)
    return `You work on it${late ? ", past its SLA" : ""}: ${you}${inTime}; your claim returns to the queue if nothing is heard of you.`;
  if (holder)
    return `${holder.name} works on it${late ? ", past its SLA," : ""} and ${they}${inTime}; the claim returns to the queue if nothing is heard of its holder.`;
  // Where taking it is what is due, there is no second way.
  const taking = reader.works
    ? `claim it${stoppedBy === "claim" ? "" : `, or ${you}`}`
    : `${listed(roles.work)} claims it${stoppedBy === "claim" ? "" : `, or ${they}`}`;
  return `Unclaimed${late ? " and past its SLA" : ""}: ${taking}${inTime}.`;
}
