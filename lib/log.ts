/** The one logger: JSON lines on stderr, secrets redacted by key. */
import pino from "pino";

export const log = pino(
  {
    level: process.env.COCKPIT_LOG_LEVEL ?? "info",
    base: { process: process.env.COCKPIT_PROCESS ?? "cli" },
    redact: { paths: ["password", "*.password", "token", "*.token", "connectionString", "*.connectionString", "url", "*.url"], censor: "[redacted]" },
  },
  pino.destination({ fd: 2, sync: true }),
);
