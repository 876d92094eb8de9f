import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
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

const recordColumns: readonly PlainColumn<QueueRecordView>[] = [
  { id: "line", head: "Line", cell: ({ line }) => line },
  {
    id: "status",
    head: "Status",
    cell: ({ status, gone }) => (
      <>
        <bdi>{status}</bdi>
        {gone && <span className="sr-only"> (no longer in the file)</span>}
      </>
    ),
  },
  {
    id: "escalate-by",
    head: "Escalate by",
    className: "whitespace-nowrap",
    cell: ({ escalateBy }) => (escalateBy ? <Exact at={escalateBy} /> : "—"),
  },
  {
    id: "resolved",
    head: "Resolved",
    className: "whitespace-nowrap",
    cell: ({ resolvedAt }) => (resolvedAt ? <Exact at={resolvedAt} /> : "—"),
  },
];
const reasonColumn: PlainColumn<QueueRecordView> = {
  id: "reason",
  head: "Reason",
  className: "w-1/2",
  cell: ({ reason }) => (
    <bdi className="line-clamp-2 wrap-anywhere" title={reason}>
      {reason}
    </bdi>
  ),
};

/** The run's lines in thegent's queue file; their reasons only where one differs from the headline. */
export function RecordsPanel({ records, headline }: { records: readonly QueueRecordView[]; headline: string }) {
  const reasons = records.some(({ reason }) => reason !== headline);
  const later = sayLater(records);
  return (
    <Section title="thegent's records" aside={`escalation_queue.jsonl, ${sayMany(records.length, "line")}`}>
      {records.length === 0 ? (
        <p className="text-muted">thegent&apos;s queue file holds no line of this run any more.</p>
      ) : (
        <PlainTable
          name="thegent's records"
          columns={reasons ? [...recordColumns, reasonColumn] : recordColumns}
          rows={records}
          keyOf={({ line, blockedAt, gone }) => `${line}-${blockedAt}-${gone}`}
          lookOf={({ gone }) => (gone ? "text-muted line-through" : undefined)}
          className="max-h-48 overflow-auto"
          tableClassName="min-w-[30rem]"
        />
      )}
      {later && <p className="text-sm text-muted">{later}</p>}
    </Section>
  );
}
