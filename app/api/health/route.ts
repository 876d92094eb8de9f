import { overallHealth } from "@/lib/areas/health/domain/health";
import { readHealth } from "@/lib/areas/health/read/health";
import { addressHealth } from "@/lib/kernel/act/address-seen";
import { systemClock } from "@/lib/kernel/time";

export const dynamic = "force-dynamic";

/** Open to everybody, so it says in single words whether the cockpit can work, is kept up to date, is heard, and is reached at COCKPIT_URL. */
export async function GET(): Promise<Response> {
  const now = systemClock();
  const health = await readHealth(now);
  const status = overallHealth(health);
  return Response.json(
    { status, ...health, address: addressHealth(now) },
    { status: status === "failing" ? 503 : 200, headers: { "cache-control": "no-store" } },
  );
}
