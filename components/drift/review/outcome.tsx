import { Said } from "@/components/act/said";
import { Section } from "@/components/ui/section";
import { Exact } from "@/components/ui/time";
import type { EpisodeDetail } from "@/lib/areas/drift/contract";
import { sayShown } from "@/lib/areas/drift/domain/shown";
import { decisionNames } from "@/lib/areas/drift/words";
import { sayMany } from "@/lib/kernel/words/quantities";

/** What was decided, by whom, on what; and what who is accountable answered. */
export function Outcome({ detail }: { detail: EpisodeDetail }) {
  const { decision, reviewedBy, reviewedAt, evidence, decidedOn, acceptDays, answer, answeredBy, answeredAt } = detail;
  if (!decision || !reviewedBy || !reviewedAt) return null;
  const lines = evidence.map(({ line }) => line);
  return (
    <Section title="What was decided">
      <div className="space-y-2 text-sm">
        <p>
          <strong className="font-semibold">
            {decisionNames[decision]}
            {acceptDays !== null && `, ${sayMany(acceptDays, "day")}`}
          </strong>{" "}
          by <bdi>{reviewedBy.name}</bdi>, <Exact at={reviewedAt} />
        </p>
        <Said name="What caused it" text={detail.cause} />
        <Said name="Note" text={detail.note} />
        {lines.length > 0 && <Said name="Evidence, by line of contract_telemetry.jsonl" text={lines.join(", ")} />}
        {decidedOn && <Said name="Decided on" text={sayShown(decidedOn).join("\n")} />}
        {answer && answeredBy && answeredAt && (
          <>
            <p>
              <strong className="font-semibold">{answer === "approved" ? "Approved" : "Declined"}</strong> by{" "}
              <bdi>{answeredBy.name}</bdi>, <Exact at={answeredAt} />
            </p>
            <Said name="Reason" text={detail.answerNote} />
          </>
        )}
        {!answer && !detail.asks && (decision === "accept" || decision === "adapter_change") && (
          <p className="text-muted">Nobody answered before the episode ended.</p>
        )}
      </div>
    </Section>
  );
}
