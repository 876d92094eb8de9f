/** What thegent's run registry says of the run; null fields where it says nothing. */
export type RunView = {
  runId: string;
  agent: string | null;
  model: string | null;
  mode: string | null;
  lane: string | null;
  owner: string | null;
  cwd: string | null;
  prompt: string | null;
  status: string | null;
  startedAt: string | null;
  endedAt: string | null;
  exitCode: number | null;
  errorClass: string | null;
  policyResult: string | null;
  policyReason: string | null;
  confidence: number | null;
  domainTag: string | null;
  contractVersion: string | null;
  /** Lines of run_registry.jsonl that speak of the run. */
  lines: number[];
};

/** A line of run_registry.jsonl about one run: its number and what it says. */
export type RegistryLine = { line: number; parsed: Readonly<Record<string, unknown>> };

/**
 * What the registry says of a run, from all its lines in file order. Start records have no `event`; of several (the launcher's
 * and the child's) the last one describes the run, as in thegent. Unlike thegent's own list, a feedback, pause or resume line
 * never erases what the start said. Null when the registry does not know the run.
 */
export function foldRun(runId: string, lines: readonly RegistryLine[]): RunView | null {
  if (!lines.length) return null;
  const events = lines.filter(({ parsed }) => typeof parsed.event === "string").map(({ parsed }) => parsed);
  const start = lines.filter(({ parsed }) => parsed.event === undefined || parsed.event === null).at(-1)?.parsed ?? {};
  const finish = events.filter(({ event }) => event === "finish").at(-1);
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    runId,
    agent: text(start.agent),
    model: text(start.model),
    mode: text(start.mode),
    lane: text(start.lane),
    owner: text(start.owner),
    cwd: text(start.cwd),
    prompt: text(start.prompt),
    status: text(finish?.status) ?? stateFromEvents(events) ?? text(start.status),
    startedAt: text(start.started_at_utc),
    endedAt: text(finish?.ended_at_utc),
    exitCode: number(finish?.exit_code),
    errorClass: text(finish?.error_class),
    policyResult: text(start.policy_result),
    policyReason: text(start.policy_reason),
    confidence: number(start.confidence),
    domainTag: text(start.domain_tag),
    contractVersion: text(start.contract_version),
    lines: lines.map(({ line }) => line),
  };
}

/** Of an unfinished run: the last pause or resume. */
function stateFromEvents(events: readonly RegistryLine["parsed"][]): string | null {
  const last = events.filter(({ event }) => event === "pause" || event === "resume").at(-1);
  return last ? (last.event === "pause" ? "paused" : "running") : null;
}
