import "server-only";
import { raisedTell } from "@/lib/areas/escalation/domain/tells";
import { decideReport } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { textOf } from "@/lib/kernel/chain/timeline";
import { theRoles } from "@/lib/kernel/words/roles";
import { paths } from "@/lib/model/paths";
import { check, isOpen, itemAct, text, whenClosed, type ItemFacts } from "./item-act";

/** What was found out. "Adapter change required" raises contract drift to the Product Owner at once. */
export const reportFinding = itemAct({
  action: "escalation.report",
  title: "Record finding",
  called: "Record a finding",
  fields: {
    finding: text({
      called: "The finding",
      limit: limits.finding,
      label: ({ item }) => (item.path === "integrity" ? "Root cause" : "Finding"),
      rows: 3,
      hint: ({ item }) =>
        item.finding ? "Replaces the finding that stands; the one before stays in the audit trail." : null,
    }),
    adapterChange: check({
      label: "Adapter change required",
      asked: ({ item }) => raiseOf(item) !== null && !item.adapterChange,
      consequence: sayRaised,
    }),
  },
  form: {
    label: "Record a finding",
    submit: ["Record the finding", "Recording…"],
    consequence: sayStops,
    notes: ({ item }) => (item.adapterChange ? ["That an adapter change is required is recorded already."] : []),
  },
  done: "The finding is recorded.",
  fits: (facts) => isOpen(facts) && clockOf(facts) !== undefined,
  isFirst: ({ item }) => item.finding === null,
  blocked: whenClosed,
  does: (found) => ({
    decide: (item, by) => decideReport(item, { ...by, ...found }),
    says: (next) => ({ finding: found.finding, adapterChange: next.adapterChange }),
    tells: (next, before) => {
      const raise = next.adapterChange && !before.adapterChange ? raiseOf(next) : null;
      return raise ? [raisedTell(raise.level, raise.to, raise.activity)] : [];
    },
  }),
  timeline: ({ adapterChange, level, finding }) => ({
    kind: "reported",
    says: `Recorded what was found out${adapterChange ? "; an adapter change is required" : ""}${typeof level === "number" ? `, which raised it to level ${level}` : ""}`,
    text: textOf(finding),
  }),
});

const raiseOf = ({ path }: Pick<ItemFacts["item"], "path">) => paths[path].adapterChange;
/** The path's clock that waits for a finding, where it asks for one. */
const clockOf = ({ item }: ItemFacts) => paths[item.path].clocks.find(({ stoppedBy }) => stoppedBy === "finding");

function sayStops(facts: ItemFacts): string {
  return `Stops the clock “${clockOf(facts)?.name ?? "investigate"}”. The finding stays in the audit trail.`;
}

function sayRaised(facts: ItemFacts): string | null {
  const raise = raiseOf(facts.item);
  if (!raise) return null;
  return `${sayStops(facts)} It goes to ${theRoles(raise.to)} at once${raise.level > facts.item.level ? `, at level ${raise.level}` : ""}, because a change of contract must be decided.`;
}
