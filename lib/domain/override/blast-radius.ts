/** What an approval lets pass: the owner's doings as thegent's files tell them. */
export type BlastRadius = {
  owner: string;
  /** Their other pending denials, most urgent first. */
  denials: readonly { runId: string; reason: string; lane: string }[];
  /** Their runs of the last 24 hours, by lane and what policy said of them. thegent records no environment with a run. */
  runs: readonly { lane: string; policyResult: string; count: number }[];
  /** Agents of those runs and denials. */
  agents: readonly string[];
  /** Overrides of the owner that hold already: the cockpit's and those made in thegent itself. */
  live: readonly { id: string | null; expiresAt: string; reason: string }[];
};

/** What an approval is bound to. */
export type Content = { owner: string; justification: string; ticket: string | null; requestedSeconds: number; radius: BlastRadius };

/** What became different between two readings, one plain sentence each; empty when nothing did. */
export function differences(seen: Content, current: Content): string[] {
  const says: string[] = [];
  if (seen.owner !== current.owner) says.push(`The owner is ${current.owner} now; it was ${seen.owner}.`);
  if (seen.justification !== current.justification) says.push("The justification was changed.");
  if (seen.requestedSeconds !== current.requestedSeconds) says.push("Another validity is asked for.");
  if (seen.ticket !== current.ticket) says.push("The ticket was changed.");
  const named = (before: readonly string[], after: readonly string[], one: string) => {
    const [came, went] = [after.filter((name) => !before.includes(name)), before.filter((name) => !after.includes(name))];
    if (came.length) says.push(`${one} that came since: ${came.join(", ")}.`);
    if (went.length) says.push(`${one} that are gone since: ${went.join(", ")}.`);
  };
  named(seen.radius.denials.map(({ runId }) => runId), current.radius.denials.map(({ runId }) => runId), "Pending denials");
  named(seen.radius.agents, current.radius.agents, "Agents");
  named(seen.radius.live.map(sayLive), current.radius.live.map(sayLive), "Live overrides");
  const [before, after] = [total(seen.radius), total(current.radius)];
  if (before !== after) says.push(`Runs of the last 24 hours: ${after} now, ${before} before.`);
  else if (sayRuns(seen.radius) !== sayRuns(current.radius)) says.push("The runs of the last 24 hours are others now.");
  return says;
}

const total = ({ runs }: BlastRadius): number => runs.reduce((sum, { count }) => sum + count, 0);
const sayRuns = ({ runs }: BlastRadius): string => runs.map(({ lane, policyResult, count }) => `${lane} ${policyResult} ${count}`).sort().join("\n");
const sayLive = ({ expiresAt, reason }: BlastRadius["live"][number]): string => `until ${expiresAt} (${reason})`;
