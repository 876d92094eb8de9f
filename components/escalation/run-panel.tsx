import { Fact, Section } from "@/components/ui/section";
import { Exact } from "@/components/ui/time";
import type { QueueRecordView } from "@/lib/areas/escalation/contract";
import type { RunView } from "@/lib/areas/run/port";
import { sayMany } from "@/lib/kernel/words/quantities";
import { saySubject } from "@/lib/kernel/words/subjects";
import { sayLater, someLines } from "./say-records";

/** What thegent's run registry says of the run. `headline` is the reason that the page's head gives already. */
export function RunPanel({ run, runId, headline }: { run: RunView | null; runId: string; headline: string }) {
  if (!run) {
    return (
      <Section title="The run">
        <p className="text-muted">
          thegent&apos;s run_registry.jsonl says nothing of <bdi>{saySubject(runId)}</bdi>: the policy stopped it before
          it was registered, or its lines are not read yet.
        </p>
      </Section>
    );
  }
  const ended = [run.exitCode === null ? null : `exit ${run.exitCode}`, run.errorClass].filter(Boolean).join(", ");
  return (
    <Section title="The run" aside={`run_registry.jsonl, line ${someLines(run.lines)}`}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Fact name="Status">{run.status}</Fact>
        <Fact name="Model">{run.model}</Fact>
        <Fact name="Mode">{run.mode}</Fact>
        <Fact name="Confidence">{run.confidence === null ? null : String(run.confidence)}</Fact>
        <Fact name="Policy">{run.policyResult}</Fact>
        <Fact name="Policy's reason">{run.policyReason === headline ? null : run.policyReason}</Fact>
        <Fact name="Domain">{run.domainTag}</Fact>
        <Fact name="Contract">{run.contractVersion}</Fact>
        <Fact name="Started">{run.startedAt && <Exact at={run.startedAt} />}</Fact>
        <Fact name="Ended">{run.endedAt && <Exact at={run.endedAt} />}</Fact>
        <Fact name="Ended with">{ended}</Fact>
        <Fact name="Directory">{run.cwd && <bdi className="font-mono">{run.cwd}</bdi>}</Fact>
      </dl>
      {run.prompt && (
        <div>
          <p className="text-xs text-muted" id="prompt-label">
            Prompt
          </p>
          {/* It scrolls, so it must be reachable by keyboard. */}
          <pre
            tabIndex={0}
            aria-labelledby="prompt-label"
            role="region"
            className="max-h-40 overflow-auto rounded border border-line bg-surface px-2 py-1 font-mono text-sm whitespace-pre-wrap"
          >
            <bdi>{run.prompt.trim()}</bdi>
          </pre>
        </div>
      )}
    </Section>
  );
}

/** The run's lines in thegent's queue file; their reasons only where one differs from the headline. */
export function RecordsPanel({ records, headline }: { records: readonly QueueRecordView[]; headline: string }) {
  const reasons = records.some(({ reason }) => reason !== headline);
  const later = sayLater(records);
  return (
    <Section title="thegent's records" aside={`escalation_queue.jsonl, ${sayMany(records.length, "line")}`}>
      {records.length === 0 ? (
        <p className="text-muted">thegent&apos;s queue file holds no line of this run any more.</p>
      ) : (
        <div tabIndex={0} role="region" aria-label="thegent's records" className="max-h-48 overflow-auto">
          <table className="w-full min-w-[30rem] text-left text-sm wrap-normal [&_td]:py-1 [&_td]:pr-4 [&_td]:align-top [&_th]:pr-4 [&_th]:text-xs [&_th]:font-normal [&_th]:text-muted">
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Status</th>
                <th scope="col">Escalate by</th>
                <th scope="col">Resolved</th>
                {reasons && (
                  <th scope="col" className="w-1/2">
                    Reason
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <tr
                  key={`${record.line}-${record.blockedAt}-${record.gone}`}
                  className={record.gone ? "text-muted line-through" : undefined}
                >
                  <td>{record.line}</td>
                  <td>
                    <bdi>{record.status}</bdi>
                    {record.gone && <span className="sr-only"> (no longer in the file)</span>}
                  </td>
                  <td className="whitespace-nowrap">{record.escalateBy ? <Exact at={record.escalateBy} /> : "—"}</td>
                  <td className="whitespace-nowrap">{record.resolvedAt ? <Exact at={record.resolvedAt} /> : "—"}</td>
                  {reasons && (
                    <td>
                      <bdi className="line-clamp-2 wrap-anywhere" title={record.reason}>
                        {record.reason}
                      </bdi>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {later && <p className="text-sm text-muted">{later}</p>}
    </Section>
  );
}
