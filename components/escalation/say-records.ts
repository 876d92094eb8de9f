import type { QueueRecordView } from "@/lib/areas/escalation/contract";
import { priorityOfLater } from "@/lib/thegent/records/dialect";

const most = 6;

export const someLines = (lines: readonly number[]): string =>
  lines.length > most ? `${lines.slice(0, most).join(", ")} and ${lines.length - most} more` : lines.join(", ");

/** Which of a run's records a later thegent wrote, and what the item makes of their priority and due time; null for none. */
export function sayLater(records: readonly QueueRecordView[]): string | null {
  const later = records.filter(({ dialect }) => dialect === "later");
  if (!later.length) return null;
  const wrote = `${later.length === 1 ? "Line" : "Lines"} ${someLines(later.map(({ line }) => line))} ${later.length === 1 ? "was" : "were"} written by a later thegent`;
  const priorities = [...new Set(later.map(({ priority }) => priority))].slice(0, most);
  const means = priorities
    .map((priority) => `${priority ?? "none"} there is ${priorityOfLater(priority)} here`)
    .join(", ");
  const due = later.some(({ escalateBy }) => escalateBy === null)
    ? " Without an SLA of its own it is due after the setting's."
    : "";
  return `${wrote}, whose most urgent priority is 1: ${means}.${due}`;
}
