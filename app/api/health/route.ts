import { systemClock } from "@/lib/clock";
import { pingDatabase } from "@/lib/data/health";
import { clockHealth } from "@/lib/data/escalation-clocks";

export const dynamic = "force-dynamic";

/** Open to everybody, so it says no more than whether the cockpit can work and its clocks are kept. */
export async function GET(): Promise<Response> {
  const database = await pingDatabase().then(
    () => "ok",
    () => "unreachable",
  );
  const ok = database === "ok";
  const clocks = ok ? await clockHealth(systemClock()).catch(() => "unknown") : "unknown";
  return Response.json({ status: ok ? "ok" : "failing", database, clocks }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}
