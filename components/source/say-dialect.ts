import type { SourceFileView } from "@/lib/areas/source/contract";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { onlyLater, whoWrote } from "@/lib/thegent/records/dialect";

/** What a later thegent does with a file, what the cockpit makes of it, and what it does not. */
const ofLater: Readonly<Record<string, string>> = {
  escalation_queue:
    "Its most urgent priority is 1, and is shown as the highest; an item without an SLA is due after the setting's. It takes away what it resolves: an item whose record is gone may be resolved there, and is closed here by hand.",
  override_registry:
    "It writes the whole file from memory, so lines vanish, and what was ended here may come back; what was decided here is then written again. Whether a line is in force is told by its end, not by its status.",
  run_registry:
    "Feedback without a hash makes it begin the file anew; records that are gone then are kept here. Its starts name no policy, so a run that an override let pass is not found here; its chain follows other rules, and is not checked here.",
  circuit_state: "Every circuit with its failures and its state. It is kept as it stands; nothing here is made of it.",
  second_queue:
    "A second queue, its dead letters among it, that never reaches escalation_queue.jsonl. It is kept and counted; its items are not shown in the queue here, no clock runs for them, and all clear is not said while there are any.",
  governance_events:
    "Among others, runs that wait for somebody's approval (await_approval). They are kept; nothing is opened for them here, and they can be approved in thegent only.",
};

type File = Pick<SourceFileView, "kind" | "dialects" | "laterBefore">;

/** Which thegent wrote a file, where that is not only the one whose formats the cockpit knows best, and what is done about it; else nothing. */
export function sayDialect(file: File): string | null {
  const who = sayWho(file);
  return who && `${who}. ${ofLater[file.kind] ?? "It is read like any other."}`;
}

/** What is to be said of files that a later thegent wrote; of its second queue once, however many items it has. */
export function listDialects(files: readonly (File & { path: string })[]): { path: string; says: string }[] {
  const said = files.flatMap((file) => {
    const says = sayDialect(file);
    return says === null ? [] : [{ path: file.kind === "second_queue" ? "escalations/" : file.path, says }];
  });
  return [...new Map(said.map((one) => [one.path, one])).values()];
}

function sayWho({ kind, dialects, laterBefore }: File): string | null {
  const { reference, later } = dialects;
  if (onlyLater.includes(kind)) return "Only a later thegent writes this";
  const wrote = whoWrote(dialects);
  if (wrote === "mixed")
    return `Mixed: ${sayMany(later, "record")} by a later thegent, ${sayCount(reference)} by the one whose formats the cockpit knows best; each is taken as its writer meant it`;
  if (wrote === "later") return "Written by a later thegent";
  return laterBefore ? "A later thegent wrote in it before" : null;
}

/** A later thegent takes away what it resolves: that such a queue shrank is no alarm by itself. */
export const takesAway = ({ kind, dialects, laterBefore }: File): boolean =>
  kind === "escalation_queue" && (dialects.later > 0 || laterBefore);
