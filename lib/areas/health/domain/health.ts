/** What the cockpit says of itself to whoever asks, each in one word. `unknown`: it could not be found out in time. */
export type Health = {
  /** full: it answers what it knows, and can take no act. */
  database: "ok" | "full" | "unreachable";
  reading: "ok" | "late" | "unknown";
  /** partly: some file or subdirectory has a problem, or what others added to one while it was written is not in it yet; unreadable: the session directory itself. */
  sources: "ok" | "partly" | "unreadable" | "unknown";
  clocks: "ok" | "late" | "unscheduled" | "unknown";
  notices: "ok" | "failing" | "unknown";
};

/** failing: nobody can act. troubled: people can, and something is amiss all the same. */
export function overallHealth(health: Health): "ok" | "troubled" | "failing" {
  if (health.database !== "ok") return "failing";
  return Object.values(health).every((word) => word === "ok") ? "ok" : "troubled";
}
