import "server-only";
import { activate } from "@/lib/areas/override/domain/transitions";
import { findOverrideOf, saveOverrides } from "@/lib/areas/override/store/writes";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/** thegent's file holds it now. What ended meanwhile stays ended. */
export async function activateOverride(
  tx: Tx,
  grant: Grant<"escalation.take-up">,
  id: string,
  now: Date,
): Promise<void> {
  const override = await findOverrideOf(tx, id);
  const next = override && activate(override, now);
  if (override && next) await saveOverrides(tx, grant, [{ before: override, next }]);
}
