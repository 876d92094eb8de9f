import type { OpenInput } from "@/lib/areas/escalation/contract-acts";
import { atOnce, startClocks } from "@/lib/areas/escalation/domain/clocks";
import { limits } from "@/lib/areas/escalation/limits";
import type { Problems } from "@/lib/kernel/act/view";
import type { MayDo } from "@/lib/kernel/contract";
import type { Limit } from "@/lib/kernel/limits";
import { sayMinutes } from "@/lib/kernel/words/durations";
import { theRole, theRoles } from "@/lib/kernel/words/roles";
import { nameProblem, sentenceProblem } from "@/lib/kernel/words/text";
import { slaMinutes } from "@/lib/model/limits";
import { ownership } from "@/lib/model/ownership";
import { escalationPaths, paths, type EscalationPath } from "@/lib/model/paths";
import { severityTable, severities, type Severity } from "@/lib/model/severities";

/** Which paths this person may open items of; for the others, whose they are. */
export type MayOpen = Readonly<Record<EscalationPath, MayDo>>;

/** What is typed, as text; "" is nothing. */
export type NewItem = {
  path: EscalationPath;
  subject: string;
  reason: string;
  owner: string;
  lane: string;
  slaMinutes: string;
  severity: string;
};

/** Whether the path's clocks run by severity, so that one must be chosen. */
export const asksForSeverity = (path: EscalationPath): boolean => path === "incident" || path === "integrity";

export const subjectLabels: Readonly<Record<EscalationPath, { label: string; hint: string }>> = {
  policy_denial: { label: "Run", hint: "thegent's id of the blocked run, such as run_1b65b17e." },
  contract_drift: { label: "What it is about", hint: "The adapter or provider that drifted." },
  integrity: { label: "What it is about", hint: "The chain, the file or the verification that failed." },
  incident: { label: "What it is about", hint: "A short name of the incident." },
};

const severityOf = (text: string): Severity | null => severities.find((severity) => severity === text) ?? null;

/** "P1": what it means, its clocks and whom it reaches, each a sentence. */
export function saySeverity(severity: Severity): { means: string; clocks: string } {
  const { means, firstResponseMinutes, resolutionMinutes } = severityTable[severity];
  return {
    means,
    clocks: `First response ${sayMinutes(firstResponseMinutes)}, resolution ${sayMinutes(resolutionMinutes)}.`,
  };
}

/** What opening it will do, in sentences, by the rules that will do it. `slaMinutes`: the setting in force. */
export function sayOpening(item: NewItem, slaMinutes: number): string {
  const { path } = item;
  const severity = severityOf(item.severity);
  if (asksForSeverity(path) && !severity) return "Choose a severity to see what will happen.";
  const T0 = new Date(0);
  const minutes = Number(item.slaMinutes) || slaMinutes;
  const slas = startClocks({
    path,
    severity,
    startedAt: T0,
    settings: { slaMinutes: minutes, breachAlert: true },
  }).filter(({ kind }) => kind === "sla");
  const raise = atOnce(path, severity);
  const { owner, name } = ownership[paths[path].domain];
  return [
    path === "policy_denial"
      ? "Adds a line to thegent's queue file, as its own command would."
      : "Opens an item here; thegent's files are not touched.",
    `It goes to ${name}: ${theRole(owner)} on duty, or the backup.`,
    raise ? `It reaches ${theRoles(raise.to)} at once.` : "",
    ...slas.map(
      ({ name: clock, dueAt, to }) =>
        `${sentence(clock)} within ${sayMinutes(dueAt.getTime() / 60_000)}; past that it goes to ${theRoles(to)}.`,
    ),
  ]
    .filter(Boolean)
    .join(" ");
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const judgeLine = (text: string, called: string, limit: Limit): string | undefined =>
  sentenceProblem(called, text, limit) ?? undefined;

/** One sentence for each field the server would refuse (openSchema); this saves the way there. */
export function judgeNew(item: NewItem): Problems {
  const denial = item.path === "policy_denial";
  const problems: Problems = {
    subject: denial
      ? (nameProblem("The run", item.subject, limits.run.most) ?? undefined)
      : judgeLine(item.subject, "What it is about", limits.subject),
    reason: judgeLine(item.reason, "The reason", limits.reason),
    owner: item.owner === "" ? undefined : (nameProblem("The owner", item.owner, limits.owner.most) ?? undefined),
    lane: nameProblem("The lane", item.lane, limits.lane.most) ?? undefined,
    slaMinutes: denial ? judgeMinutes(item.slaMinutes) : undefined,
    severity: asksForSeverity(item.path) && !severityOf(item.severity) ? "Choose a severity." : undefined,
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem));
}

function judgeMinutes(text: string): string | undefined {
  const minutes = Number(text);
  if (text.trim() === "" || Number.isNaN(minutes)) return "The SLA is missing.";
  if (!Number.isInteger(minutes)) return "The SLA must be a whole number of minutes.";
  if (minutes < slaMinutes.least) return `The SLA is at least ${slaMinutes.least} minutes.`;
  return minutes > slaMinutes.most ? `The SLA is at most ${slaMinutes.most} minutes.` : undefined;
}

/** What is sent; it has been judged. */
export function toInput({ path, subject, reason, owner, lane, slaMinutes, severity }: NewItem): OpenInput {
  const common = { subject, reason, owner: owner || null, lane };
  return path === "policy_denial"
    ? { path, ...common, slaMinutes: Number(slaMinutes) }
    : { path, ...common, severity: asksForSeverity(path) ? severityOf(severity) : null };
}

/** The path to start with: the one asked for, if it is theirs; else the first that is; null when none is. */
export const firstPath = (may: MayOpen, asked: string | undefined): EscalationPath | null => {
  const open = escalationPaths.filter((path) => may[path].allowed);
  return open.find((path) => path === asked) ?? open[0] ?? null;
};

/** Paths that are not theirs, by the reason; each reason once. */
export function closedPaths(may: MayOpen): { because: string; names: string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const path of escalationPaths) {
    const right = may[path];
    if (!right.allowed) reasons.set(right.because, [...(reasons.get(right.because) ?? []), paths[path].name]);
  }
  return [...reasons].map(([because, names]) => ({ because, names }));
}
