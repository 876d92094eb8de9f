import "server-only";
import type { Tx } from "@/lib/data/client";
import { findOverrideOf, saveOverride } from "@/lib/data/override-writes";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { activate } from "@/lib/domain/override/transitions";

/** thegent's file holds it now. What ended meanwhile stays ended. */
export async function activateOverride(tx: Tx, grant: Grant<"escalation.take-up">, id: string, now: Date): Promise<void> {
  const override = await findOverrideOf(tx, id);
  const next = override && activate(override, now);
  if (override && next) await saveOverride(tx, grant, override, next);
}
