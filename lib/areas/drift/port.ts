/** What other areas may do with drift: thegent's telemetry is told to it as it is read; and of what it tells people. */
export { followTelemetry, forgetTelemetry } from "./acts/follow-telemetry";
export type { DriftStep } from "./domain/tells";
