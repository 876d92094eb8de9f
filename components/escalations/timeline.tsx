import { Icon, type IconName } from "@/components/ui/icon";
import { Section } from "@/components/ui/section";
import { Exact } from "@/components/ui/time";
import type { TimelineEntry } from "@/lib/contracts/escalations";
import { letterNames, roleNames } from "@/lib/domain/operating-model/roles";
import { sayMany } from "@/lib/format/quantities";

const icons: Record<TimelineEntry["kind"], IconName> = {
  blocked: "cross",
  opened: "queue",
  claimed: "person",
  released: "out",
  resolved: "check",
  "taken-up": "file",
  refused: "alert",
  "closed-in-thegent": "check",
  retried: "arrow",
  escalated: "alert",
  "signed-off": "check",
  other: "unknown",
};

const alarming: ReadonlySet<TimelineEntry["kind"]> = new Set(["refused", "escalated"]);

/** Everything that happened to the item, oldest first, with who, by which right, exactly when, and where in the chain. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Section title="Timeline" aside={sayMany(entries.length, "event")}>
      <ol className="space-y-1.5">
        {entries.map((entry, index) => (
          <li key={entry.seq ?? `file-${index}`} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-sm sm:grid-cols-[auto_13rem_minmax(0,1fr)_auto]">
            <Icon name={icons[entry.kind]} className={`mt-[3px] ${alarming.has(entry.kind) ? "text-red" : "text-muted"}`} />
            <span className="text-muted">
              <Exact at={entry.at} />
            </span>
            <span className="wrap-anywhere max-sm:col-start-2">
              {entry.actor && (
                <>
                  <bdi className="font-medium">{entry.actor}</bdi>
                  {entry.role && entry.letter && (
                    <span className="text-muted" title={`${letterNames[entry.letter]} for escalations`}>
                      {" "}
                      ({roleNames[entry.role]}, {entry.letter})
                    </span>
                  )}
                  {": "}
                </>
              )}
              {entry.says}
            </span>
            <span className="text-muted max-sm:col-start-2" title={entry.seq ? "Position in the audit chain" : "From thegent's files"}>
              {entry.seq ? `chain ${entry.seq}` : "thegent"}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
