/** What other areas may do with drift: thegent's telemetry is told to it as it is read. */
export { followTelemetry, forgetTelemetry } from "./acts/follow-telemetry";
