import { nameUnkept } from "@/lib/kernel/words/text";

/** A line of thegent's override registry: who passes policy until when, as thegent honours it. */
export type OverrideLine = {
  of: "override";
  subject: string;
  owner: string;
  reason: string;
  at: Date | null;
  expiresAt: Date;
};

/** A run that thegent let start as overridden. An instant that cannot be read is null. */
export type OverriddenStart = {
  of: "run";
  subject: string;
  owner: string | null;
  reason: string;
  startedAt: Date | null;
};

/** What thegent's files tell. `subject` is the same for the same record, or run, however often it is read. */
export type Evidence = OverrideLine | OverriddenStart;

/** An override that was approved here, whatever became of it. */
export type Backing = { owner: string; justification: string; decidedAt: Date; expiresAt: Date; endedAt: Date | null };

/** What no decision here stands behind; and what was decided here and thegent's file says no more (borne.ts). */
export type FindingKind = "outside_override" | "unbacked_run" | "override_back" | "override_gone" | "override_cut";
export type NewFinding = {
  kind: FindingKind;
  subject: string;
  owner: string;
  reason: string;
  at: Date;
  expiresAt: Date | null;
};

/** Of a reason, as much as people read. */
const longestReason = 2000;

/**
 * Which of these nobody here decided, one finding a subject. Of a record that stands there several times the latest end counts: thegent
 * honours an owner as long as any line says so. What tells no usable instant is found `now`.
 */
export function decideFindings(evidence: readonly Evidence[], backings: readonly Backing[], now: Date): NewFinding[] {
  const byOwner = new Map<string, Backing[]>();
  for (const backing of backings) byOwner.set(backing.owner, [...(byOwner.get(backing.owner) ?? []), backing]);
  const found = new Map<string, NewFinding>();
  for (const one of evidence) {
    const own = (one.owner !== null && byOwner.get(one.owner)) || [];
    if (
      one.of === "override"
        ? own.some((backing) => isRecordOf(backing, one))
        : own.some((backing) => backs(backing, one))
    )
      continue;
    const finding = toFinding(one, now);
    const key = `${finding.kind} ${finding.subject}`;
    const known = found.get(key);
    if (!known) found.set(key, finding);
    else if (known.expiresAt && finding.expiresAt && finding.expiresAt > known.expiresAt)
      found.set(key, { ...known, expiresAt: finding.expiresAt });
  }
  return [...found.values()];
}

/** The cockpit's own record. One that says a later end than was approved is not: nobody decided that. */
const isRecordOf = ({ justification, decidedAt, expiresAt }: Backing, line: OverrideLine): boolean =>
  line.reason === justification && line.at?.getTime() === decidedAt.getTime() && line.expiresAt <= expiresAt;

/** In force from its approval until, and not at, its end. */
const backs = ({ decidedAt, endedAt, expiresAt }: Backing, { startedAt }: OverriddenStart): boolean =>
  startedAt !== null && decidedAt <= startedAt && startedAt < (endedAt ?? expiresAt);

const toFinding = (one: Evidence, now: Date): NewFinding => ({
  kind: one.of === "override" ? "outside_override" : "unbacked_run",
  subject: one.subject,
  owner: nameUnkept(one.owner ?? "not said"),
  reason: nameUnkept(one.reason.slice(0, longestReason)),
  at: (one.of === "override" ? one.at : one.startedAt) ?? now,
  expiresAt: one.of === "override" ? one.expiresAt : null,
});
