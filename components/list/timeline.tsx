import { Icon, type IconName } from "@/components/ui/icon";
import { Section } from "@/components/ui/section";
import { Exact } from "@/components/ui/time";
import type { TimelineEntry } from "@/lib/kernel/chain/timeline";
import { sayMany } from "@/lib/kernel/words/quantities";
import { letterNames, roleNames } from "@/lib/model/roles";

const icons: Record<TimelineEntry["kind"], IconName> = {
  blocked: "cross",
  opened: "queue",
  claimed: "person",
  assigned: "person",
  released: "out",
  returned: "out",
  reported: "file",
  resolved: "check",
  cancelled: "cross",
  commented: "wave",
  advised: "wave",
  "taken-up": "file",
  refused: "alert",
  "closed-in-thegent": "check",
  retried: "arrow",
  escalated: "alert",
  missed: "alert",
  "signed-off": "check",
  reopened: "arrow",
  other: "unknown",
  approved: "check",
  denied: "cross",
  withdrawn: "out",
  revoked: "cross",
  warned: "hourglass",
  expired: "clock",
};

const alarming: ReadonlySet<TimelineEntry["kind"]> = new Set(["refused", "escalated", "missed"]);

/** Everything that happened to one item or override, oldest first, with who, by which right, exactly when, and where in the chain. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Section title="Timeline" aside={sayMany(entries.length, "event")}>
      <ol aria-label="Timeline" className="space-y-1.5">
        {entries.map((entry, index) => (
          <Entry key={entry.seq ?? `file-${index}`} entry={entry} />
        ))}
      </ol>
    </Section>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  return (
    <li
      id={entry.seq ? `event-${entry.seq}` : undefined}
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-sm target:bg-accent-wash sm:grid-cols-[auto_13rem_minmax(0,1fr)_auto]"
    >
      <Icon name={icons[entry.kind]} className={`mt-[3px] ${alarming.has(entry.kind) ? "text-red" : "text-muted"}`} />
      <span className="text-muted">
        <Exact at={entry.at} />
      </span>
      <span className="wrap-anywhere max-sm:col-start-2">
        {entry.actor && (
          <>
            <bdi className="font-medium">{entry.actor}</bdi>
            {entry.role && entry.letter && (
              <span className="text-muted" title={letterNames[entry.letter]}>
                {" "}
                ({roleNames[entry.role]}, {entry.letter})
              </span>
            )}
            {": "}
          </>
        )}
        {entry.says}
        {entry.text && (
          <q className="mt-0.5 block border-l-2 border-line pl-2 whitespace-pre-wrap">
            <bdi>{entry.text}</bdi>
          </q>
        )}
      </span>
      <span
        className="text-muted max-sm:col-start-2"
        title={entry.seq ? "Its number in the cockpit's audit chain" : "From thegent's files"}
      >
        {entry.seq ? (
          <a href={`#event-${entry.seq}`} className="hover:underline">
            audit event {entry.seq}
          </a>
        ) : (
          "thegent"
        )}
      </span>
    </li>
  );
}
