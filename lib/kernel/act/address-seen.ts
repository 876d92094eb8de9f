import "server-only";

const hourMs = 3_600_000;

const holder = globalThis as unknown as { cockpitOtherAddress?: { address: string; at: number } };

/** "differs" while, within the last hour, requests came by way of another address than COCKPIT_URL (lib/server/address-seen.mjs). */
export function addressHealth(now: Date): "ok" | "differs" {
  const other = holder.cockpitOtherAddress;
  return other && now.getTime() - other.at < hourMs ? "differs" : "ok";
}
