import type { Me } from "@/components/act/form-values";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import type { BulkOutcome } from "@/lib/areas/escalation/contract-acts";
import type { Outcome } from "@/lib/areas/escalation/domain/escalation";
import { thegentWordFor } from "@/lib/areas/escalation/domain/escalation";
import type { BulkAct, WhyStays } from "@/lib/areas/escalation/domain/stays";
import type { MayDo, PersonRef } from "@/lib/kernel/contract";
import { sayMany } from "@/lib/kernel/words/quantities";
import type { EscalationPath } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import { pathWords } from "./path-words";
import { isLateAt } from "./prepare-clocks";

/** What this person may do to items of each path, and the roles that may work on them. */
export type Rights = Readonly<Record<BulkAct, Readonly<Record<EscalationPath, MayDo>>>> & {
  workers: Readonly<Record<EscalationPath, readonly Role[]>>;
};

/** What is meant to be done; `to`: whom the items go to, once that is chosen. */
export type Intent =
  { act: "claim" } | { act: "assign"; to: PersonRef | null } | { act: "resolve"; outcome: Outcome | null };

export type Plan = {
  /** Items that the act is done to, as far as this page knows. */
  go: EscalationRow[];
  /** Items that stay as they are, each with why, as what follows its subject: "run_x …". */
  stay: { item: EscalationRow; because: string }[];
  /** Of `go`, those past their SLA, where that matters: closing them asks for the cause. */
  late: EscalationRow[];
  /** What mixes in the selection: sentences, the gravest first; none where all items are alike. */
  warns: string[];
  /** What pressing does, in a sentence; null when there is nothing to press for. */
  does: string | null;
};

type Facts = { me: Me; may: Rights; now: number };

/** What one act would do to the items selected, told before it is pressed. The server decides anew for each; this is what is known here. */
export function prepareSelection(intent: Intent, items: readonly EscalationRow[], facts: Facts): Plan {
  const judged = items.map((item) => ({ item, because: whyNot(intent, item, facts) }));
  const go = judged.flatMap(({ item, because }) => (because === null ? [item] : []));
  const stay = judged.flatMap(({ item, because }) => (because === null ? [] : [{ item, because: because.one }]));
  const late = intent.act === "resolve" ? go.filter((item) => isLateAt(item, facts.now)) : [];
  const warns = [
    ...sayStaying(judged),
    ...sayTaken(intent, go, items.length),
    ...sayLate(late, items.length),
    ...sayPaths(go),
  ];
  return { go, stay, late, warns, does: go.length ? sayDoing(intent, go) : null };
}

/** Why an item stays: `all` groups those that stay for the same reason; each takes the verb "is" or "are", or its own. */
type Why = { one: string; many: string; ends?: string };

function whyNot(intent: Intent, item: EscalationRow, { me, may }: Facts): Why | null {
  const why = item.stays?.[intent.act];
  if (why === "closed") return says(`closed already${item.closedBy ? ` by ${nameOf(item.closedBy, me)}` : ""}`);
  const right = may[intent.act][item.path];
  if (!right.allowed)
    return {
      one: `is not yours to ${intent.act}: ${right.because}`,
      many: `are not yours to ${intent.act}: ${right.because}`,
      ends: "",
    };
  const holder = item.claimedBy;
  if (holder && intent.act === "assign" && holder.id === intent.to?.id)
    return says(`claimed by ${nameOf(holder, me)} already`);
  return why ? says(why === "yours" ? "yours already" : `claimed by ${holder?.name ?? "a colleague"}`) : null;
}

const says = (what: string): Why => ({ one: `is ${what}`, many: `are ${what}` });
const nameOf = ({ id, name }: PersonRef, me: Me): string => (id === me.id ? "you" : name);

/** "2 of 5", "All 5", "It" */
const share = (some: number, all: number): string =>
  some < all ? `${some} of ${all}` : all === 1 ? "It" : all === 2 ? "Both" : `All ${all}`;

function sayStaying(judged: readonly { because: Why | null }[]): string[] {
  const groups = new Map<string, { why: Why; count: number }>();
  for (const { because: why } of judged) {
    if (why) groups.set(why.one, { why, count: (groups.get(why.one)?.count ?? 0) + 1 });
  }
  return [...groups.values()].map(({ why, count }) => {
    const ends = why.ends ?? ` and ${count === 1 ? "stays as it is" : "stay as they are"}.`;
    return `${share(count, judged.length)} ${count === 1 ? why.one : why.many}${ends}`;
  });
}

/** What is given to somebody is taken from who holds it. */
function sayTaken(intent: Intent, go: readonly EscalationRow[], all: number): string[] {
  if (intent.act !== "assign") return [];
  const holders = new Map<string, { name: string; count: number }>();
  for (const { claimedBy } of go) {
    if (claimedBy)
      holders.set(claimedBy.id, { name: claimedBy.name, count: (holders.get(claimedBy.id)?.count ?? 0) + 1 });
  }
  return [...holders.values()].map(
    ({ name, count }) => `${share(count, all)} ${count === 1 ? "is" : "are"} claimed by ${name}, whose claim ends.`,
  );
}

function sayLate(late: readonly EscalationRow[], all: number): string[] {
  if (!late.length) return [];
  const named = late.slice(0, 4).map(({ subject }) => subject);
  const more = late.length > named.length ? ` and ${late.length - named.length} more` : "";
  return [
    `${share(late.length, all)} ${late.length === 1 ? "is" : "are"} past the SLA, so the cause is asked for: ${named.join(", ")}${more}.`,
  ];
}

function sayPaths(items: readonly EscalationRow[]): string[] {
  const counts = new Map<EscalationPath, number>();
  for (const { path } of items) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts.size > 1
    ? [
        `They are of ${counts.size} paths: ${[...counts].map(([path, count]) => sayMany(count, pathWords[path].one)).join(", ")}.`,
      ]
    : [];
}

function sayDoing(intent: Intent, go: readonly EscalationRow[]): string {
  const items = sayMany(go.length, "item");
  if (intent.act === "claim") return `Claims ${items} for you.`;
  if (intent.act === "assign")
    return `Gives ${items} to ${intent.to?.name ?? "whom you choose"}${intent.to ? ", who is told" : ""}.`;
  const runs = go.filter(({ runId }) => runId !== null).length;
  const word = intent.outcome ? ` as “${thegentWordFor[intent.outcome]}”` : "";
  return `Closes ${items}.${runs ? ` The pending records of ${sayMany(runs, "run")} are marked${word} in thegent's escalation_queue.jsonl.` : ""}`;
}

/** How an act ended for one item of the selection. */
export type Told = { id: string; subject: string; ok: boolean; says: string };

/** An outcome for every item: the server's for those it was asked about, the plan's reason for those it was not. In the order of the selection. */
export function tellOutcomes(
  items: readonly EscalationRow[],
  plan: Pick<Plan, "stay">,
  outcomes: readonly BulkOutcome[],
): Told[] {
  const known = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  return items.map(({ id, subject }) => {
    const outcome = known.get(id);
    const because = plan.stay.find(({ item }) => item.id === id)?.because;
    return {
      id,
      subject,
      ok: outcome?.ok ?? false,
      says: outcome?.message ?? `Left as it was: it ${because ?? "was not asked for"}.`,
    };
  });
}

/** What the items selected differ in, in a few words beside their number; empty when they are alike. */
export function sayMixture(items: readonly EscalationRow[], now: number): string {
  const that = (why: WhyStays) => items.filter(({ stays }) => stays?.resolve === why).length;
  const [closed, held] = [that("closed"), that("held")];
  const late = items.filter((item) => item.stays?.resolve !== "closed" && isLateAt(item, now)).length;
  const paths = new Set(items.map(({ path }) => path)).size;
  const parts = [
    closed > 0 && `${closed} closed already`,
    late && late < items.length && `${late} past SLA`,
    held > 0 && `${held} claimed by colleagues`,
    paths > 1 && `${paths} paths`,
  ];
  return parts.filter(Boolean).join(" · ");
}
