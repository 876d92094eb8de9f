import { systemClock } from "@/lib/clock";
import { readHealth } from "@/lib/data/health";
import { overallHealth } from "@/lib/domain/source/health";

export const dynamic = "force-dynamic";

/** Open to everybody, so it says in single words whether the cockpit can work, is kept up to date, and is heard. */
export async function GET(): Promise<Response> {
  const health = await readHealth(systemClock());
  const status = overallHealth(health);
  return Response.json({ status, ...health }, { status: status === "failing" ? 503 : 200, headers: { "cache-control": "no-store" } });
}
