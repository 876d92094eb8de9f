/** A line of thegent's queue file, as it writes one of a run that it denied; with its own end. */
export const queueLine = ({ run_id, ...fields }: { run_id: string } & Record<string, unknown>): string =>
  `${JSON.stringify({
    run_id,
    reason: "Circuit open",
    owner: "ana:shop",
    agent: "codex",
    lane: "critical",
    priority: 0,
    blocked_at_utc: "2026-03-01T09:00:00.500000+00:00",
    escalate_by_utc: "2026-03-01T09:30:00.500000+00:00",
    sla_minutes: 30,
    status: "pending",
    ...fields,
  })}\n`;
