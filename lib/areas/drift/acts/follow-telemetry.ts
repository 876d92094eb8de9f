import "server-only";
import { emptyDriftWindow, nextDriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { hoursOf } from "@/lib/areas/drift/domain/hours";
import { messagesIn } from "@/lib/areas/drift/domain/message-hours";
import { followed } from "@/lib/areas/drift/domain/rule";
import { findDrift } from "@/lib/areas/drift/read/stored";
import { addHours, addMessages, forgetDrift, saveDrift } from "@/lib/areas/drift/store/telemetry";
import type { Tx } from "@/lib/kernel/db/client";
import { scheduleWatch } from "@/lib/kernel/effect/outbox";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";

const grant = grantSystem(operatingModel, "drift.follow", "The cockpit");

type Line = { number: number; bytes: Uint8Array };

/**
 * Counts further lines of a source's telemetry, in the transaction that records them; blank ones and those that cannot be used among them, as
 * thegent's own figures stand and fall with every line. Costs as much as the lines and thegent's windows are long, whatever came before.
 */
export async function followTelemetry(tx: Tx, sourceId: string, lines: readonly Line[], now: Date): Promise<void> {
  if (!lines.length) return;
  const stored = await findDrift(tx, sourceId);
  const read = lines.map(({ number, bytes }) => readTelemetryLine(bytes, number));
  const window = nextDriftWindow(stored?.window ?? emptyDriftWindow(followed), read);
  await addHours(tx, grant, sourceId, hoursOf(read));
  await addMessages(tx, grant, sourceId, messagesIn(read));
  await saveDrift(tx, grant, sourceId, { window, upToLine: lines.at(-1)!.number, updatedAt: now });
  await scheduleWatch(tx, grant, sourceId);
}

/** The file is another: whatever was counted of it is counted anew, in the same transaction. */
export const forgetTelemetry = (tx: Tx, sourceId: string): Promise<void> => forgetDrift(tx, grant, sourceId);
