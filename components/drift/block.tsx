import Link from "next/link";
import { Section } from "@/components/ui/section";
import { Ago } from "@/components/ui/time";
import type { BlockView } from "@/lib/areas/drift/contract-views";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { sayLift } from "./prepare-views";

/** The block of the critical lane: since when, which runs it denied, and what lifts it. */
export function Block({ block, serverNow }: { block: BlockView; serverNow: string }) {
  const { since, sinceLine, denied } = block;
  return (
    <Section title="The block">
      <p className="text-sm">
        {since === null ? (
          <>Its lines do not tell since when it lasts.</>
        ) : (
          <>
            Since <Ago at={since} serverNow={serverNow} />
            {sinceLine !== null && `, with line ${sayCount(sinceLine)} of contract_telemetry.jsonl`}.
          </>
        )}{" "}
        {sayLift(block)}
      </p>
      <p className="text-sm">
        {denied.count === 0
          ? "No item of the queue is of a run that it denied since then."
          : `${denied.count > denied.most ? `More than ${sayCount(denied.most)} runs were` : denied.count === 1 ? "One run was" : `${sayCount(denied.count)} runs were`} denied by it since then, by the items of the queue${denied.count > denied.newest.length ? `; the newest ${sayMany(denied.newest.length, "run")}:` : ":"}`}
      </p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {denied.newest.map(({ id, runId, at, open }) => (
          <li key={id}>
            <Link href={`/escalations/${id}`} prefetch={false} className="font-mono text-accent underline">
              <bdi>{runId}</bdi>
            </Link>{" "}
            <span className="text-muted">
              {open ? "waits" : "closed"}, <Ago at={at} serverNow={serverNow} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
