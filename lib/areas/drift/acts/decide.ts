import "server-only";
import { z } from "zod";
import { asksFor, decideReview, decisions, type Decision, type Evidence } from "@/lib/areas/drift/domain/review";
import { askedTell } from "@/lib/areas/drift/domain/tells";
import { limits, mostEvidence } from "@/lib/areas/drift/limits";
import { findEvidence } from "@/lib/areas/drift/read/evidence";
import { decisionNames } from "@/lib/areas/drift/words";
import { decideCancel, decideReport, endingOf, type Escalation, type Transition } from "@/lib/areas/escalation/port";
import { textOf } from "@/lib/kernel/chain/timeline";
import type { Tx } from "@/lib/kernel/db/client";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { quietMinutesOf } from "@/lib/model/settings";
import { episodeAct, given, isUnderReview, lateCause, note, seenHash, text, whenOver } from "./episode-act";

const line = z.coerce.number("That is no line.").int("A line is a whole number.").min(1).max(2_147_483_647);
const lines = z
  .array(line, "Say which events, by their lines.")
  .max(mostEvidence, `At most ${mostEvidence} events are kept with a decision.`)
  .transform((all) => [...new Set(all)].sort((a, b) => a - b));

/** What caused it, what is done about it, and on what evidence; bound to what the reviewer was shown. */
export const decideOnEpisode = episodeAct({
  act: "decide",
  action: "drift.decide",
  title: "Decide",
  called: "Decide what is done",
  fields: {
    cause: text({ called: "The cause", limit: limits.cause, label: "What caused it", rows: 3 }),
    decision: given(z.enum(decisions, "Choose what is done.")),
    evidence: given(lines),
    note: note("Note"),
    days: given(
      z.coerce
        .number("Say for how many days.")
        .nullish()
        .transform((days) => days ?? null),
    ),
    lateCause: lateCause(),
    seenHash: seenHash(),
  },
  handedIn: { texts: ["cause", "note", "lateCause"] },
  done: "The decision is kept.",
  fits: isUnderReview,
  blocked: whenOver,
  does: ({ cause, decision, evidence, note: why, days, lateCause: late, seenHash: seen }) => ({
    decide: async (episode, by, tx) => {
      const kept = await keepEvidence(tx, episode.sourceId, evidence);
      return decideReview(episode, { ...by, decision, note: why, evidence: kept, days, seenHash: seen });
    },
    onItem: (item, by) => reported(item, { ...by, cause, decision, note: why, lateCause: late }),
    says: ({ episode, item }) => ({
      decision,
      cause,
      note: why,
      evidence: episode.evidence,
      days: episode.acceptDays,
      shown: episode.shown,
      shownHash: episode.shownHash,
      lateCause: item.lateCause,
    }),
    tells: ({ episode }) => {
      const asks = asksFor(episode);
      return asks ? [askedTell(asks)] : [];
    },
    settles: endingOf(decision === "false_alarm" ? "close" : "claim", null),
  }),
  timeline: ({ decision, cause, note: why, evidence, days }) => ({
    kind: "reported",
    says: [
      `Decided: ${nameOf(decision)}`,
      typeof days === "number" ? `asked for ${sayMany(days, "day")}` : "",
      Array.isArray(evidence) && evidence.length ? `on the evidence of ${sayMany(evidence.length, "event")}` : "",
    ]
      .filter(Boolean)
      .join(", "),
    text: [textOf(cause), textOf(why)].filter(Boolean).join("\n"),
  }),
});

function nameOf(decision: unknown): string {
  const known = decisions.find((one) => one === decision);
  return known ? decisionNames[known] : "unknown";
}

/** What stands on the lines that were picked; refused where one holds no event. */
async function keepEvidence(tx: Tx, sourceId: string, picked: readonly number[]): Promise<Evidence[]> {
  const found = await findEvidence(tx, sourceId, picked);
  const missing = picked.filter((one) => !found.some((kept) => kept.line === one));
  if (!missing.length) return found;
  const named = missing.slice(0, 5).map(sayCount).join(", ");
  const says = `No event of contract_telemetry.jsonl stands on line ${named}, as it was last read. Take it out, or pick another.`;
  throw new CockpitError("REJECTED", says, { evidence: says });
}

type Reporting = {
  personId: string;
  now: Date;
  cause: string;
  decision: Decision;
  note: string;
  lateCause: string | null;
};

/** The cause is the item's finding, which stops the clock that waits for it; a false alarm closes the item, too. */
function reported(item: Escalation, { cause, decision, note: why, lateCause: late, ...by }: Reporting): Transition {
  const report = decideReport(item, {
    ...by,
    quietMinutes: quietMinutesOf(env().settings),
    finding: cause,
    adapterChange: decision === "adapter_change",
  });
  if (!report.ok || decision !== "false_alarm") return report;
  const cancelled = decideCancel(report.next, { ...by, note: why, lateCause: late });
  return cancelled.ok ? { ...cancelled, overdue: [...report.overdue, ...cancelled.overdue] } : cancelled;
}
