import "server-only";
import type { EventRow } from "@/lib/areas/drift/contract-views";
import { contractOf, eventIn, providerOf } from "@/lib/areas/drift/domain/hours";
import { instant } from "@/lib/kernel/contract";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";
import type { TelemetryRecord } from "./telemetry";

/** A recorded line as a page shows it; null: it is none that can be read. */
export function toEvent({ line, at, runId, bytes }: TelemetryRecord): EventRow | null {
  const one = eventIn(readTelemetryLine(bytes, line));
  if (!one) return null;
  const { event, told } = one;
  return {
    line,
    at: instant(at),
    drift: event.drift,
    isOutput: told.isOutput,
    fallback: event.fallback,
    success: event.success,
    provider: providerOf(event),
    contract: contractOf(told),
    runId,
    confidence:
      told.isOutput && typeof event.confidence === "number" && Number.isFinite(event.confidence)
        ? event.confidence
        : null,
    messages: told.messages,
  };
}
