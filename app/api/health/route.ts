import { systemClock } from "@/lib/clock";
import { pingDatabase } from "@/lib/data/health";
import { oldestUnraised } from "@/lib/data/escalation-clocks";

export const dynamic = "force-dynamic";

/** An item may stand past its SLA for this long before it must have been raised. */
const clockGraceMs = 60_000;

/** Open to everybody, so it says no more than whether the cockpit can work and its clocks are kept. */
export async function GET(): Promise<Response> {
  const database = await pingDatabase().then(
    () => "ok",
    () => "unreachable",
  );
  const ok = database === "ok";
  const clocks = ok ? await readClocks() : "unknown";
  return Response.json({ status: ok ? "ok" : "failing", database, clocks }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}

/** "late": something fell due that nobody raised. Not a failure of this process, so the status stays. */
async function readClocks(): Promise<"ok" | "late" | "unknown"> {
  const before = new Date(systemClock().getTime() - clockGraceMs);
  return oldestUnraised(before).then(
    (oldest) => (oldest ? "late" : "ok"),
    () => "unknown",
  );
}
