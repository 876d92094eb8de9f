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
  /** Other owners that are known and read like this one; contents that were kept earlier do not say. */
  alike?: readonly string[];
};

/** What an approval is bound to. */
export type Content = {
  owner: string;
  justification: string;
  ticket: string | null;
  requestedSeconds: number;
  radius: BlastRadius;
};

/** What became different between two readings, one plain sentence each; empty exactly when nothing did. */
export function differences(seen: Content, current: Content): string[] {
  const says: string[] = [];
  if (seen.owner !== current.owner) says.push(`The owner is ${current.owner} now; it was ${seen.owner}.`);
  if (seen.justification !== current.justification) says.push("The justification was changed.");
  if (seen.requestedSeconds !== current.requestedSeconds) says.push("Another validity is asked for.");
  if (seen.ticket !== current.ticket) says.push("The ticket was changed.");
  const [before, after] = [seen.radius, current.radius];
  says.push(...named("Pending denials", before.denials, after.denials, ({ runId }) => runId));
  says.push(...named("Agents", before.agents, after.agents, (agent) => agent));
  says.push(
    ...named("Live overrides", before.live, after.live, ({ expiresAt, reason }) => `until ${expiresAt} (${reason})`),
  );
  says.push(...named("Owners that read alike", before.alike ?? [], after.alike ?? [], (owner) => owner));
  const [runsBefore, runsNow] = [total(before), total(after)];
  if (runsBefore !== runsNow) says.push(`Runs of the last 24 hours: ${runsNow} now, ${runsBefore} before.`);
  else if (!isSame(before.runs, after.runs)) says.push("The runs of the last 24 hours are others now.");
  return says;
}

/** Which came and which are gone, by name; the same names that stand for something else are said to be changed. */
function named<T>(what: string, before: readonly T[], after: readonly T[], nameOf: (one: T) => string): string[] {
  if (isSame(before, after)) return [];
  const [was, is] = [before.map(nameOf), after.map(nameOf)];
  const [came, went] = [is.filter((name) => !was.includes(name)), was.filter((name) => !is.includes(name))];
  const says = [
    came.length ? `${what} that came since: ${came.join(", ")}.` : "",
    went.length ? `${what} that are gone since: ${went.join(", ")}.` : "",
  ].filter(Boolean);
  return says.length ? says : [`${what} are others now.`];
}

const total = ({ runs }: BlastRadius): number => runs.reduce((sum, { count }) => sum + count, 0);

/** The same things, in whatever order. */
const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean => texts(a) === texts(b);
const texts = (list: readonly unknown[]): string =>
  JSON.stringify(
    list
      .map((one) => (one && typeof one === "object" ? JSON.stringify(Object.entries(one).sort()) : JSON.stringify(one)))
      .sort(),
  );
