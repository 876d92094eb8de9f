import { systemClock } from "@/lib/clock";
import { pingDatabase } from "@/lib/data/health";
import { failingChannels } from "@/lib/data/deliveries";
import { clockHealth } from "@/lib/data/escalation-clocks";

export const dynamic = "force-dynamic";

/** Open to everybody, so it says no more than whether the cockpit can work, its clocks are kept and its notices leave. */
export async function GET(): Promise<Response> {
  const database = await pingDatabase().then(
    () => "ok",
    () => "unreachable",
  );
  const ok = database === "ok";
  const clocks = ok ? await clockHealth(systemClock()).catch(() => "unknown") : "unknown";
  const notices = ok ? await noticeHealth().catch(() => "unknown") : "unknown";
  return Response.json({ status: ok ? "ok" : "failing", database, clocks, notices }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}

const noticeHealth = async () => ((await failingChannels(systemClock())).length ? "failing" : "ok");
